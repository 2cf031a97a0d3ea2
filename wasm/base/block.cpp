#include "base/block.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace vitrine {

// A block without memory has no capacity. Memory always has one byte more than asked for, for the NUL of Text::c_str().
std::size_t Block::capacity() const {
  std::size_t capacity = 0;
  if (bytes_) std::memcpy(&capacity, bytes_ - sizeof capacity, sizeof capacity);
  return capacity;
}

// Moves the bytes to memory for at least `bytes`. Returns the old ones, which the caller frees when nothing of them is
// needed any more; null if there were none.
VITRINE_ONCE char* Block::grow(std::size_t bytes) {
  char* const old = bytes_;
  // The allocator hands out multiples of 16 bytes.
  const std::size_t capacity = (std::max(bytes, 2 * this->capacity()) + kHeader + 16) / 16 * 16 - kHeader - 1;
  bytes_ = static_cast<char*>(::operator new(kHeader + capacity + 1)) + kHeader;
  std::memcpy(bytes_ - sizeof capacity, &capacity, sizeof capacity);
  if (size_ != 0) std::memcpy(bytes_, old, size_);
  return old;
}

VITRINE_ONCE void Block::release() {
  if (bytes_) ::operator delete(bytes_ - kHeader);
}

VITRINE_ONCE void Block::take(Block& other) {
  bytes_ = other.bytes_;
  size_ = other.size_;
  other.bytes_ = nullptr;
  other.size_ = 0;
}

VITRINE_ONCE void Block::replace(Block& other, std::size_t elementSize, Destroy* destroy) {
  Block old;
  old.take(*this);
  take(other);
  old.destroyAll(elementSize, destroy);
}

VITRINE_ONCE void Block::reserve(std::size_t bytes) {
  if (bytes <= capacity()) return;
  Block old;
  old.bytes_ = grow(bytes);
  old.release();
}

VITRINE_ONCE void* Block::add(std::size_t bytes) {
  reserve(size_ + bytes);
  char* const place = bytes_ + size_;
  size_ += bytes;
  return place;
}

VITRINE_ONCE void Block::addCopy(const void* from, std::size_t bytes) {
  if (bytes == 0) return;
  Block old;
  if (size_ + bytes > capacity()) old.bytes_ = grow(size_ + bytes);
  std::memcpy(bytes_ + size_, from, bytes);
  size_ += bytes;
  old.release();
}

VITRINE_ONCE void Block::addMoved(void* from, std::size_t elementSize) {
  char* place = static_cast<char*>(from);
  const std::size_t offset = static_cast<std::size_t>(place - bytes_);
  addCopy(from, elementSize);
  if (offset < size_ - elementSize) place = bytes_ + offset;  // an element of this block moves with it
  std::memset(place, 0, elementSize);
}

VITRINE_ONCE void Block::addCopied(const void* from, std::size_t elementSize, Copy* copy) {
  Block old;
  if (size_ + elementSize > capacity()) old.bytes_ = grow(size_ + elementSize);
  copy(bytes_ + size_, from);
  size_ += elementSize;
  old.release();
}

VITRINE_ONCE void Block::addAll(const Block& other, std::size_t elementSize, Copy* copy) {
  reserve(size_ + other.size_);
  for (std::size_t at = 0; at < other.size_; at += elementSize) addCopied(other.bytes_ + at, elementSize, copy);
}

VITRINE_ONCE void Block::moveLast(void* at, std::size_t bytes) {
  if (bytes == 0) return;
  Block last;
  last.addCopy(bytes_ + size_ - bytes, bytes);
  std::memmove(static_cast<char*>(at) + bytes, at,
               static_cast<std::size_t>(bytes_ + size_ - static_cast<char*>(at)) - bytes);
  std::memcpy(at, last.bytes_, bytes);
  last.release();
}

VITRINE_ONCE void* Block::erase(const void* from, const void* to, std::size_t elementSize, Destroy* destroy) {
  char* const first = bytes_ + (static_cast<const char*>(from) - bytes_);
  const std::size_t bytes = static_cast<std::size_t>(static_cast<const char*>(to) - first);
  if (bytes == 0) return first;
  if (destroy) {
    for (std::size_t at = 0; at < bytes; at += elementSize) destroy(first + at);
  }
  const std::size_t behind = size_ - bytes - static_cast<std::size_t>(first - bytes_);
  std::memmove(first, first + bytes, behind);
  size_ -= bytes;
  return first;
}

VITRINE_ONCE void Block::destroyAll(std::size_t elementSize, Destroy* destroy) {
  erase(bytes_, bytes_ + size_, elementSize, destroy);
  release();
}

}  // namespace vitrine
