#include "base/list.h"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <utility>

#include "base/text.h"

using namespace vitrine;

namespace {

struct Named {
  Text name;
  int number = 7;
  friend bool operator==(const Named&, const Named&) = default;
};

List<Text> letters() { return {"a", "b", "c", "d"}; }

}  // namespace

TEST_CASE("A new list is empty") {
  List<Text> list;
  CHECK(list.empty());
  CHECK(list.begin() == list.end());
  CHECK(list == List<Text>());
  list.clear();
  CHECK(list.erase(list.begin(), list.end()) == list.end());
}

TEST_CASE("A list grows and keeps its elements") {
  List<Named> list;
  for (int i = 0; i < 100; ++i) list.push_back({Text(static_cast<std::size_t>(i), 'x'), i});
  REQUIRE(list.size() == 100);
  for (int i = 0; i < 100; ++i) {
    CHECK(list[static_cast<std::size_t>(i)].name.size() == static_cast<std::size_t>(i));
    CHECK(list[static_cast<std::size_t>(i)].number == i);
  }
  CHECK(list.emplace_back().number == 7);
  CHECK(list.back() == Named());
}

TEST_CASE("A list appends its own elements, whether it must grow for them or not") {
  List<Text> list = {"a long text that the list holds"};
  List<int> numbers = {1};
  for (int i = 0; i < 20; ++i) {
    list.push_back(list.front());
    list.emplace_back(list.front());
    numbers.push_back(numbers.front());
  }
  for (const Text& text : list) CHECK(text == "a long text that the list holds");
  CHECK(numbers == List<int>(21, 1));
  List<Text> moved = {"first"};
  for (int i = 0; i < 10; ++i) {
    Text& last = moved.back();
    moved.push_back(std::move(last));
    CHECK(moved[moved.size() - 2].empty());
    CHECK(moved.back() == "first");
  }
}

TEST_CASE("Elements are inserted in order, also elements of the list") {
  List<Text> list = letters();
  CHECK(*list.insert(list.begin(), "x") == "x");
  list.insert(list.end(), "y");
  for (int i = 0; i < 10; ++i) list.insert(list.begin() + 1, list[1]);
  CHECK(list.size() == 16);
  for (std::size_t i = 1; i < 12; ++i) CHECK(list[i] == "a");
  CHECK(list[12] == "b");
  const List<Text> more = letters();
  list = {"0", "9"};
  CHECK(*list.insert(list.begin() + 1, more.begin(), more.end()) == "a");
  CHECK(list == List<Text>{"0", "a", "b", "c", "d", "9"});
  list.insert(list.begin(), more.end(), more.end());
  CHECK(list.size() == 6);
}

TEST_CASE("Elements are erased one by one, as a range, by a test and by a value") {
  List<Text> list = letters();
  CHECK(*list.erase(list.begin() + 1) == "c");
  CHECK(list == List<Text>{"a", "c", "d"});
  const Text* const end = list.erase(list.begin() + 1, list.end());
  CHECK(end == list.end());
  CHECK(list == List<Text>{"a"});
  list = letters();
  int calls = 0;
  CHECK(list.eraseIf([&](const Text& text) { return ++calls, text == "a" || text == "c"; }) == 2);
  CHECK(calls == 4);
  CHECK(list == List<Text>{"b", "d"});
  CHECK(list.eraseValue("d") == 1);
  CHECK(list.eraseValue("d") == 0);
  list.pop_back();
  CHECK(list.empty());
}

TEST_CASE("A list is copied, moved, resized and assigned") {
  List<Text> list = letters();
  List<Text> copy = list;
  copy[0] += "!";
  CHECK(list[0] == "a");
  const List<Text> moved = std::move(copy);
  CHECK(moved.front() == "a!");
  CHECK(copy.empty());  // NOLINT(bugprone-use-after-move): the state is what is tested
  copy = moved;
  CHECK(copy == moved);
  list.resize(1);
  list.resize(3);
  CHECK(list == List<Text>{"a", "", ""});
  list.assign(2, list[0]);
  CHECK(list == List<Text>{"a", "a"});
  list.assign(moved.begin() + 1, moved.end());
  CHECK(list == List<Text>{"b", "c", "d"});
  CHECK(std::find(list.rbegin(), list.rend(), "c") != list.rend());
  const List<int> zeros(3);
  CHECK(zeros == List<int>{0, 0, 0});
}

TEST_CASE("A list releases what its elements own exactly once") {
  const auto shared = std::make_shared<int>(1);
  {
    List<std::shared_ptr<int>> list(3, shared);
    CHECK(shared.use_count() == 4);
    list.push_back(std::shared_ptr<int>(shared));
    list.erase(list.begin());
    CHECK(shared.use_count() == 4);
    list.eraseIf([&](const auto&) { return list.size() == 3; });
    CHECK(shared.use_count() == 1);
    list.push_back(shared);
    list = {};
    CHECK(shared.use_count() == 1);
    list.push_back(shared);
  }
  CHECK(shared.use_count() == 1);
  List<std::unique_ptr<int>> owners;
  for (int i = 0; i < 10; ++i) owners.push_back(std::make_unique<int>(i));
  owners.insert(owners.begin(), std::make_unique<int>(-1));
  CHECK(*owners.front() == -1);
  CHECK(*owners.back() == 9);
}
