#include "simulation/collector.h"

#include <set>

#include "model/retry.h"

namespace vitrine::test {
Reply Collector::post(const Wire& wire, std::size_t bodyBytes) {
  if (wire.told.empty() || wire.batch.isObject()) check(wire.batch);
  if (wire.told.empty()) return failure(400);
  if (wire.batch.isObject()) batchSizes.push_back(wire.told.size());
  Reply answer;
  if (!next.empty()) {
    answer = next.front();
    next.erase(next.begin());
  } else if (rule) {
    answer = rule(wire.batch);
  } else if (bodyBytes > maxBytes) {
    answer = failure(413);
  } else if (wire.isBad) {
    answer = failure(400);
  }
  // What got lost on its way counts as not counted: a service that cannot tell is asked again after a network error,
  // since most of them come before the request has arrived.
  const bool isGood = answer.status >= 200 && answer.status < 300;
  answer.isStored =
      answer.isStored && (isGood || (wire.isCounted ? answer.status == kStatusTimeout : answer.status <= 0));
  if (!answer.isStored) return answer;
  for (std::size_t i = 0; i < wire.told.size(); ++i) {
    const auto& [id, subject] = wire.told[i];
    if (wire.isCounted) {
      if (!subject.empty()) ++counted[subject];
      continue;
    }
    if (++arrivals[id] > 1) continue;
    if (wire.batch.isObject()) events.push_back(member(wire.batch, "events")->children[i]);
    if (!subject.empty()) ++stored[subject];
  }
  return answer;
}

std::vector<std::string> Collector::itemIds() const {
  std::vector<std::string> ids;
  for (const Json& event : events) {
    for (const char* name : {"itemId", "orderId"}) {
      if (const auto id = stringMember(event, name); !id.empty()) {
        ids.emplace_back(id);
        break;
      }
    }
  }
  return ids;
}

void Collector::check(const Json& batch) {
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
