// Replaces the few C library functions that Embind and libc++ call and that this program does not need in full. The
// library's own bring printf into the page.
#ifdef __EMSCRIPTEN__

#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <version>

extern "C" {

// Compares eight bytes at a time, because each reply is compared with the last one. The library compares single bytes.
int memcmp(const void* left, const void* right, std::size_t size) {
  const auto* a = static_cast<const unsigned char*>(left);
  const auto* b = static_cast<const unsigned char*>(right);
  for (; size >= 8; a += 8, b += 8, size -= 8) {
    std::uint64_t x, y;
    __builtin_memcpy(&x, a, 8);
    __builtin_memcpy(&y, b, 8);
    if (x != y) break;
  }
  for (; size > 0; ++a, ++b, --size) {
    if (*a != *b) return *a - *b;
  }
  return 0;
}

// The library's own go through words of memory, for texts that are longer than those of this program.
__attribute__((no_builtin)) void* memchr(const void* bytes, int c, std::size_t size) {
  const auto* at = static_cast<const unsigned char*>(bytes);
  for (; size > 0; ++at, --size) {
    if (*at == static_cast<unsigned char>(c)) return const_cast<unsigned char*>(at);
  }
  return nullptr;
}
__attribute__((no_builtin)) std::size_t strlen(const char* text) {
  const char* end = text;
  while (*end) ++end;
  return static_cast<std::size_t>(end - text);
}

// Embind prints the address of a type that it does not know into an error message that nobody reads here.
int sprintf(char* out, const char*, ...) {
  *out = '\0';
  return 0;
}
int siprintf(char* out, const char*, ...) {
  *out = '\0';
  return 0;
}

}  // extern "C"

// libc++ reports a violated precondition with printf before it aborts; here it only aborts.
_LIBCPP_BEGIN_NAMESPACE_STD
[[noreturn]] void __libcpp_verbose_abort(const char*, ...) { __builtin_trap(); }
_LIBCPP_END_NAMESPACE_STD

#endif
