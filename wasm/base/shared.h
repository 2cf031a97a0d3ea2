// A value with several owners, freed by the last one, with the part of std::shared_ptr's interface that the core uses.
//
// std::shared_ptr repeats its counting at each place that copies one, and has two counters and a virtual class for each
// type. Here counting is one function for all types, in shared.cpp. The core has one thread, so the count is a number.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace vitrine {

class SharedValue {
 protected:
  using Destroy = void(void* value);

  // Returns memory for a value of this size, which has one owner. `destroy` runs the value's destructor.
  static void* allocate(std::size_t bytes, Destroy* destroy);
  // Adds an owner to the value, which may be null, and returns it.
  static void* hold(void* value);
  // Removes an owner from the value, which may be null, and frees it if that was the last one.
  static void letGo(void* value);
  static std::size_t owners(void* value);
};

template <class T>
class Shared : SharedValue {
  using Plain = std::remove_const_t<T>;

 public:
  constexpr Shared() = default;
  constexpr Shared(std::nullptr_t) {}
  Shared(const Shared& other) : value_(hold(other.value_)) {}
  Shared(Shared&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
  // From a Shared<T> to a Shared<const T>.
  template <class Other>
    requires(std::is_same_v<const Other, T> && !std::is_const_v<Other>)
  Shared(Shared<Other> other) : value_(std::exchange(other.value_, nullptr)) {}
  ~Shared() { letGo(value_); }
  Shared& operator=(Shared other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }

  // Returns a new value, built with these arguments.
  template <class... Args>
  static Shared make(Args&&... args) {
    Shared made;
    made.value_ = allocate(sizeof(T), [](void* value) { static_cast<Plain*>(value)->~Plain(); });
    new (made.value_) Plain(std::forward<Args>(args)...);
    return made;
  }

  T* get() const { return static_cast<T*>(value_); }
  T& operator*() const { return *get(); }
  T* operator->() const { return get(); }
  explicit operator bool() const { return value_ != nullptr; }
  void reset() { *this = nullptr; }
  std::size_t use_count() const { return owners(value_); }

  friend bool operator==(const Shared& left, const Shared& right) { return left.value_ == right.value_; }
  friend bool operator==(const Shared& left, std::nullptr_t) { return !left.value_; }

 private:
  template <class>
  friend class Shared;

  void* value_ = nullptr;
};

}  // namespace vitrine
