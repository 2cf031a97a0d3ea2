#include "services/doofinder/form.h"

#include <algorithm>
#include <cstdlib>

#include "http/faults.h"
#include "http/replies.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

Refusal badRequest(const json& details) { return {400, "bad-request", "Bad request", {}, {{"details", details}}}; }

std::string sentence(const Refusal& refusal) {
  if (refusal.code == kOrderedFault && refusal.status == 429) return "Too many requests";
  return refusal.message;
}

// Returns the number of characters, not bytes: the following bytes of a UTF-8 character are 10xxxxxx.
std::size_t lengthOf(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

Dialect doofinderDialect() {
  const auto refuse = [](httplib::Response& response, const Refusal& refusal) {
    json error = refusal.details;
    error["error"] = sentence(refusal);
    sendJson(response, error, refusal.status);
  };
  return {refuse, "Content-Type, Authorization"};
}

json parseDoofinderBody(const std::string& body) {
  if (body.empty()) return json::object();
  const std::optional<json> document = readJson(body);
  if (document && document->is_object()) return *document;
  throw badRequest({{"body", json::array({"is not a JSON object"})}});
}

const json* DoofinderForm::find(const char* name) const {
  const auto found = source_.find(name);
  return found == source_.end() || found->is_null() ? nullptr : &*found;
}

void DoofinderForm::complain(const std::string& name, const std::string& rule) { details_[name].push_back(rule); }

std::string DoofinderForm::text(const char* name, std::size_t maxLength) {
  const json* value = find(name);
  if (!value || *value == "") complain(name, "is required");
  return optionalText(name, maxLength);
}

std::string DoofinderForm::optionalText(const char* name, std::size_t maxLength) {
  const json* value = find(name);
  if (!value) return {};
  if (!value->is_string()) {
    complain(name, "must be a string");
    return {};
  }
  if (lengthOf(value->get_ref<const std::string&>()) > maxLength)
    complain(name, "length must be less than or equal to " + std::to_string(maxLength));
  return value->get<std::string>();
}

std::optional<double> DoofinderForm::optionalNumber(const char* name, double low, double high) {
  const json* value = find(name);
  if (!value || *value == "") return std::nullopt;
  double number = 0;
  bool isNumber = value->is_number();
  if (isNumber) {
    number = value->get<double>();
  } else if (value->is_string()) {
    const auto& text = value->get_ref<const std::string&>();
    char* end = nullptr;
    number = std::strtod(text.c_str(), &end);
    isNumber = end == text.c_str() + text.size();
  }
  if (isNumber && number >= low && number <= high) return number;
  complain(name, isNumber ? "is out of range" : "must be a number");
  return std::nullopt;
}

const json& DoofinderForm::optionalList(const char* name) {
  static const json kNone = json::array();
  const json* value = find(name);
  if (!value) return kNone;
  if (value->is_array()) return *value;
  complain(name, "must be an array");
  return kNone;
}

void DoofinderForm::finish() const {
  if (!details_.empty()) throw badRequest(details_);
}

}  // namespace vitrine::demo
