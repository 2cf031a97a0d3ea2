// What a recommendation service must answer to be one of ours: how to ask it, how to read its reply, how to send it
// events.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/json.h"
#include "core/time.h"
#include "providers/product.h"

namespace vitrine {

enum class QueryKind { kSimilarItems, kForVisitor, kForUser, kSearchText };

constexpr int kQueryKinds = 4;
constexpr const char* kQueryKindNames[kQueryKinds] = {"similarItems", "forVisitor", "forUser", "searchText"};

bool readQueryKind(std::string_view name, QueryKind& kind);

// Who asks. Ids are "" where consent does not allow to send them.
struct Asker {
  std::string visitorId;
  std::string sessionId;
  std::string userId;
  bool isAllowed = false;  // to say who it is
};

struct HttpRequest {
  std::string method;
  std::string url;
  std::string headersJson;
  std::string body;
};

struct EventPost {
  std::string url;
  std::string body;  // sent as text/plain, so that no CORS preflight is needed
};

class Provider {
 public:
  virtual ~Provider() = default;

  // The request for this query, or what is wrong with it, before anything leaves the page.
  virtual Problem ask(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const = 0;

  // Reads a reply of any status with a body. Entries that are no product are counted, not fatal.
  virtual Problem read(int status, std::string_view body, Slate& slate) const = 0;

  // One request for these events (JSON texts, wasm/event.schema.json).
  virtual EventPost encode(const std::vector<std::string_view>& events, std::string_view batchId,
                           TimeMs wallMs) const = 0;
};

// The provider `name` with these options. Wrong or missing options are told in `problems`; each call that needs them
// fails with a validation error. An unknown name is a problem too.
std::unique_ptr<Provider> makeProvider(std::string_view name, const Json& options, std::vector<Problem>& problems);

}  // namespace vitrine
