// The service of the simulated world that cannot tell a repeated event: Doofinder, whose statistics take one event a
// request and count each, beside the shop's own collector, which knows events by their ids.
#pragma once

#include <string>

namespace vitrine::test {

constexpr char kLaneHash[] = "0123456789abcdef0123456789abcdef";
constexpr char kLaneService[] =
    R"({"provider":{"name":"doofinder","zone":"eu1","hashid":"0123456789abcdef0123456789abcdef","configs":{}},)"
    R"("events":{"url":"https://shop.example/collect"}})";

// An item id that the service's addresses carry as it is.
inline std::string laneItem(int number) {
  std::string digits = std::to_string(number);
  return std::string(kLaneHash) + "@product@" + std::string(32 - digits.size(), '0') + digits;
}

// The item that an address of the service is about; "" if it is about none.
inline std::string itemInAddress(const std::string& url) {
  constexpr char kMiddle[] = "%40product%40";
  const std::size_t at = url.find(kMiddle);
  if (at == std::string::npos) return {};
  return std::string(kLaneHash) + "@product@" + url.substr(at + sizeof kMiddle - 1, 32);
}

// Whether it is the service's, not the collector's.
inline bool isLaneAddress(const std::string& url) { return url.find("/stats/") != std::string::npos; }

}  // namespace vitrine::test
