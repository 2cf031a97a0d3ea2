// Parameters of RichRelevance's addresses that the shop's own values become.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/text.h"
#include "base/time.h"
#include "model/error.h"

namespace vitrine::richrelevance {

// Appends parameters that the shop gave: {name: value}. A value is a text, a number, true, false, a list of these, or a
// map of these and of lists, which is written k:v;v|k:v. A "|", and in a map also ":" and ";", within a text is encoded
// twice. Returns the problem with the first other value; null is no value. field: the name of `params` in a problem.
Problem addGiven(Text& url, const Json* params, const Text& field);

// Appends those of the parameters `&name=value…`, the shop's for every request, whose names the address does not have
// behind a "&".
void addMissing(Text& url, std::string_view parameters);

// Appends the conditions on price and brand that the service can apply, and removes them from `filtersJson`, which
// becomes "" when none is left. Prices are in cents. The service compares the sale price, else the price.
void addFilters(Text& url, Text& filtersJson);

// Appends a whole number above 0; nothing for 0.
void addCount(Text& url, const char* name, double count);

// Appends the time as `ts`, because without it a cache may reply (documentation). The shop may give its own: `given`
// are the parameters so far. wallMs: in milliseconds, 0 if it is not known.
void addTime(Text& url, std::string_view given, TimeMs wallMs);

// Returns the host of an http(s) address, in lower case and without its port; "" if there is none. What a browser would
// read differently (a user before the host, a backslash, a control character) stays in the result or makes it "", so
// that it equals no host.
Text hostOf(std::string_view url);

// Appends the parameters of {orderId, items: [{itemId, quantity, unitPrice}]}, the members of a purchase event.
// prices: their unit, "pp", "ppc" or "both".
void addOrder(Text& url, const Json& order, std::string_view prices);

// Returns the text `name` of the option `configs`.
Text configOr(const Json& options, const char* name, std::string_view fallback);

// Returns the problem of a query without the parameter that the page needs. argument: the words for what to give.
Problem needed(std::string_view page, const char* parameter, const char* argument);

}  // namespace vitrine::richrelevance
