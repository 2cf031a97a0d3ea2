#include "services/doofinder/errors.h"

#include "http/faults.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

std::string ruleOf(const Complaint& complaint) {
  const Rule& rule = complaint.rule;
  const bool isWrongKind = complaint.problem == Complaint::kWrongKind;
  if (complaint.problem == Complaint::kOther) return complaint.words;
  if (complaint.problem == Complaint::kMissing) return "is required";
  if (rule.kind == Rule::kList) return "must be an array";
  if (rule.kind == Rule::kNumber) return isWrongKind ? "must be a number" : "is out of range";
  return isWrongKind ? "must be a string" : "length must be less than or equal to " + limitText(rule, rule.high);
}

Refusal print(const Complaints& complaints) {
  json details = json::object();
  for (const Complaint& complaint : complaints)
    details[complaint.path.front().get<std::string>()].push_back(ruleOf(complaint));
  return {400, "bad-request", "Bad request", {}, {{"details", std::move(details)}}};
}

}  // namespace

const FormStyle kDoofinderStyle{
    .print = print, .maxTextLength = 2000, .countsCharacters = true, .readsDecimalText = true};

json parseDoofinderBody(const std::string& body) {
  if (body.empty()) return json::object();
  const std::optional<json> document = readJson(body);
  if (document && document->is_object()) return *document;
  throw print({{.path = {"body"}, .words = "is not a JSON object"}});
}

Dialect doofinderDialect() {
  const auto refuse = [](httplib::Response& response, const Refusal& refusal) {
    json error = refusal.details;
    const bool isRateLimit = refusal.code == kOrderedFault && refusal.status == 429;
    error["error"] = isRateLimit ? "Too many requests" : refusal.message;
    sendJson(response, error, refusal.status);
  };
  return {refuse, "Content-Type, Authorization"};
}

}  // namespace vitrine::demo
