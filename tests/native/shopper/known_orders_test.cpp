#include "shopper/known_orders.h"

#include <catch2/catch_test_macros.hpp>

using namespace vitrine;

namespace {

// The memory of one tab.
struct Memory {
  explicit Memory(const char* seed = "1") : random(seed), orders(random) {}

  void add(int from, int to) {
    for (int i = from; i < to; ++i) orders.add("o" + std::to_string(i));
  }
  int known(int from, int to) const {
    int n = 0;
    for (int i = from; i < to; ++i) n += orders.isKnown("o" + std::to_string(i));
    return n;
  }

  Random random;
  KnownOrders orders;
};

}  // namespace

TEST_CASE("The last thousand orders are known, and the record has twenty characters for each") {
  Memory tab;
  tab.add(0, 1000);
  CHECK(tab.known(0, 1000) == 1000);
  tab.add(1000, 1001);
  CHECK(tab.known(0, 1001) == 1000);
  CHECK(tab.known(0, 1) == 0);
  CHECK(tab.known(1, 1001) == 1000);
  CHECK_FALSE(tab.orders.isKnown(""));
  const std::string record = tab.orders.record();
  CHECK(record.size() == 20 * 1000);
  CHECK(record.find("o1") == std::string::npos);
  Memory next("2");
  next.orders.merge(record);
  CHECK_FALSE(next.orders.isUnsaved());
  CHECK(next.orders.record() == record);
  CHECK(next.known(1, 1001) == 1000);
  next.add(1001, 1002);
  CHECK(next.orders.record().size() == record.size());
}

TEST_CASE("The same order has another hash in another browser") {
  Memory one("1"), other("2");
  one.orders.add("A-1");
  other.orders.add("A-1");
  CHECK(one.orders.record().substr(9) != other.orders.record().substr(9));
}

TEST_CASE("Ids that differ in one character, in length or in bytes beyond ASCII are different orders") {
  Memory tab;
  const std::string texts[] = {"A-1",     "A-2", "A-11", "A-1 ", std::string(5000, 'x'), std::string(5001, 'x'),
                               "\xC3\xA9"};
  for (const std::string& id : texts) {
    CHECK_FALSE(tab.orders.isKnown(id));
    tab.orders.add(id);
  }
  for (const std::string& id : texts) CHECK(tab.orders.isKnown(id));
}

TEST_CASE("Two tabs that begin at the same moment with different salts know the orders of both, and stop writing") {
  Memory one("1"), other("2");
  one.add(0, 3);
  other.add(2, 5);
  std::string stored = one.orders.record();
  static_cast<void>(other.orders.record());
  int writes = 2;
  for (int round = 0; round < 10; ++round) {
    Memory& reading = round % 2 ? one : other;
    reading.orders.merge(stored);
    if (!reading.orders.isUnsaved()) break;
    stored = reading.orders.record();
    ++writes;
  }
  CHECK(writes == 3);
  CHECK(one.known(0, 5) == 5);
  CHECK(other.known(0, 5) == 5);
  Memory next("3");
  next.orders.merge(stored);
  CHECK(next.known(0, 5) == 5);
  next.add(5, 6);
  CHECK(next.known(0, 6) == 6);
}

TEST_CASE("Two tabs whose records are full agree on the same thousand orders and stop writing") {
  Memory one("1"), other("2");
  one.add(0, 1000);
  other.orders.merge(one.orders.record());
  one.add(1000, 1003);
  other.add(2000, 2500);
  std::string stored = one.orders.record();
  static_cast<void>(other.orders.record());
  int writes = 2;
  for (int round = 0; round < 20; ++round) {
    Memory& reading = round % 2 ? one : other;
    reading.orders.merge(stored);
    if (!reading.orders.isUnsaved()) break;
    stored = reading.orders.record();
    ++writes;
  }
  CHECK(writes <= 4);
  one.orders.merge(stored);
  CHECK(one.orders.record() == other.orders.record());
  CHECK(one.known(1000, 1003) == 3);
  CHECK(one.known(2000, 2500) == 500);
}

TEST_CASE("An unreadable record is read as far as it goes, and what is known stays") {
  Memory source;
  source.add(0, 3);
  const std::string record = source.orders.record();
  for (const std::string& spoilt :
       {std::string("x"), std::string("-"), std::string("\xFF\x00~", 3), std::string("{\"v\":1}"),
        std::string(1 << 20, '-'), record.substr(0, 30), record + "!", record.substr(0, 20) + "?", record + record}) {
    CAPTURE(spoilt.substr(0, 60));
    Memory tab("2");
    tab.add(7, 8);
    tab.orders.merge(spoilt);
    CHECK(tab.known(7, 8) == 1);
    CHECK(tab.orders.isUnsaved());
    CHECK(tab.known(0, 1) == (spoilt.starts_with(record.substr(0, 20)) ? 1 : 0));
    Memory empty("3");
    empty.orders.merge("x");
    CHECK_FALSE(empty.orders.isUnsaved());
  }
  Memory full;
  full.orders.merge(std::string(1 << 20, '5'));  // a thousand hashes of nobody
  full.add(0, 1);
  CHECK(full.known(0, 1) == 1);
}

TEST_CASE("A removed record removes nothing from memory, and is not written again by itself") {
  Memory tab;
  tab.add(0, 1);
  static_cast<void>(tab.orders.record());
  tab.orders.merge("");
  CHECK(tab.known(0, 1) == 1);
  CHECK_FALSE(tab.orders.isUnsaved());
  tab.orders.markUnsaved();
  CHECK(tab.orders.isUnsaved());
  tab.orders.clear();
  CHECK(tab.known(0, 1) == 0);
  CHECK_FALSE(tab.orders.isUnsaved());
  tab.orders.markUnsaved();
  CHECK_FALSE(tab.orders.isUnsaved());
}

TEST_CASE("The orders of a touch record of version 0.2.2 are carried over once") {
  Memory tab;
  CHECK_FALSE(tab.orders.carryOver(""));
  CHECK_FALSE(tab.orders.carryOver(R"({"touches":[]})"));
  CHECK_FALSE(tab.orders.carryOver(R"({"touches":[{"id":"\"orders\":["}]})"));
  CHECK(tab.orders.carryOver(R"({"touches":[],"orders":[]})"));
  CHECK_FALSE(tab.orders.isUnsaved());
  CHECK(tab.orders.carryOver(R"({"touches":[{"id":"t"}],"orders":[{"id":"o1","at":5},7,{"id":"o2","at":1}]})"));
  CHECK(tab.known(0, 9) == 2);
  CHECK(tab.orders.isUnsaved());
  const std::string record = tab.orders.record();
  CHECK(tab.orders.carryOver(R"({"touches":[],"orders":[{"id":"o1","at":5}]})"));
  CHECK_FALSE(tab.orders.isUnsaved());
  CHECK(tab.orders.record() == record);
}
