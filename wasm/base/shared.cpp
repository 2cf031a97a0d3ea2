#include "base/shared.h"

#include "base/block.h"

namespace vitrine {
namespace {

// Stands in front of the value.
struct Head {
  void (*destroy)(void* value);
  std::size_t owners;
};

Head& headOf(void* value) { return static_cast<Head*>(value)[-1]; }

}  // namespace

VITRINE_ONCE void* SharedValue::allocate(std::size_t bytes, Destroy* destroy) {
  return new (::operator new(sizeof(Head) + bytes)) Head{destroy, 1} + 1;
}

VITRINE_ONCE void* SharedValue::hold(void* value) {
  if (value) ++headOf(value).owners;
  return value;
}

VITRINE_ONCE void SharedValue::letGo(void* value) {
  if (!value || --headOf(value).owners > 0) return;
  headOf(value).destroy(value);
  ::operator delete(&headOf(value));
}

std::size_t SharedValue::owners(void* value) { return value ? headOf(value).owners : 0; }

}  // namespace vitrine
