#include "model/ids.h"

#include <cmath>

namespace vitrine {
namespace {

// Returns the number of bytes of the white space that begins the text; 0 if it begins with another character.
std::size_t blankLength(std::string_view text) {
  if (static_cast<unsigned char>(text[0]) <= ' ') return 1;
  if (text.starts_with("\xC2\xA0")) return 2;  // the no-break space
  if (text.starts_with("\xE3\x80\x80") || text.starts_with("\xEF\xBB\xBF")) return 3;
  // U+2000 to U+200F: spaces of other widths, and marks without any.
  return text.size() > 2 && text.starts_with("\xE2\x80") && static_cast<unsigned char>(text[2]) < 0x90 ? 3 : 0;
}

template <class Names>
bool isAnyOf(const Names& names, std::string_view name) {
  for (const std::string_view known : names) {
    if (known == name) return true;
  }
  return false;
}

Problem readOne(Json& value, bool isMarkup, const Text& field) {
  if (isMarkup && value.isString() && value.text.empty()) return nullptr;
  if (readId(&value).empty()) return idError(field);
  value.type = Json::Type::kString;
  return nullptr;
}

}  // namespace

bool isId(std::string_view text) {
  if (text == "undefined" || text == "null" || text == "NaN" || text.starts_with("[object ")) return false;
  while (!text.empty()) {
    const std::size_t length = blankLength(text);
    if (length == 0) return true;
    text.remove_prefix(length);
  }
  return false;
}

bool isProductId(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7F) return false;
  }
  return isId(text);
}

std::string_view readId(const Json* value) {
  // A number from 2^53 on has been rounded by JavaScript: two ids may be one.
  const bool isText = value && (value->isString() || (value->isNumber() && std::fabs(value->number) < 0x1p53));
  return isText && isId(value->text) ? std::string_view(value->text) : std::string_view();
}

Problem idError(std::string_view field) { return argumentError(field, kIdRule); }

Problem readIds(Json& query, bool isMarkup, const Text& path) {
  constexpr std::string_view kIds[] = {"anchorId", "categoryId", "configId", "itemId", "orderId"};
  constexpr std::string_view kLists[] = {"anchorIds", "itemIds", "excludeIds"};
  constexpr std::string_view kNested[] = {"fallback", "order", "items"};
  for (std::size_t i = 0; i < query.children.size(); ++i) {
    Json& child = query.children[i];
    if (child.isNull()) continue;
    const Text field = query.isArray() ? indexed(path, i) : path.empty() ? child.name : filled("%.%", path, child.name);
    Problem problem;
    if (query.isArray() || isAnyOf(kNested, child.name)) {
      problem = readIds(child, isMarkup, field);
    } else if (isAnyOf(kIds, child.name)) {
      problem = readOne(child, isMarkup, field);
    } else if (isAnyOf(kLists, child.name)) {
      if (!child.isArray()) return argumentError(field, "an array of ids");
      for (std::size_t k = 0; k < child.children.size() && !problem; ++k)
        problem = readOne(child.children[k], isMarkup, indexed(field, k));
    }
    if (problem) return problem;
  }
  return nullptr;
}

}  // namespace vitrine
