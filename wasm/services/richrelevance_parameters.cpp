#include "services/richrelevance_parameters.h"

#include <algorithm>

#include "base/number.h"
#include "base/query_string.h"
#include "model/money.h"
#include "services/service.h"

namespace vitrine::richrelevance {
namespace {

// Appends a text, a number or a truth value; each of `reserved` in a text is encoded. Returns false for another value.
bool appendScalar(Text& out, const Json& value, std::string_view reserved = {}) {
  if (value.isBool()) out += value.number != 0 ? "true" : "false";
  if (value.isBool()) return true;
  for (const char c : value.text) {
    if (reserved.find(c) == std::string_view::npos)
      out += c;
    else
      appendEncoded(out, {&c, 1});
  }
  return value.isString() || value.isNumber();
}

}  // namespace

Problem addGiven(Text& url, const Json* params, const Text& field) {
  if (!params || params->isNull()) return nullptr;
  if (!params->isObject()) return argumentError(field, "an object");
  for (const Json& param : params->children) {
    List<Text> values;
    bool isRight = true;
    if (param.isArray() || param.isObject()) {
      for (const Json& value : param.children) {
        Text& text = values.emplace_back();
        if (param.isArray()) {
          isRight = appendScalar(text, value) && isRight;
          continue;
        }
        text = value.name + ":";
        const std::size_t start = text.size();
        for (const Json& one : value.children) {
          if (text.size() > start) text += ';';
          isRight = value.isArray() && appendScalar(text, one, ":;|") && isRight;
        }
        if (!value.isArray()) isRight = appendScalar(text, value, ":;|") && isRight;
      }
    } else {
      isRight = appendScalar(values.emplace_back(), param);
    }
    if (param.isNull()) continue;
    if (!isRight) {
      return argumentError(field + "." + param.name,
                           "a text, a number, true, false, a list of these, or an object of these and of lists");
    }
    if (param.isArray() || param.isObject())
      addPipeList(url, param.name.c_str(), values);
    else
      addParameter(url, param.name.c_str(), values.front());
  }
  return nullptr;
}

void addMissing(Text& url, std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view one = parameters.substr(0, parameters.find('&', 1));
    if (url.find(one.substr(0, one.find('=') + 1)) == Text::npos) url += one;
    parameters.remove_prefix(one.size());
  }
}

void addFilters(Text& url, Text& filtersJson) {
  Json filters = parseJson(filtersJson);
  double bounds[] = {-1, -1};
  const char* brands = nullptr;  // whether the brands are included
  List<Text> names;
  filters.children.eraseIf([&](const Json& filter) {
    const std::string_view field = stringMember(filter, "field"), op = stringMember(filter, "operator");
    const Json* value = member(filter, "value");
    if (field == "price" && value->isNumber() && value->number >= 0 && (op == "gte" || op == "lte")) {
      const double cents = minorUnits(value->number, {});
      double& bound = bounds[op == "lte"];
      if (majorUnits(cents, {}) != value->number) return false;
      if (bound < 0 || (op == "lte") == (cents < bound)) bound = cents;
      return true;
    }
    const bool isIncluded = op == "eq" || op == "in";
    if (field != "brand" || brands || !(isIncluded || op == "ne" || op == "nin")) return false;
    for (const Json& name : value->children) names.push_back(name.text);
    if (value->isString()) names.push_back(value->text);
    if (names.empty()) return false;
    brands = isIncluded ? "true" : "false";
    return true;
  });
  const auto addBound = [&](const char* name, double cents) {
    if (cents < 0) return;
    Text digits;
    appendNumber(digits, cents);
    addParameter(url, name, digits);
  };
  addBound("minPriceFilter", bounds[0]);
  addBound("maxPriceFilter", bounds[1]);
  if (bounds[0] >= 0 || bounds[1] >= 0) addParameter(url, "includePriceFilteredProducts", "true");
  if (brands) {
    addPipeList(url, "filter", names);
    addParameter(url, "includeBrandFilteredProducts", brands);
  }
  filtersJson.clear();
  if (!filters.children.empty()) appendJson(filtersJson, filters);
}

void addCount(Text& url, const char* name, double count) {
  Text digits;
  appendNumber(digits, count);
  if (count > 0) addParameter(url, name, digits);
}

void addTime(Text& url, std::string_view given, TimeMs wallMs) {
  if (wallMs <= 0 || given.find("&ts=") != std::string_view::npos) return;
  Text digits;
  appendNumber(digits, wallMs);
  addParameter(url, "ts", digits);
}

Text hostOf(std::string_view url) {
  const Text lower = lowerCase(url);
  std::string_view rest = lower;
  if (std::any_of(rest.begin(), rest.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; }))
    return {};
  rest.remove_prefix(rest.starts_with("https://") ? 8 : rest.starts_with("http://") ? 7 : rest.size());
  rest = rest.substr(0, rest.find_first_of("/?#"));
  const std::size_t colon = rest.rfind(':');
  const bool hasPort =
      colon != std::string_view::npos && rest.find_first_not_of("0123456789", colon + 1) == std::string_view::npos;
  return Text(hasPort ? rest.substr(0, colon) : rest);
}

void addOrder(Text& url, const Json& order, std::string_view prices) {
  List<Text> ids, quantities, units, cents;
  const double missing = missingPrice(order);
  for (const Json& item : linesOf(order)) {
    const auto [quantity, price] = wholeLine(item, stringMember(order, "currency"), missing);
    if (price < 0) continue;
    ids.emplace_back(stringMember(item, "itemId"));
    appendNumber(quantities.emplace_back(), quantity);
    appendNumber(units.emplace_back(), price);
    appendNumber(cents.emplace_back(), minorUnits(price, ""));
  }
  addPipeList(url, "productId", ids);
  addParameter(url, "o", stringMember(order, "orderId"));
  addPipeList(url, "q", quantities);
  if (prices != "ppc") addPipeList(url, "pp", units);
  if (prices != "pp") addPipeList(url, "ppc", cents);
}

Text configOr(const Json& options, const char* name, std::string_view fallback) {
  const Json* configs = member(options, "configs");
  return Text(configs ? stringMember(*configs, name, fallback) : fallback);
}

Problem needed(std::string_view page, const char* parameter, const char* argument) {
  return validationError(parameter, "bad-argument", "% needs %: give %.", page, parameter, argument);
}

}  // namespace vitrine::richrelevance
