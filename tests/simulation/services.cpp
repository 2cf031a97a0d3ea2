#include "simulation/services.h"

namespace vitrine::test {
namespace {

constexpr char kHash[] = "0123456789abcdef0123456789abcdef";

constexpr const char* kServices[] = {
    R"("name":"refine","apiKey":"pk","organizationId":"o","catalogId":"c")",
    R"("name":"depict","tenant":"t","market":"m")",
    R"("name":"richrelevance","apiKey":"pk","apiClientKey":"pk")",
    R"("name":"doofinder","zone":"eu1","hashid":"0123456789abcdef0123456789abcdef","configs":{})",
};

// The middle of a product's id in Doofinder's statistics: <hashid>@product@<digits>.
constexpr char kMiddle[] = "@product@";
constexpr char kMiddleInAddress[] = "%40product%40";

bool isBadItem(std::string_view id) {
  const std::size_t at = id.find(kMiddle);
  return id.starts_with("poison") || (at != std::string_view::npos && id[at + sizeof kMiddle - 1] == 'b');
}

std::string parameter(const std::string& url, const std::string& name) {
  const std::size_t at = url.find("&" + name + "=");
  if (at == std::string::npos) return {};
  const std::size_t from = at + name.size() + 2;
  return url.substr(from, url.find('&', from) - from);
}

// Returns the first of these members that is there.
std::string textOf(const Json& event, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const std::string_view text = stringMember(event, name); !text.empty()) return std::string(text);
  }
  return {};
}

}  // namespace

std::string nameOf(ServiceName service) {
  constexpr const char* kNames[] = {"refine", "depict", "richrelevance", "doofinder"};
  return kNames[static_cast<int>(service)];
}

std::string configOf(ServiceName service, std::string_view events, std::string_view more) {
  std::string out = std::string(R"({"provider":{)") + kServices[static_cast<int>(service)] + R"(},"events":{)";
  if (service != ServiceName::kRefine) out += R"("url":"https://shop.example/collect")";
  if (!events.empty()) out.append(out.back() == '{' ? "" : ",").append(events);
  out += "}";
  if (!more.empty()) out.append(",").append(more);
  return out + "}";
}

std::string itemOf(ServiceName service, int number, bool isBad) {
  const std::string digits = std::to_string(number);
  if (service != ServiceName::kDoofinder) return (isBad ? "poison" : "item") + digits;
  return std::string(kHash) + kMiddle + (isBad ? "b" : "0") + std::string(31 - digits.size(), '0') + digits;
}

std::string labelOf(const std::string& itemId) {
  const std::size_t at = itemId.find(kMiddle);
  if (at == std::string::npos) return itemId;
  return (isBadItem(itemId) ? "poison" : "item") + std::to_string(std::stol(itemId.substr(at + sizeof kMiddle)));
}

Wire::Wire(const std::string& url, const std::string& body) {
  if (url.find("/stats/") != std::string::npos) {
    const std::size_t at = url.find(kMiddleInAddress);
    countsEveryTime = true;
    events.push_back({{},
                      at == std::string::npos
                          ? ""
                          : std::string(kHash) + kMiddle + url.substr(at + sizeof kMiddleInAddress - 1, 32)});
  } else if (const std::string item = parameter(url, "atcid"); !item.empty()) {
    countsEveryTime = true;
    events.push_back({{}, item});
  } else if (const std::string order = parameter(url, "o"); !order.empty()) {
    events.push_back({order, order});
  } else {
    const Json json = parseJson(body);
    const Json* list = json.isArray() ? &json : member(json, "events");
    if (url.find("/create-events") == std::string::npos) batch = json;
    if (!list) return;
    for (const Json& event : list->children) {
      events.push_back({textOf(event, {"eventId", "deduplication_id", "transaction_id"}),
                        textOf(event, {"itemId", "product_id", "orderId", "transaction_id"})});
    }
  }
  for (const WireEvent& event : events) isBad |= isBadItem(event.itemId);
}

}  // namespace vitrine::test
