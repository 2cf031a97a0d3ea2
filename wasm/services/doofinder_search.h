// Doofinder's searches, suggestions and listings: the Search API's _search and _suggest, as js-doofinder calls them.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/text.h"
#include "model/error.h"
#include "model/product.h"
#include "services/service.h"

namespace vitrine::doofinder {

// Builds the request of a search, a listing or suggestions. Filters that the service lacks are refused. base: the
// address of the search engine, without a slash at its end. index: the index with the products.
Problem buildSearch(QueryKind kind, const Json& query, std::string_view base, std::string_view index,
                    std::string_view headersJson, HttpRequest& request);

// Reads the total, the suggested words and the facets of a search's reply; nothing from the reply of a widget.
void readSearch(const Json& reply, Slate& slate);

// Reads a reply whose results are terms. first: the text of its first result, "" if it has none. Returns false for any
// other reply.
bool readSuggestions(std::string_view body, std::string_view first, Slate& slate);

}  // namespace vitrine::doofinder
