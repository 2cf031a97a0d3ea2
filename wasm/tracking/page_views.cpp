#include "tracking/page_views.h"

#include <algorithm>

#include "base/query_string.h"

namespace vitrine {
namespace {

// Appends the parameters of `query` with this name. "filter[]" is written as "filter%5B%5D" by some routers.
void appendNamed(Text& out, std::string_view query, const Text& name) {
  Text encoded;
  appendEncoded(encoded, name);
  out += '&';
  while (!query.empty()) {
    const std::size_t end = std::min(query.find_first_of("?&"), query.size());
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = std::min(parameter.find('='), parameter.size());
    const std::string_view given = parameter.substr(0, equals);
    if (!given.empty() && (given == name || given == encoded)) out += parameter.substr(equals);
  }
}

}  // namespace

Text pageOf(std::string_view url, bool isNewEntry, const PageViewOptions& options) {
  const std::size_t hash = std::min(url.find('#'), url.size());
  std::string_view part = url.substr(0, hash), route = url.substr(hash);
  if (!route.starts_with("#/") && !route.starts_with("#!")) route = {};
  Text page, query;
  for (int i = 0; i < 2; ++i, part = route) {
    const std::size_t question = std::min(part.find('?'), part.size());
    const std::string_view path = part.substr(0, question);
    // "#/" and "#!" are the start of an application: routers write them when they start.
    if (path.find_first_not_of("#!/") != std::string_view::npos) page += path;
    query += part.substr(question);
  }
  if (!options.hasParameters && isNewEntry) page += query;
  for (const Text& name : options.parameters) appendNamed(page, query, name);
  // Routers and URLSearchParams write the same address differently: "%20" and "+", "%c3" and "%C3".
  std::replace(page.begin(), page.end(), '+', ' ');
  return decoded(page);
}

}  // namespace vitrine
