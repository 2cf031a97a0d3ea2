#include "http/form.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <sstream>

namespace vitrine::demo {
namespace {

using nlohmann::json;

const json kNoEntries = json::array();

// Returns the number of characters: all bytes of a UTF-8 character but the first are 10xxxxxx.
std::size_t charactersOf(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::optional<std::int64_t> integerIn(const json& value, bool readsText) {
  // Numbers from 2^63 on would wrap to negative ones.
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) return INT64_MAX;
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (!readsText || !value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::optional<double> numberIn(const json& value, bool readsText) {
  if (value.is_number()) return value.get<double>();
  if (!readsText || !value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  const bool isNumber = !text.empty() && end == text.c_str() + text.size() && std::isfinite(number);
  return isNumber ? std::optional(number) : std::nullopt;
}

// Returns nullopt if the number is in the range.
template <class Number>
std::optional<Complaint::Problem> problemOf(std::optional<Number> number, Number low, Number high) {
  if (!number) return Complaint::kWrongKind;
  if (!(*number >= low)) return Complaint::kTooSmall;
  return *number <= high ? std::nullopt : std::optional(Complaint::kTooLarge);
}

Rule rangeOf(Rule::Kind kind, double low, double high) { return {.kind = kind, .low = low, .high = high}; }

std::string ruleText(const Complaint& complaint) {
  if (complaint.problem == Complaint::kOther) return complaint.words;
  const Rule& rule = complaint.rule;
  const std::string range = " from " + limitText(rule, rule.low) + " to " + limitText(rule, rule.high);
  switch (rule.kind) {
    case Rule::kText:
      if (complaint.problem == Complaint::kMissing) return "must be a non-empty string";
      if (complaint.problem == Complaint::kWrongKind) return "must be a string";
      return "must be at most " + limitText(rule, rule.high) + " bytes long";
    case Rule::kInteger:
      return "must be an integer" + range;
    case Rule::kNumber:
      return "must be a number" + range;
    case Rule::kFlag:
      return "must be true or false";
    case Rule::kList:
      return complaint.problem == Complaint::kTooSmall ? "must have at least one entry" : "must be an array";
    case Rule::kObject:
      return "must be an object";
    case Rule::kWord:
      return "must be " + wordList(rule.words);
  }
  return {};
}

}  // namespace

Refusal printInvalidField(const Complaints& complaints) {
  std::string field;  // "items[2].price"
  for (const json& step : complaints.front().path)
    if (step.is_string())
      field += (field.empty() ? "" : ".") + step.get<std::string>();
    else
      field += "[" + step.dump() + "]";
  return invalidField(field, ruleText(complaints.front()));
}

Form::Form(const json& source, const FormStyle& style, json path, std::shared_ptr<Complaints> complaints)
    : source_(&source), style_(&style), path_(std::move(path)), complaints_(std::move(complaints)) {
  if (!isObject()) complain(json::array(), {.problem = Complaint::kWrongKind, .rule = {Rule::kObject}});
}

Form Form::inner(const json& at, const json& source) const {
  json path = path_;
  for (const json& step : at) path.push_back(step);
  return Form(source, *style_, std::move(path), complaints_);
}

const json* Form::find(const char* name) {
  read_.emplace_back(name);
  const auto found = source_->find(name);
  return found == source_->end() || found->is_null() ? nullptr : &*found;
}

const json* Form::require(const char* name, const Rule& rule) {
  read_.emplace_back(name);
  if (!isObject()) return nullptr;
  const auto found = source_->find(name);
  if (found != source_->end() && (style_->acceptsBlank || (!found->is_null() && *found != ""))) return &*found;
  complain(name, {.problem = Complaint::kMissing, .rule = rule});
  return nullptr;
}

std::string Form::textAt(const char* name, const json& value, std::size_t maxLength) const {
  if (maxLength == 0) maxLength = style_->maxTextLength;
  const Rule rule = rangeOf(Rule::kText, 0, static_cast<double>(maxLength));
  if (!value.is_string()) {
    complain(name, {.problem = Complaint::kWrongKind, .rule = rule, .value = value});
    return {};
  }
  const auto& text = value.get_ref<const std::string&>();
  if ((style_->countsCharacters ? charactersOf(text) : text.size()) <= maxLength) return text;
  complain(name, {.problem = Complaint::kTooLarge, .rule = rule, .value = value});
  return {};
}

std::string Form::text(const char* name, std::size_t maxLength) {
  const json* value = require(name, {Rule::kText});
  return value ? textAt(name, *value, maxLength) : std::string();
}

std::string Form::optionalText(const char* name, std::size_t maxLength) {
  const json* value = find(name);
  return value ? textAt(name, *value, maxLength) : std::string();
}

std::optional<std::int64_t> Form::integerAt(const json& at, const json& value, std::int64_t low,
                                            std::int64_t high) const {
  const std::optional<std::int64_t> number = integerIn(value, style_->readsIntegerText);
  const auto problem = problemOf(number, low, high);
  if (!problem) return number;
  const Rule rule = rangeOf(Rule::kInteger, static_cast<double>(low), static_cast<double>(high));
  complain(at, {.problem = *problem, .rule = rule, .value = value});
  return std::nullopt;
}

std::int64_t Form::integer(const char* name, std::int64_t low, std::int64_t high) {
  const json* value = require(name, rangeOf(Rule::kInteger, static_cast<double>(low), static_cast<double>(high)));
  return value ? integerAt(name, *value, low, high).value_or(0) : 0;
}

std::optional<std::int64_t> Form::optionalInteger(const char* name, std::int64_t low, std::int64_t high) {
  const json* value = find(name);
  if (!value || (style_->readsIntegerText && *value == "")) return std::nullopt;
  return integerAt(name, *value, low, high);
}

std::optional<double> Form::numberAt(const json& at, const json& value, double low, double high) const {
  const std::optional<double> number = numberIn(value, style_->readsDecimalText);
  const auto problem = problemOf(number, low, high);
  if (!problem) return number;
  complain(at, {.problem = *problem, .rule = rangeOf(Rule::kNumber, low, high), .value = value});
  return std::nullopt;
}

double Form::number(const char* name, double low, double high) {
  const json* value = require(name, rangeOf(Rule::kNumber, low, high));
  return value ? numberAt(name, *value, low, high).value_or(0) : 0;
}

std::optional<double> Form::optionalNumber(const char* name, double low, double high) {
  const json* value = find(name);
  if (!value || (style_->readsDecimalText && *value == "")) return std::nullopt;
  return numberAt(name, *value, low, high);
}

bool Form::optionalFlag(const char* name, bool fallback) {
  const json* value = find(name);
  if (value && value->is_boolean()) return value->get<bool>();
  if (value) complain(name, {.problem = Complaint::kWrongKind, .rule = {Rule::kFlag}});
  return fallback;
}

const json& Form::listAt(const char* name, const json* value, std::size_t atLeast) const {
  if (!value) return kNoEntries;
  if (value->is_array() && value->size() >= atLeast) return *value;
  const Complaint::Problem problem = value->is_array() ? Complaint::kTooSmall : Complaint::kWrongKind;
  complain(name, {.problem = problem, .rule = {Rule::kList}});
  return kNoEntries;
}

const json& Form::list(const char* name, std::size_t atLeast) {
  return listAt(name, require(name, {Rule::kList}), atLeast);
}

const json& Form::optionalList(const char* name) { return listAt(name, find(name), 0); }

std::vector<std::string> Form::texts(const char* name, const json& list) const {
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (list[i].is_string())
      texts.push_back(list[i].get<std::string>());
    else
      complain({name, i}, {.problem = Complaint::kWrongKind, .rule = {Rule::kText}});
  return texts;
}

std::optional<std::size_t> Form::oneOf(const char* name, const std::string& value,
                                       std::span<const std::string_view> words, const char* code) const {
  const auto found = std::find(words.begin(), words.end(), value);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  complain(name, {.problem = Complaint::kWrongKind, .rule = {Rule::kWord, 0, 0, words}, .code = code});
  return std::nullopt;
}

void Form::complain(const json& at, const std::string& words, const char* code) const {
  complain(at, {.words = words, .code = code});
}

void Form::complain(const json& at, Complaint complaint) const {
  complaint.path = path_;
  for (const json& step : at) complaint.path.push_back(step);
  complaints_->push_back(std::move(complaint));
  if (style_->stopsAtFirst) finish();
}

void Form::refuseOthers() const {
  if (!isObject()) return;
  for (const auto& [name, value] : source_->items())
    if (std::find(read_.begin(), read_.end(), name) == read_.end())
      complain(name, {.problem = Complaint::kUnknownMember});
}

void Form::finish() const {
  if (!complaints_->empty()) throw style_->print(*complaints_);
}

json parametersOf(const httplib::Request& request) {
  json parameters = json::object();
  for (const auto& [name, value] : request.params) parameters.emplace(name, value);
  return parameters;
}

std::string limitText(const Rule& rule, double limit) {
  if (rule.kind != Rule::kNumber) return std::to_string(static_cast<std::int64_t>(limit));
  std::ostringstream text;
  text << limit;
  return text.str();
}

std::string wordList(std::span<const std::string_view> words, const char* quote) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) list += i + 1 < words.size() ? ", " : " or ";
    list.append(quote).append(words[i]).append(quote);
  }
  return list;
}

}  // namespace vitrine::demo
