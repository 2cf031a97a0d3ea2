// Renders a widget's markup without a page: on a server, or in a job that writes e-mail.
#pragma once

#include "base/text.h"

namespace vitrine {

// request: JSON with the card options (cards/card.h) and the products, in one of two forms:
//   slate: as data calls return it (model/product.h)
//   reply: the text of a service's reply, with provider: {name, …}, status (default 200) and, if the request joined
//     several queries, the part of this query (services/service.h)
// placeholder: the number of cards without content to render instead of products, at most 100.
// Returns "=" and the HTML ("" without products), or "!" and the JSON of an error (model/error.h). A refused template
// is an error here, because its author can correct it; a page falls back to the built-in template.
Text renderWidget(const Text& request);

}  // namespace vitrine
