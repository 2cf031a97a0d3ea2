// Decides whether a changed address is another page view (docs/page-views.md has the rule with its cases).
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/text.h"

namespace vitrine {

// The configuration's `pageViews`.
struct PageViewOptions {
  bool hasParameters = false;  // the shop has named the parameters that count, or that none does
  List<Text> parameters;       // query parameters that make a page view when they change
};

// Returns a text that is another one for each page view: the path and the route in the fragment ("#/…", "#!…") with
// the parameters that count or, without options.hasParameters, with the query if isNewEntry: the address belongs to
// another entry of the history (pushed, or reached by back or forward), not to the same one with its address replaced.
Text pageOf(std::string_view url, bool isNewEntry, const PageViewOptions& options);

}  // namespace vitrine
