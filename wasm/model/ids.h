// Ids: those that the shop gives, which are checked here wherever they come in, and those that the core makes.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/random.h"
#include "base/text.h"
#include "model/error.h"

namespace vitrine {

// Returns false for a blank text and for the texts that JavaScript makes of other values by mistake: "undefined",
// "null", "NaN", "[object Object]".
bool isId(std::string_view text);

// Returns false also for an id with a control character, which HTML cannot carry: an attribute of a card would hold
// another id than the one that was served.
bool isProductId(std::string_view text);

// Returns the text of an id that the shop gave as a string or as a number; "" if `value` is missing or is no id. The
// text is a view into the tree.
std::string_view readId(const Json* value);

// The rule for an id, as argumentError() takes it.
constexpr char kIdRule[] = "an id: a text that is not blank, or a number";

// Returns the problem with a value that is no id.
Problem idError(std::string_view field);

// Reads the ids in the query of a data call, and in the queries of its `fallback` and its `order`: numbers become
// texts, and a value that is no id is a problem. A missing id is none. isMarkup: empty texts are ignored, because a
// template of the page may leave an attribute empty. path: the field of the query itself, "" at the top.
Problem readIds(Json& query, bool isMarkup, const Text& path = {});

// Returns an id for a serve to which its service gave none.
inline Text newServeId(Random& random) { return "sv_" + random.token(24); }

// The id of a page view, or of a journal: the first journal of a page has the id of its page view. 50 random bits, so
// no two journals of a browser have the same id.
inline Text newPageId(Random& random) { return random.token(10); }

}  // namespace vitrine
