// The memory under a text and a list: bytes on the heap that grow at their end. Private to base/text.h and base/list.h.
//
// Each operation is one function for all element types, in block.cpp, because an inlined copy of it at every place that
// uses a text or a list makes the core a fifth larger (docs/decisions/0009-own-text-and-list.md). Elements are moved
// as bytes, without a call of their move constructors. A block whose bytes are all zero is empty.
#pragma once

#include <cstddef>

// Keeps the linker's optimiser from copying a function to its callers.
#define VITRINE_ONCE __attribute__((noinline))
// A wrapper that only passes its arguments on, in another form.
#define VITRINE_WRAPPER __attribute__((always_inline)) inline

namespace vitrine {

class Block {
 protected:
  // Functions of one element type.
  using Destroy = void(void* element);
  using Copy = void(void* place, const void* from);

  // In front of the bytes: how many of them the memory holds. The alignment of the elements decides the size.
  static constexpr std::size_t kHeader = 8;

  constexpr Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  ~Block() = default;  // the owner calls release() or destroyAll()

  // Takes the bytes of `other`, which is empty then. This block must own nothing.
  void take(Block& other);
  // As take(), for a block that owns elements. `destroy` may be null.
  void replace(Block& other, std::size_t elementSize, Destroy* destroy);
  // Makes room for `bytes` in all.
  void reserve(std::size_t bytes);
  // Returns the place of `bytes` more at the end.
  void* add(std::size_t bytes);
  // Appends a copy of the bytes, which may be a part of this block.
  void addCopy(const void* from, std::size_t bytes);
  // Appends the bytes, and leaves zeros behind, which are an empty element. `from` may be an element of this block.
  void addMoved(void* from, std::size_t elementSize);
  // Appends a copy of an element. `from` may be an element of this block.
  void addCopied(const void* from, std::size_t elementSize, Copy* copy);
  // Appends a copy of each element of `other`.
  void addAll(const Block& other, std::size_t elementSize, Copy* copy);
  // Moves the last `bytes` to `at`, in front of what is there.
  void moveLast(void* at, std::size_t bytes);
  // Destroys the elements from `from` to `to` and closes the gap. `destroy` may be null. Returns `from`.
  void* erase(const void* from, const void* to, std::size_t elementSize, Destroy* destroy);
  // Destroys all elements and frees the memory. The block must not be used afterwards.
  void destroyAll(std::size_t elementSize, Destroy* destroy);
  // Frees the memory. The block must not be used afterwards.
  void release();

  char* bytes_ = nullptr;  // null until something is stored
  std::size_t size_ = 0;   // in bytes

 private:
  std::size_t capacity() const;
  char* grow(std::size_t bytes);
};

}  // namespace vitrine
