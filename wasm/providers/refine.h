// Refine (docs.joinrefine.io). The request for similar items, the header and the filters are the vendor's documented
// API. For visitor, user and search calls and for events the vendor documents only its SDK, so those paths and bodies
// are ours; apiUrl and eventsUrl point them at any server that speaks them.
#pragma once

#include "providers/provider.h"

namespace vitrine {

constexpr char kRefineApiUrl[] = "https://api.joinrefine.io";

class Refine final : public Provider {
 public:
  // options: {apiKey, organizationId, catalogId, apiUrl = kRefineApiUrl, eventsUrl = apiUrl + "/events"}
  Refine(const Json& options, std::vector<Problem>& problems);

  Problem ask(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const override;
  Problem read(int status, std::string_view body, Slate& slate) const override;
  EventPost encode(const std::vector<std::string_view>& events, std::string_view batchId, TimeMs wallMs) const override;

 private:
  std::string apiUrl_;
  std::string eventsUrl_;
  std::string headersJson_;
  std::string ownerJson_;  // `"organizationId":…,"catalogId":…`
  std::string missing_;    // the first required option that was not given; "" if all were
};

}  // namespace vitrine
