#include "store/accounts.h"

#include <nlohmann/json.hpp>

namespace vitrine::demo {

using nlohmann::json;

std::string accountAt(std::string_view service, const std::string& origin) {
  const json accounts = {
      {"refine",
       {{"apiKey", "pk_demo"},
        {"organizationId", "8f14e45f-ceea-467f-9a0b-1c2d3e4f5a6b"},
        {"catalogId", "45c48cce-2e2d-4fbd-aa1a-fc51c7c6ad26"}}},
      {"depict",
       {{"tenant", "osier"}, {"market", "eu"}, {"currency", "EUR"}, {"configs", {{"forVisitor", "front_page"}}}}},
      {"richrelevance",
       {{"apiKey", "rr_demo_site"},
        {"apiClientKey", "rr_demo_client"},
        {"currency", "EUR"},
        {"configs", {{"similarItems", "item_page.similar"}, {"forVisitor", "home_page.picks"}}}}},
      {"doofinder",
       {{"hashid", "de8f052ea612f95b6950d4013dd6ef38"},
        {"productUrl", origin + "/product/{id}"},
        {"configs",
         {{"similarItems", "5f3e0000-0000-4000-8000-000000000001"},
          {"forVisitor", "5f3e0000-0000-4000-8000-000000000002"},
          {"trending", "5f3e0000-0000-4000-8000-000000000005"}}}}},
  };
  const auto found = accounts.find(service);
  if (found == accounts.end()) return {};
  json account = *found;
  account["name"] = service;
  account["apiUrl"] = origin + "/" + std::string(service);
  return account.dump();
}

}  // namespace vitrine::demo
