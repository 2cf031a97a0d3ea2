#include "simulation/collector.h"

#include <algorithm>
#include <set>

#include "model/retry.h"

namespace vitrine::test {

Reply Collector::post(const Wire& wire, std::size_t bodyBytes) {
  if (wire.events.empty() || wire.batch.isObject()) check(wire.batch);
  if (wire.events.empty()) return failure(400);
  if (wire.batch.isObject()) batchSizes.push_back(wire.events.size());
  Reply reply;
  const auto broken = std::find_if(wire.events.begin(), wire.events.end(),
                                   [&](const WireEvent& event) { return statusOfItem.contains(event.itemId); });
  if (broken != wire.events.end()) {
    reply = failure(statusOfItem[broken->itemId]);
  } else if (!next.empty()) {
    reply = next.front();
    next.erase(next.begin());
  } else if (rule) {
    reply = rule(wire.batch);
  } else if (bodyBytes > maxBytes) {
    reply = failure(413);
  } else if (wire.isBad) {
    reply = failure(400);
  }
  // A service that counts every time stores nothing here when its reply gets lost: the core sends the events again
  // after a network error, because most network errors happen before the request has arrived.
  const bool isGood = reply.status >= 200 && reply.status < 300;
  reply.isStored =
      reply.isStored && (isGood || (wire.countsEveryTime ? reply.status == kStatusTimeout : reply.status <= 0));
  if (!reply.isStored) return reply;
  for (std::size_t i = 0; i < wire.events.size(); ++i) {
    const auto& [id, itemId] = wire.events[i];
    if (wire.countsEveryTime) {
      if (!itemId.empty()) ++counted[itemId];
      continue;
    }
    if (++arrivals[id] > 1) continue;
    if (wire.batch.isObject()) events.push_back(member(wire.batch, "events")->children[i]);
    if (!itemId.empty()) ++stored[itemId];
  }
  return reply;
}

std::vector<std::string> Collector::itemIds() const {
  std::vector<std::string> ids;
  for (const Json& event : events) {
    for (const char* name : {"itemId", "orderId"}) {
      if (const std::string_view id = stringMember(event, name); !id.empty()) {
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
    faults.push_back("a request that is not a batch");
    return;
  }
  std::set<std::string_view> ids;
  std::map<std::string_view, double> last;
  for (const Json& event : sent->children) {
    const std::string_view id = stringMember(event, "eventId");
    if (id.size() != 26) faults.push_back("an event without an id");
    if (!ids.insert(id).second) continue;       // storage held it twice
    if (!member(event, "visitorId")) continue;  // adopted from storage, in the order in which journals were locked
    double& seq = last.try_emplace(stringMember(event, "pageId"), -1).first->second;
    if (numberMember(event, "seq", -1) <= seq) ++disorders;
    seq = numberMember(event, "seq", -1);
  }
}

}  // namespace vitrine::test
