// RichRelevance's search (find/v1) and its autocomplete. Their parameters and replies are those of the service's SDKs
// for iOS and Android.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/list.h"
#include "base/text.h"
#include "model/error.h"
#include "model/product.h"
#include "services/reply.h"

namespace vitrine::richrelevance {

// Returns the problem of a search or of suggestions in a page that fetches replies as scripts: they have no JSON-P.
Problem scriptError();

// Appends the parameters of a search or, without a placement, of suggestions. Returns a problem with the first filter
// that the service lacks.
Problem addFind(std::string_view placement, const Json& query, Text& url);

// Reads the parts of a search's placement besides its products, and adds the member `productURL` to each product, which
// stands in the address of its click alone. Returns the texts that the elements of `cut` are then views of.
List<Text> readSearch(const Json& placement, Cut& cut, Slate& slate);

}  // namespace vitrine::richrelevance
