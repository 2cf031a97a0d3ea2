#include "delivery/journal.h"

#include <catch2/catch_test_macros.hpp>

#include "simulation/effect_text.h"

using namespace vitrine;
using vitrine::test::drained;
using vitrine::test::Effect;

namespace {

std::string text(int n, std::size_t padding = 0) {
  return R"({"eventId":"e)" + std::to_string(n) + R"(","type":"click","at":)" + std::to_string(1000 + n) + R"(,"x":")" +
         std::string(padding, 'x') + "\"}";
}

QueuedEvent queued(int n, std::size_t padding = 0) {
  QueuedEvent event;
  REQUIRE(readEvent(text(n, padding), event.event));
  event.ordinal = static_cast<std::uint64_t>(n);
  return event;
}

struct Stored {
  Journal journal{"j0"};
  Effects effects;
  Keys removing;
  std::uint64_t nextOrdinal = 1;

  std::vector<Effect> saved() {
    journal.save(effects);
    return drained(effects);
  }
  std::vector<Effect> tidied() {
    journal.sweep();
    journal.tidy(effects);
    return drained(effects);
  }
  std::vector<Effect> mirrored() {
    journal.mirror(effects, removing);
    return drained(effects);
  }
  // Removes the events with these ordinals, as delivered ones.
  void erase(std::initializer_list<int> numbers) {
    for (Segment& segment : journal.segments()) {
      journal.erase(segment, [&](const QueuedEvent& q) {
        return std::find(numbers.begin(), numbers.end(), static_cast<int>(q.ordinal)) != numbers.end();
      });
    }
  }
  std::vector<std::uint64_t> ordinals() const {
    std::vector<std::uint64_t> all;
    for (const Segment& segment : journal.segments()) {
      for (const QueuedEvent& q : segment.events) all.push_back(q.ordinal);
    }
    return all;
  }
};

}  // namespace

TEST_CASE("Events are saved as lines of one key, and nothing is written twice") {
  Stored s;
  s.journal.append(queued(1));
  CHECK(s.saved() == std::vector<Effect>{{"save", "vitrine:1:j:j0:0", text(1)}});
  CHECK(s.saved().empty());
  s.journal.append(queued(2));
  CHECK(s.saved() == std::vector<Effect>{{"save", "vitrine:1:j:j0:0", text(1) + "\n" + text(2)}});
}

TEST_CASE("A full segment is not written again; the next event begins another segment") {
  Stored s;
  for (int n = 1; n <= 8; ++n) s.journal.append(queued(n));
  CHECK(s.saved().size() == 1);
  s.journal.append(queued(9));
  CHECK(s.saved() == std::vector<Effect>{{"save", "vitrine:1:j:j0:1", text(9)}});
}

TEST_CASE("A segment is closed by its size too, however few events it has") {
  Stored s;
  s.journal.append(queued(1, 2000));
  s.journal.append(queued(2, 2000));
  s.journal.append(queued(3, 60000));
  CHECK(s.saved().size() == 3);
}

TEST_CASE("After close() no event joins the open segment") {
  Stored s;
  s.journal.append(queued(1));
  s.journal.close();
  s.journal.append(queued(2));
  CHECK(s.saved().size() == 2);
}

