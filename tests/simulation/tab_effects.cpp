// How a tab of the simulated world performs effects, and which of them it reports as faults.
#include <algorithm>

#include "simulation/tab.h"
#include "simulation/world.h"

namespace vitrine::test {
namespace {

constexpr std::string_view kJournals = kJournalPrefix;

std::string journalOf(std::string_view key) {
  const std::string_view name = key.substr(kJournals.size());
  return std::string(name.substr(0, name.find(':')));
}

}  // namespace

void Tab::perform(const Effect& effect) {
  seen.push_back(effect);
  const std::string& verb = effect.verb();
  if (verb == "save") {
    save(effect);
  } else if (verb == "forget") {
    checkSegment(effect);
    if (world_.disk.local.erase(effect["key"]) > 0 && Disk::isShared(effect["key"]))
      world_.notifyOthers(this, effect["key"]);
  } else if (verb == "mirror" || verb == "unmirror") {
    checkSegment(effect);
    checkRecord(effect);
    copies_.push_back(effect);
  } else if (verb == "send") {
    checkSent(effect);
    world_.carry(*this, effect.number("requestId"), effect.flag("keepalive"), effect.number("timeoutMs"), effect["url"],
                 effect["body"]);
  } else if (verb == "ask") {
    checkSent(effect);
    replyToCall(effect["requestId"], effect["url"], effect["body"]);
  } else if (verb == "script") {
    replyToCall(effect["requestId"], effect["url"], {});
  } else if (verb == "claim") {
    claim(effect["journalId"], effect.flag("isOwn"));
  } else if (verb == "release") {
    release(effect["journalId"]);
  } else if (verb == "scan") {
    scan();
  } else if (verb == "reportViews") {
    act("checkViews", &Runtime::checkViews, world_.nowMs);
  } else if (verb == "settle") {
    settled[effect.number("callId")] = effect["json"];
    if (++settledTimes[effect.number("callId")] > 1) world_.fault(*this, "a promise settled twice");
    if (!parseJson(effect["json"]).isObject()) world_.fault(*this, "a promise settled with something that is not JSON");
  } else if (verb != "cancel" && verb != "show" && verb != "patch" && verb != "log" && verb != "notify") {
    world_.fault(*this, "an effect that the world does not know: " + verb);
  }
}

void Tab::save(const Effect& effect) {
  const std::string& key = effect["key"];
  const std::string& value = effect["value"];
  if (world_.losesLocks && key.starts_with(kJournals)) {
    const std::string journal = journalOf(key);
    const auto owner = world_.disk.locks.find(journal);
    if (owner != world_.disk.locks.end() && owner->second != number) {
      act("saveFailed", &Runtime::saveFailed, key);
      return act("claimRefused", &Runtime::claimRefused, journal);
    }
  }
  checkSegment(effect);
  checkRecord(effect);
  const auto found = world_.disk.local.find(key);
  const bool isNews = found == world_.disk.local.end() || found->second != value;
  if (!world_.disk.set(key, value)) {
    refusedMs = world_.nowMs;
    world_.copies += isSuspended;
    act("saveFailed", &Runtime::saveFailed, key);
  } else if (isNews && Disk::isShared(key)) {
    world_.notifyOthers(this, key);
  }
}

// Reports a change of a journal whose lock this tab neither holds nor awaits. A suspended tab has given up its locks
// and may go on writing, except in a journal that another tab has locked since: there it may only remove delivered
// events.
void Tab::checkSegment(const Effect& effect) {
  const std::string& key = effect["key"];
  if (!key.starts_with(kJournals)) return;
  const std::string journal = journalOf(key);
  const auto owner = world_.disk.locks.find(journal);
  const bool isForeign = owner != world_.disk.locks.end() && owner->second != number;
  const bool isRemoval = effect.verb() == "forget" || effect.verb() == "unmirror" ||
                         (effect.verb() == "save" && effect["value"] == kSegmentEnd);
  const bool isLeft = isSuspended || (isLeaving_ && isRemoval);
  if (isForeign && !(isLeft && isRemoval)) world_.fault(*this, effect.verb() + " in a journal of another tab: " + key);
  if (!isLeft && !claims_.contains(journal)) world_.fault(*this, effect.verb() + " without the lock: " + key);
}

// Reports a record that the shopper has not agreed to store. What the shopper said about consent may
// be stored.
void Tab::checkRecord(const Effect& effect) {
  const bool isWrite = effect.verb() != "unmirror";
  if (isWrite && runtime->consent() != "granted" && effect["key"] != kOptOutKey && effect["key"] != kConsentKey)
    world_.fault(*this, "it stores without consent: " + effect["key"]);
}

void Tab::checkSent(const Effect& effect) {
  const std::string& body = effect["body"];
  const std::string consent = runtime->consent();
  const bool isEvents = effect.verb() == "send";
  if (isEvents && consent != "granted" && consent != "anonymous")
    world_.fault(*this, "it sends events without consent");
  if (consent == "granted") return;
  for (const char* id : {"\"visitorId\":\"", "\"sessionId\":\"", "\"userId\":\"", "\"previousUserId\":"}) {
    if (body.find(id) != std::string::npos) world_.fault(*this, "it sends ids without consent: " + body);
  }
}

// Writes the changes of one drain to IndexedDB together, a little later. They are lost when the tab dies before that. A
// tab that was warned of its end has committed them, and most engines complete such a transaction
// (Disk::takesLateCopies).
void Tab::copyLater() {
  if (copies_.empty()) return;
  ++copying_;
  for (const Effect& change : copies_) {
    if (change.verb() == "unmirror") world_.disk.copyRemovals.insert(change["key"]);
  }
  world_.post(world_.copyMs, [this, changes = std::exchange(copies_, {})] {
    for (const Effect& change : changes) {
      if (change.verb() == "unmirror") world_.disk.copyRemovals.extract(change["key"]);
    }
    if (!isAlive && !isSuspended) return;
    const bool isLost = !world_.disk.hasCopy || (isSuspended && !world_.disk.takesLateCopies);
    for (const Effect& change : changes) {
      if (isLost) break;
      Table& table = Disk::isShared(change["key"]) ? world_.disk.copiedRecords : world_.disk.copy;
      if (change.verb() == "mirror")
        table[change["key"]] = change["value"];
      else
        table.erase(change["key"]);
    }
    if (--copying_ > 0) return;
    note("copied", {});
    runtime->copied();
  });
}

void Tab::claim(const std::string& journalId, bool isOwn) {
  const int claimNumber = claims_[journalId] = ++lastClaim_;
  const auto isCurrent = [this, journalId, claimNumber] {
    const auto found = claims_.find(journalId);
    return isAlive && found != claims_.end() && found->second == claimNumber;
  };
  world_.post(world_.lockMs, [this, journalId, isOwn, isCurrent] {
    if (!isCurrent()) return;
    const auto owner = world_.disk.locks.find(journalId);
    if (owner != world_.disk.locks.end() && owner->second != number) {
      claims_.erase(journalId);
      return act("claimRefused", &Runtime::claimRefused, journalId);
    }
    world_.disk.locks[journalId] = number;
    if (isOwn) return act("claimed", &Runtime::claimed, journalId, std::string("{}"));
    world_.post(world_.disk.hasCopy ? world_.copyMs : 0, [this, journalId, isCurrent] {
      if (isCurrent()) act("claimed", &Runtime::claimed, journalId, segmentsOf(journalId));
    });
  });
}

// Returns the segments of a journal. Where localStorage and IndexedDB differ, both texts, one below the other.
std::string Tab::segmentsOf(const std::string& journalId) {
  const std::string start = std::string(kJournals) + journalId + ":";
  Table segments;
  for (const auto& [key, value] : world_.disk.local) {
    if (key.starts_with(start)) segments[key.substr(start.size())] = value;
  }
  for (const auto& [key, value] : world_.disk.copy) {
    if (!world_.disk.hasCopy || !key.starts_with(start)) continue;
    std::string& segment = segments[key.substr(start.size())];
    if (segment.empty())
      segment = value;
    else if (segment != value)
      segment += "\n" + value;
  }
  vitrine::Text out;
  JsonObject json(out);
  for (const auto& [segmentNumber, value] : segments) json.add(segmentNumber.c_str(), value);
  json.close();
  return out;
}

void Tab::release(const std::string& journalId) {
  claims_.erase(journalId);
  const auto owner = world_.disk.locks.find(journalId);
  if (owner != world_.disk.locks.end() && owner->second == number) world_.disk.locks.erase(owner);
}

void Tab::releaseAll() {
  claims_.clear();
  std::erase_if(world_.disk.locks, [&](const auto& lock) { return lock.second == number; });
}

void Tab::scan() {
  world_.post(world_.copyMs, [this] {
    if (!isAlive || isSuspended) return;
    const auto names = [](const Table& table) {
      vitrine::Text out = "[";
      for (const auto& [key, value] : table) {
        if (!key.starts_with(kJournals)) continue;
        if (out.size() > 1) out += ',';
        appendString(out, std::string_view(key).substr(kJournals.size()));
      }
      return out + "]";
    };
    std::string mirrored = world_.disk.hasCopy ? names(world_.disk.copy) : vitrine::Text("[]");
    vitrine::Text records;
    JsonObject json(records);
    for (const auto& [key, value] : world_.disk.copiedRecords) {
      if (world_.disk.hasCopy) json.add(key.c_str(), value);
    }
    json.close();
    mirrored.insert(mirrored.size() - 1, (mirrored.size() > 2 ? "," : "") + records);
    act("found", &Runtime::found, names(world_.disk.local), mirrored);
  });
}

void Tab::replyToCall(const std::string& requestId, const std::string& url, const std::string& body) {
  if (!world_.onAsk) return;
  const Reply reply = world_.onAsk(url, body);
  world_.post(world_.networkMs, [this, id = std::stod(requestId), reply] {
    if (isAlive && !isSuspended) requestDone(id, reply.status, reply.retryAfter, reply.body);
  });
}

}  // namespace vitrine::test
