// Stand-ins for the few C library functions that nlohmann/json and Embind call and this program does not need in full.
// The library's own bring 128-bit arithmetic and printf along, 9 kB compressed. Here they read JSON numbers. All three
// strto* are needed: with one missing the library's file comes back.
#ifdef __EMSCRIPTEN__

#include <cstdarg>
#include <cstddef>
#include <cstdint>
#include <version>

extern "C" {

// ReplyCache are compared with the last ones, and theirs is byte by byte.
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

// Embind names types it does not know by their address, for error messages.
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
