#include "http/faults.h"

#include <chrono>

#include "http/connections.h"
#include "http/form.h"
#include "http/replies.h"

namespace vitrine::demo {
namespace {

using nlohmann::json;

constexpr std::string_view kTargets[] = {"events", "recs", "search", "all"};
constexpr std::string_view kServices[] = {"refine", "depict", "richrelevance", "doofinder"};
constexpr std::string_view kTimes[] = {"before", "after"};

}  // namespace

void Faults::order(const json& order) {
  Form form(order);
  Fault fault;
  fault.target = form.optionalText("target");
  form.oneOf("target", fault.target, kTargets);
  fault.service = form.optionalText("service");
  if (!fault.service.empty()) form.oneOf("service", fault.service, kServices);
  fault.status = form.optionalInteger("status", 0, 599);
  if (fault.status && *fault.status != 0 && *fault.status < 200)
    form.complain("status", "must be 0 (close the connection) or 200 to 599");
  fault.delayMs = form.optionalInteger("delayMs", 0, 60'000).value_or(0);
  fault.retryAfter = form.optionalText("retryAfter");
  if (fault.retryAfter.find_first_of("\r\n") != std::string::npos) form.complain("retryAfter", "must be one line");
  fault.left = form.optionalInteger("count", 1, 1'000'000'000).value_or(1);
  const std::string when = form.optionalText("when");
  if (!when.empty()) form.oneOf("when", when, kTimes);
  fault.isAfter = when == "after";
  if (form.find("body")) fault.body = form.optionalText("body", kMaxBodyBytes);
  fault.order = order;
  const std::lock_guard lock(mutex_);
  faults_.push_back(std::move(fault));
}

void Faults::clear() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
}

json Faults::pending() const {
  const std::lock_guard lock(mutex_);
  json list = json::array();
  for (const Fault& fault : faults_) {
    list.push_back(fault.order);
    list.back()["count"] = fault.left;
  }
  return list;
}

json Faults::counts() const {
  const std::lock_guard lock(mutex_);
  json counts = {{"events", 0}, {"recs", 0}, {"search", 0}};
  for (const auto& [service, targets] : counts_)
    for (const auto& [target, count] : targets) counts[target] = counts[target].get<std::int64_t>() + count;
  return counts;
}

json Faults::countsByService() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

std::optional<Faults::Fault> Faults::take(const std::string& service, const std::string& target) {
  const std::lock_guard lock(mutex_);
  ++counts_[service][target];
  for (auto fault = faults_.begin(); fault != faults_.end(); ++fault) {
    if (fault->target != target && fault->target != "all") continue;
    if (!fault->service.empty() && fault->service != service) continue;
    Fault taken = *fault;
    if (--fault->left == 0) faults_.erase(fault);
    return taken;
  }
  return std::nullopt;
}

void Faults::wait(std::int64_t delayMs) {
  std::unique_lock lock(mutex_);
  stopping_.wait_for(lock, std::chrono::milliseconds(delayMs), [this] { return isStopping_; });
}

void Faults::shutDown() {
  const std::lock_guard lock(mutex_);
  isStopping_ = true;
  stopping_.notify_all();
}

void Faults::fail(const Fault& fault, int status, const httplib::Request& request, httplib::Response& response) {
  if (status == 0) return hangUp(request);
  if (!fault.retryAfter.empty()) response.set_header("Retry-After", fault.retryAfter);
  const bool isBodyless = status == 204 || status == 304;
  if (!isBodyless && !fault.body) throw Refusal{status, kOrderedFault, "this reply was ordered through /_faults"};
  response.status = status;
  response.set_content(isBodyless ? "" : *fault.body, "text/plain");
}

Router::Handler Faults::inject(const std::string& service, const std::string& target, Router::Handler handler) {
  return [this, service, target, handler = std::move(handler)](const httplib::Request& request, const std::string& body,
                                                               httplib::Response& response) {
    const std::optional<Fault> fault = take(service, target);
    if (!fault) return handler(request, body, response);
    wait(fault->delayMs);
    if (!fault->status) return handler(request, body, response);
    if (fault->isAfter) handler(request, body, response);
    fail(*fault, static_cast<int>(*fault->status), request, response);
  };
}

}  // namespace vitrine::demo