TEST_CASE("The key of a delivered segment is removed, a partly delivered segment is written again") {
  Stored s;
  for (int n = 1; n <= 12; ++n) s.journal.append(queued(n));
  s.saved();
  s.erase({1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(s.tidied() == std::vector<Effect>{{"forget", "vitrine:1:j:j0:0"}});
  CHECK(s.saved() ==
        std::vector<Effect>{{"save", "vitrine:1:j:j0:1", text(10) + "\n" + text(11) + "\n" + text(12) + "\n."}});
  s.journal.append(queued(13));
  CHECK(s.saved() == std::vector<Effect>{{"save", "vitrine:1:j:j0:2", text(13)}});
}

TEST_CASE("Keys that were never written are not removed") {
  Stored s;
  s.journal.append(queued(1));
  s.erase({1});
  CHECK(s.tidied().empty());
  CHECK(s.journal.isEmpty());
}

TEST_CASE("The mirror is written separately, and its key is removed with the segment") {
  Stored s;
  s.journal.append(queued(1));
  s.saved();
  CHECK(s.mirrored() == std::vector<Effect>{{"mirror", "vitrine:1:j:j0:0", text(1)}});
  CHECK(s.mirrored().empty());
  s.erase({1});
  CHECK_FALSE(s.journal.isMirrored());
  CHECK(s.tidied() == std::vector<Effect>{{"forget", "vitrine:1:j:j0:0"}});
  CHECK(s.mirrored() == std::vector<Effect>{{"unmirror", "vitrine:1:j:j0:0"}});
  CHECK(s.removing == Keys{"vitrine:1:j:j0:0"});
  CHECK(s.mirrored().empty());
  CHECK(s.journal.isMirrored());
}

TEST_CASE("Segments that storage lost are written again") {
  Stored s;
  for (int n = 1; n <= 10; ++n) s.journal.append(queued(n));
  s.saved();
  s.journal.markUnsaved(1);
  CHECK(s.saved().size() == 1);
  for (vitrine::Segment& segment : s.journal.segments()) segment.markMissing();
  CHECK(s.saved().size() == 2);
  s.journal.markUnsaved(7);
  CHECK(s.saved().empty());
}

TEST_CASE("withdraw() removes every key and keeps every event") {
  Stored s;
  for (int n = 1; n <= 10; ++n) s.journal.append(queued(n));
  s.saved();
  s.mirrored();
  s.erase({1, 2, 3, 4, 5, 6, 7, 8});
  s.journal.sweep();
  s.journal.withdraw(s.effects, s.removing);
  CHECK(drained(s.effects) == std::vector<Effect>{{"forget", "vitrine:1:j:j0:0"},
                                                  {"unmirror", "vitrine:1:j:j0:0"},
                                                  {"forget", "vitrine:1:j:j0:1"},
                                                  {"unmirror", "vitrine:1:j:j0:1"}});
  CHECK(s.ordinals() == std::vector<std::uint64_t>{9, 10});
  CHECK(s.saved().size() == 1);
}

TEST_CASE("Stored segments are read back in order, in whatever order they arrive") {
  Stored s;
  CHECK(s.journal.load(3, text(5), s.nextOrdinal) == 0);
  CHECK(s.journal.load(0, text(1) + "\n" + text(2), s.nextOrdinal) == 0);
  CHECK(s.journal.load(1, text(3) + "\n" + text(4) + "\n", s.nextOrdinal) == 0);
  std::vector<TimeMs> times;
  for (const Segment& segment : s.journal.segments()) {
    for (const QueuedEvent& q : segment.events) times.push_back(q.event.atMs);
  }
  CHECK(times == std::vector<TimeMs>{1001, 1002, 1003, 1004, 1005});
  CHECK(s.saved().empty());
}

TEST_CASE("An event that storage and mirror both hold is taken once") {
  Stored s;
  const std::string both = text(1) + "\n" + text(2) + "\n" + text(1) + "\n" + text(3);
  CHECK(s.journal.load(0, both, s.nextOrdinal) == 0);
  CHECK(s.ordinals().size() == 3);
  CHECK(s.journal.load(0, text(2), s.nextOrdinal) == 0);
  CHECK(s.ordinals().size() == 3);
}

TEST_CASE("Nothing below the end line of a reduced segment is read, because that text is older") {
  Stored s;
  CHECK(s.journal.load(0, text(2) + "\n.\n" + text(1) + "\n" + text(2), s.nextOrdinal) == 0);
  CHECK(s.journal.load(1, ".\n" + text(3), s.nextOrdinal) == 0);
  CHECK(s.ordinals().size() == 1);
  CHECK(s.journal.segments()[0].events[0].event.text == text(2));
  CHECK(s.tidied() == std::vector<Effect>{{"forget", "vitrine:1:j:j0:1"}});
  s.journal.markUnsaved(0);
  CHECK(s.saved() == std::vector<Effect>{{"save", "vitrine:1:j:j0:0", text(2) + "\n."}});
}

TEST_CASE("Events of an older text below a newer one are sorted by creation") {
  Stored s;
  s.journal.load(0, text(3) + "\n" + text(4) + "\n" + text(1) + "\n" + text(2) + "\n" + text(3), s.nextOrdinal);
  std::vector<TimeMs> times;
  for (const QueuedEvent& q : s.journal.segments()[0].events) times.push_back(q.event.atMs);
  CHECK(times == std::vector<TimeMs>{1001, 1002, 1003, 1004});
}

TEST_CASE("Lines that are no events are counted and left out, and the segment is written without them") {
  Stored s;
  CHECK(s.journal.load(0, text(1) + "\nrubbish\n" + text(2).substr(0, 20) + "\n" + text(3), s.nextOrdinal) == 2);
  CHECK(s.saved() == std::vector<Effect>{{"save", "vitrine:1:j:j0:0", text(1) + "\n" + text(3)}});
}

TEST_CASE("A segment without a readable line is removed from storage and mirror") {
  Stored s;
  CHECK(s.journal.load(4, "\xFF\xFE rubbish", s.nextOrdinal) == 1);
  CHECK(s.tidied() == std::vector<Effect>{{"forget", "vitrine:1:j:j0:4"}});
  CHECK(s.mirrored() == std::vector<Effect>{{"unmirror", "vitrine:1:j:j0:4"}});
  CHECK(s.journal.isEmpty());
}

TEST_CASE("A delivered segment that was read back is removed from the mirror too: it may have come from there") {
  Stored s;
  s.journal.load(0, text(1), s.nextOrdinal);
  s.erase({1});
  CHECK(s.tidied() == std::vector<Effect>{{"forget", "vitrine:1:j:j0:0"}});
  CHECK(s.mirrored() == std::vector<Effect>{{"unmirror", "vitrine:1:j:j0:0"}});
}

TEST_CASE("New events of a journal that was read back follow the stored ones") {
  Stored s;
  s.journal.load(5, text(1), s.nextOrdinal);
  s.journal.append(queued(2));
  CHECK(s.saved() == std::vector<Effect>{{"save", "vitrine:1:j:j0:6", text(2)}});
}

TEST_CASE("A segment's name is read from its full key or from its short form") {
  std::string_view id;
  int number = -1;
  REQUIRE(readSegmentName("vitrine:1:j:abc123:42", id, number));
  CHECK(id == "abc123");
  CHECK(number == 42);
  REQUIRE(readSegmentName("abc:0", id, number));
  CHECK(id == "abc");
  CHECK(number == 0);
  CHECK(Journal("abc").key(1234567) == "vitrine:1:j:abc:1234567");
  REQUIRE(readSegmentName(Journal("abc").key(1234567), id, number));
}

TEST_CASE("Keys that are not exactly as written here are not read as segments") {
  std::string_view id;
  int number = -1;
  for (const char* name : {"",
                           ":",
                           "abc",
                           "abc:",
                           ":1",
                           "abc:x",
                           "abc:-1",
                           "abc:1x",
                           "abc:01",
                           "abc:00",
                           "ABC:1",
                           "a b:1",
                           "a:b:1",
                           "abc:99999999",
                           "vitrine:1:j::1",
                           "vitrine:1:id",
                           "vitrine:2:j:abc:1",
                           "vitrine:1:j:abc",
                           "il:1",
                           "abc:1 ",
                           "a\x1f:1"}) {
    CAPTURE(name);
    CHECK_FALSE(readSegmentName(name, id, number));
  }
  CHECK_FALSE(readSegmentName(std::string(33, 'a') + ":1", id, number));
}
