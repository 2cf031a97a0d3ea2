#include "store/ids.h"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <random>

namespace vitrine::demo {
namespace {

std::uint64_t randomBits() {
  static std::mutex mutex;
  static std::mt19937_64 engine{(static_cast<std::uint64_t>(std::random_device{}()) << 32) ^ std::random_device{}()};
  const std::lock_guard lock(mutex);
  return engine();
}

}  // namespace

EpochMs now() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string newId(const std::string& prefix) {
  constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
  std::string id = prefix;
  for (int i = 0; i < 16; ++i) id += kAlphabet[randomBits() >> 59];
  return id;
}

std::string newUuid() {
  const std::uint64_t high = (randomBits() & ~0xf000ULL) | 0x4000ULL;
  const std::uint64_t low = (randomBits() >> 2) | (1ULL << 63);
  char text[37];
  std::snprintf(text, sizeof text, "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                static_cast<unsigned>(high >> 16 & 0xffff), static_cast<unsigned>(high & 0xffff),
                static_cast<unsigned>(low >> 48), static_cast<unsigned long long>(low & 0xffffffffffffULL));
  return text;
}

}  // namespace vitrine::demo
