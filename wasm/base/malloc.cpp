// Replaces the C library's allocator, which weighs four times as much, because it joins and splits blocks.
//
// There are four sizes of blocks in each power of two. A block keeps its size for ever. A freed block waits in the list
// of its size, and is handed out for a text of the same size, or for one of half its size at least. The core frees
// nearly all that it allocates in a task, and its lists and texts grow by powers of two, so the lists stay short.
#ifdef __EMSCRIPTEN__

#include <bit>
#include <cstddef>
#include <cstdint>

// The C library's: returns the place of this many bytes more at the end of the memory; -1 if there is no room. Its
// header declares files and processes too, which no file of the core includes.
extern "C" void* sbrk(std::intptr_t bytes);

namespace {

struct Block {
  alignas(8) std::size_t size;  // index in `freed`
  alignas(8) Block* next;       // in its list; the first bytes of a block that is in use
};
constexpr std::size_t kHeader = offsetof(Block, next);
constexpr std::size_t kUnit = 16;
constexpr int kSizesOfPower = 4;

Block* freed[32 * kSizesOfPower];

}  // namespace

extern "C" {

void* malloc(std::size_t bytes) {
  const std::size_t units = (bytes + kHeader - 1) / kUnit;  // without the last one
  const int shift = units < kSizesOfPower ? 0 : 29 - std::countl_zero(units);
  const std::size_t quarters = (units >> shift) + 1;
  const std::size_t size = static_cast<std::size_t>(shift * kSizesOfPower) + quarters;
  for (Block** list = freed + size; list < freed + size + kSizesOfPower; ++list) {
    Block* const block = *list;
    if (!block) continue;
    *list = block->next;
    return &block->next;
  }
  void* const memory = sbrk(static_cast<std::intptr_t>((quarters << shift) * kUnit));
  if (memory == reinterpret_cast<void*>(-1)) return nullptr;
  Block* const block = static_cast<Block*>(memory);
  block->size = size;
  return &block->next;
}

void free(void* bytes) {
  if (!bytes) return;
  Block* const block = reinterpret_cast<Block*>(static_cast<char*>(bytes) - kHeader);
  block->next = freed[block->size];
  freed[block->size] = block;
}

}  // extern "C"

#endif
