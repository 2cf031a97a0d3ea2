#include "receiver.h"

#include <set>

#include "core/retry.h"
#include "lanes.h"

namespace vitrine::test {
namespace {

bool isPoison(const Json& batch) {
  for (const Json& event : member(batch, "events")->children) {
    if (stringMember(event, "itemId").starts_with("poison")) return true;
  }
  return false;
}

// What names the thing that an event is about.
std::string subject(const Json& event) {
  for (const char* name : {"itemId", "orderId"}) {
    if (const auto id = stringMember(event, name); !id.empty()) return std::string(id);
  }
  return {};
}

}  // namespace

// What got lost on its way counts as not counted: a service that cannot tell is asked again after a network error,
// since most of them come before the request has arrived.
Answer Receiver::count(const std::string& url) {
  Answer answer;
  if (!next.empty()) {
    answer = next.front();
    next.erase(next.begin());
  }
  const bool isGood = answer.status >= 200 && answer.status < 300;
  answer.isStored = isGood || (answer.status == kStatusTimeout && answer.isStored);
  const std::string item = itemInAddress(url);
  if (answer.isStored && !item.empty()) ++counted[item];
  return answer;
}

Answer Receiver::post(const std::string& url, const std::string& body) {
  if (isLaneAddress(url)) return count(url);
  const Json batch = parseJson(body);
  check(batch);
  if (!batch.isObject()) return failure(400);
  const Json& sent = *member(batch, "events");
  batchSizes.push_back(sent.children.size());
  Answer answer;
  if (!next.empty()) {
    answer = next.front();
    next.erase(next.begin());
  } else if (rule) {
    answer = rule(batch);
  } else if (body.size() > maxBytes) {
    answer = failure(413);
  } else if (isPoison(batch)) {
    answer = failure(400);
  }
  const bool isGood = answer.status >= 200 && answer.status < 300;
  if (!answer.isStored || (!isGood && answer.status > 0)) return answer;
  for (const Json& event : sent.children) {
    const std::string id(stringMember(event, "eventId"));
    if (++arrivals[id] > 1) continue;
    events.push_back(event);
    const std::string about = subject(event);
    if (!about.empty()) ++stored[about];
  }
  return answer;
}

std::vector<std::string> Receiver::itemIds() const {
  std::vector<std::string> ids;
  for (const Json& event : events) {
    if (std::string about = subject(event); !about.empty()) ids.push_back(std::move(about));
  }
  return ids;
}

void Receiver::check(const Json& batch) {
  const Json* sent = member(batch, "events");
  if (!sent || !sent->isArray() || sent->children.empty() || stringMember(batch, "batchId").size() != 26 ||
      numberMember(batch, "sentAt", -1) < 0) {
    faults.push_back("a post that is no batch");
    return;
  }
  std::set<std::string_view> ids;
  std::map<std::string_view, double> last;
  for (const Json& event : sent->children) {
    const auto id = stringMember(event, "eventId");
    if (id.size() != 26) faults.push_back("an event without an id");
    if (!ids.insert(id).second) continue;       // storage had it twice
    if (!member(event, "visitorId")) continue;  // taken out of storage, journal by journal as their locks came
    double& seq = last.try_emplace(stringMember(event, "pageId"), -1).first->second;
    if (numberMember(event, "seq", -1) <= seq) ++disorders;
    seq = numberMember(event, "seq", -1);
  }
}

}  // namespace vitrine::test
