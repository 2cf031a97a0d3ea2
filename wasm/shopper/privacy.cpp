#include "shopper/privacy.h"

#include <algorithm>

namespace vitrine {
namespace {

bool isPrivate(std::string_view parameter, const std::vector<std::string>& names) {
  const std::size_t equals = std::min(parameter.find('='), parameter.size());
  const std::string name = lowerCase(parameter.substr(0, equals));
  for (const std::string& part : names) {
    if (!part.empty() && name.find(part) != std::string::npos) return true;
  }
  return parameter.find('@') != std::string_view::npos || parameter.find("%40") != std::string_view::npos;
}

// Appends `mark` and the parameters that may stay; nothing if there are none.
void appendParameters(std::string& out, char mark, std::string_view list, const std::vector<std::string>& names) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('&'), list.size());
    const std::string_view parameter = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    if (isPrivate(parameter, names)) continue;
    out += mark;
    out += parameter;
    mark = '&';
  }
}

}  // namespace

std::string lowerCase(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

std::string scrubUrl(std::string_view url, const std::vector<std::string>& names) {
  const std::size_t hash = std::min(url.find('#'), url.size());
  const std::size_t question = std::min(url.find('?'), hash);
  std::string out(url.substr(0, question));
  const std::size_t scheme = out.find("://");
  if (scheme != std::string::npos) {
    const std::size_t host = scheme + 3;
    const std::size_t at = out.substr(0, out.find('/', host)).rfind('@');
    if (at != std::string::npos && at >= host) out.erase(host, at + 1 - host);
  }
  if (question < hash) appendParameters(out, '?', url.substr(question + 1, hash - question - 1), names);
  if (hash < url.size()) appendParameters(out, '#', url.substr(hash + 1), names);
  return out;
}

}  // namespace vitrine
