// Depict's searches, suggestions and listings, which follow the published OpenAPI and exist in version 3 alone.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/list.h"
#include "base/text.h"
#include "model/error.h"
#include "services/reply.h"
#include "services/service.h"

namespace vitrine::depict {

struct Account {
  std::string_view apiUrl, tenant, market, locale;
  std::string_view sessionId;  // the id that the request names (Service::sessionOf)
  std::string_view headersJson;
  const Json& params;  // provider.params
};

// Builds the request of a search, a listing or suggestions. Filters and params that the service lacks are refused.
Problem buildSearch(QueryKind kind, const Json& query, const Account& account, HttpRequest& request);

// Reads a reply with suggestions. Returns false for any other reply.
bool readSuggestions(const Json& reply, Slate& slate);

// Reads the parts of a search or a listing besides its products: ids, total, cursor and facets.
void readListing(const Json& reply, Slate& slate);

// Version 3 lists products whose variants are the displays. Replaces each element by the display of its chosen variant.
// Returns the texts that the elements are then views of. hasResultIds: set to true if they are those of a search or a
// listing, whose ids have their name, a colon and the id in the member `reference`.
List<Text> unfoldVariants(Cut& cut, bool& hasResultIds);

}  // namespace vitrine::depict
