// A list of elements, with the part of std::vector's interface that the core uses. The methods without a comment do as
// those of std::vector do.
//
// std::vector repeats its code for each element type: docs/decisions/0009-own-text-and-list.md. Here a type adds only
// the functions that copy, move and destroy one element. Elements are moved as bytes, so a type that holds a pointer
// into itself (a std::string of libstdc++, a std::map) must not be an element. An element whose bytes are all zero must
// need no destructor: texts, lists, smart pointers and numbers are such types, and structs of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <new>
#include <type_traits>
#include <utility>

#include "base/block.h"

namespace vitrine {

template <class T>
class List : Block {
 public:
  using value_type = T;
  using size_type = std::size_t;
  using reference = T&;
  using const_reference = const T&;
  using iterator = T*;
  using const_iterator = const T*;

  constexpr List() = default;
  List(std::initializer_list<T> elements) { append(elements.begin(), elements.end()); }
  explicit List(std::size_t count) { resize(count); }
  List(std::size_t count, const T& element) { assign(count, element); }
  template <std::input_iterator It>
  List(It first, It last) {
    append(first, last);
  }
  List(const List& other) : Block() { addAll(other); }
  List(List&& other) noexcept { take(other); }
  ~List() {
    if constexpr (isPlain())
      release();
    else
      Block::destroyAll(sizeof(T), destroyer());
  }

  VITRINE_WRAPPER List& operator=(const List& other) { return *this = List(other); }
  VITRINE_WRAPPER List& operator=(List&& other) noexcept {
    Block::replace(other, sizeof(T), destroyer());
    return *this;
  }

  const T* data() const { return begin(); }
  T* data() { return begin(); }
  std::size_t size() const { return size_ / sizeof(T); }
  bool empty() const { return size_ == 0; }
  const T* begin() const { return reinterpret_cast<const T*>(bytes_); }
  const T* end() const { return reinterpret_cast<const T*>(bytes_ + size_); }
  T* begin() { return reinterpret_cast<T*>(bytes_); }
  T* end() { return reinterpret_cast<T*>(bytes_ + size_); }
  auto rbegin() const { return std::make_reverse_iterator(end()); }
  auto rend() const { return std::make_reverse_iterator(begin()); }
  auto rbegin() { return std::make_reverse_iterator(end()); }
  auto rend() { return std::make_reverse_iterator(begin()); }
  const T& operator[](std::size_t i) const { return begin()[i]; }
  T& operator[](std::size_t i) { return begin()[i]; }
  const T& front() const { return *begin(); }
  T& front() { return *begin(); }
  const T& back() const { return end()[-1]; }
  T& back() { return end()[-1]; }

  VITRINE_WRAPPER void reserve(std::size_t count) { Block::reserve(count * sizeof(T)); }
  VITRINE_WRAPPER void clear() { shrink(0); }
  VITRINE_WRAPPER void pop_back() { shrink(size() - 1); }
  void resize(std::size_t count) {
    if (count < size()) return shrink(count);
    reserve(count);
    while (size() < count) emplace_back();
  }

  // `element` may be an element of this list, here and in insert() and assign().
  VITRINE_WRAPPER void push_back(const T& element) {
    if constexpr (isWord())
      addWord(element);
    else if constexpr (isPlain())
      addCopy(&element, sizeof(T));
    else
      addCopied(&element, sizeof(T), copy);
  }
  // Leaves zeros in `element`.
  VITRINE_WRAPPER void push_back(T&& element) {
    if constexpr (isWord())
      addWord(element);
    else if constexpr (isPlain())
      addCopy(&element, sizeof(T));
    else
      addMoved(&element, sizeof(T));
  }
  T& emplace_back() { return *new (add(sizeof(T))) T(); }
  template <class... Args>
  T& emplace_back(Args&&... args) {
    // Built beside the list, because an argument may be a part of the list.
    union Place {
      Place() {}
      ~Place() {}
      T element;
    } place;
    new (&place.element) T(std::forward<Args>(args)...);
    addCopy(&place, sizeof(T));
    return back();
  }

  T* insert(const T* at, const T& element) {
    const std::ptrdiff_t index = at - begin();
    push_back(element);
    moveLast(begin() + index, sizeof(T));
    return begin() + index;
  }
  T* insert(const T* at, T&& element) {
    const std::ptrdiff_t index = at - begin();
    push_back(std::move(element));
    moveLast(begin() + index, sizeof(T));
    return begin() + index;
  }
  // The elements from `first` to `last` must not be of this list.
  template <std::input_iterator It>
  T* insert(const T* at, It first, It last) {
    const std::ptrdiff_t index = at - begin();
    const std::size_t before = size_;
    append(first, last);
    moveLast(begin() + index, size_ - before);
    return begin() + index;
  }
  void assign(std::size_t count, const T& element) {
    List all;
    all.reserve(count);
    while (all.size() < count) all.push_back(element);
    *this = std::move(all);
  }
  template <std::input_iterator It>
  void assign(It first, It last) {
    *this = List(first, last);
  }
  VITRINE_WRAPPER T* erase(const T* first, const T* last) {
    return static_cast<T*>(Block::erase(first, last, sizeof(T), destroyer()));
  }
  VITRINE_WRAPPER T* erase(const T* at) { return erase(at, at + 1); }

  // Removes the elements that `isGone` selects, which is called once for each, in order. Returns how many it removed.
  template <class IsGone>
  std::size_t eraseIf(IsGone isGone) {
    T* kept = begin();
    for (T& element : *this) {
      if (isGone(element)) {
        element.~T();
        continue;
      }
      if (kept != &element) std::memcpy(static_cast<void*>(kept), static_cast<const void*>(&element), sizeof(T));
      ++kept;
    }
    const std::size_t removed = static_cast<std::size_t>(end() - kept);
    size_ -= removed * sizeof(T);
    return removed;
  }
  // Removes the elements that equal `value`, which must not be one of them. Returns how many it removed.
  template <class Value>
  std::size_t eraseValue(const Value& value) {
    return eraseIf([&](const T& element) { return element == value; });
  }

  friend bool operator==(const List& left, const List& right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end());
  }

 private:
  // Elements that are copied as bytes and need no destructor.
  static constexpr bool isPlain() { return std::is_trivially_copyable_v<T>; }
  static void destroyOne(void* element) { static_cast<T*>(element)->~T(); }
  static constexpr Destroy* destroyer() {
    static_assert(alignof(T) <= kHeader);
    return isPlain() ? nullptr : destroyOne;
  }
  static constexpr bool isWord() { return isPlain() && sizeof(T) <= 8; }
  static void copy(void* place, const void* from) { new (place) T(*static_cast<const T*>(from)); }
  VITRINE_WRAPPER void addWord(T element) { *static_cast<T*>(add(sizeof(T))) = element; }

  void addAll(const List& other) {
    if constexpr (isPlain())
      addCopy(other.bytes_, other.size_);
    else
      Block::addAll(other, sizeof(T), copy);
  }
  template <class It>
  void append(It first, It last) {
    for (; first != last; ++first) emplace_back(*first);
  }
  void shrink(std::size_t count) {
    if constexpr (isPlain())
      size_ = count * sizeof(T);
    else
      erase(begin() + count, end());
  }
};

}  // namespace vitrine
