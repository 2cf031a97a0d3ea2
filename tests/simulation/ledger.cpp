#include "simulation/ledger.h"

#include <algorithm>

namespace vitrine::test {
namespace {

// An event is in the crash-proof mirror after this time: the core's delay, and the time that IndexedDB takes.
constexpr double kMirroredAfterMs = 250 + 30;

// A tab that tracked more than a burst within this time may write the newest events a frame later.
constexpr int kBurstEvents = 32;
constexpr double kBurstMs = 32 * 16, kFrameMs = 17;

// After this time a tab has tried again to store an event that storage refused.
constexpr double kStoredAgainAfterMs = 31 * kSecondMs;

}  // namespace

Ledger::Ledger(World& world) : world_(world) {
  world_.onDeath = [this](Tab& tab) { dying(tab); };
}

// A key whose removal from the mirror was ordered holds nothing any more, although the removal takes a moment.
bool Ledger::isStored(const std::string& itemId) const {
  const std::string quoted = "\"" + itemId + "\"";
  const Disk& disk = world_.disk;
  return world_.collector.has(itemId) || Disk::holds(disk.local, quoted) ||
         Disk::holds(disk.copy, quoted, disk.copyRemovals);
}

bool Ledger::hasHeir() const {
  return std::any_of(world_.tabs.begin(), world_.tabs.end(),
                     [](const auto& tab) { return tab->isAlive && tab->runtime->consent() == "anonymous"; });
}

double Ledger::dropped(const char* reason) const {
  double sum = 0;
  for (const auto& tab : world_.tabs) sum += tab->dropped(reason);
  return sum;
}

void Ledger::excuseUnstored() {
  for (const auto& [id, item] : items_) {
    if (!isStored(id)) excused_.insert(id);
  }
}

void Ledger::crashing() {
  isCrash_ = true;
  for (const auto& [id, item] : items_) {
    const bool wasLeft = item.tab->isSuspended || (!world_.disk.takesLateCopies && item.atMs <= item.tab->restoredMs);
    if (item.tab->isAlive && !wasLeft) continue;
    const std::string quoted = "\"" + id + "\"";
    if (!Disk::holds(world_.disk.committed, quoted) && !Disk::holds(world_.disk.copy, quoted)) excused_.insert(id);
  }
}

bool Ledger::isInBurst(const Tab& tab) const {
  return std::count_if(items_.begin(), items_.end(), [&](const auto& entry) {
           return entry.second.tab == &tab && entry.second.atMs + kBurstMs > world_.nowMs;
         }) > kBurstEvents;
}

// Called before a tab ends. Events that only this tab knows of are lost with it. The loss is a fault, unless storage
// refused them or the shopper has not agreed to storage.
void Ledger::dying(Tab& tab) {
  const double lastMs = tab.isSuspended ? tab.suspendedMs : world_.nowMs;  // the last moment at which it could store
  const bool isUnstorable = tab.runtime->consent() != "granted" || lastMs < tab.refusedMs + kStoredAgainAfterMs ||
                            stringMember(tab.metrics(), "storage") != "localStorage" || !world_.disk.takesWrites;
  // An anonymous page takes the events that earlier pages stored into memory, and they end with it.
  const bool isHeir = tab.runtime->consent() == "anonymous";
  for (const auto& [id, item] : items_) {
    if (excused_.contains(id) || isStored(id)) continue;
    if (world_.inFlight.contains(id) || world_.uncounted.contains(id)) continue;
    if (isHeir && item.tab != &tab) excused_.insert(id);
    if (item.tab != &tab) continue;
    if (dropped() > 0) {
      if (isUnstorable || isCrash_) ++unnamed_;
      continue;
    }
    const bool isYoung = world_.nowMs < std::max({item.atMs, awakeSinceMs_, tab.consentMs}) + kMirroredAfterMs;
    const bool waitsForFrame = world_.nowMs < item.atMs + kFrameMs && isInBurst(tab);
    if (isUnstorable || waitsForFrame || (isCrash_ && (isYoung || !world_.disk.hasCopy)))
      excused_.insert(id);
    else if (!tab.isSuspended || !hasHeir())
      world_.fault(tab, "ends, and nobody else knows of " + id);
  }
}

void Ledger::judge(const std::string& itemId, const Item& item, Verdict& verdict, std::string& lostIds) const {
  const auto stored = world_.collector.stored.find(itemId);
  const auto counted = world_.collector.counted.find(itemId);
  if (stored != world_.collector.stored.end()) {
    ++verdict.delivered;
    if (stored->second > 1)
      verdict.faults.push_back(itemId + " was stored " + std::to_string(stored->second) + " times");
  } else if (counted != world_.collector.counted.end()) {
    ++verdict.delivered;
    // A tab that ended suddenly may have sent events without recording in storage that they were sent.
    if (counted->second > 1 + world_.suddenEnds + world_.copies)
      verdict.faults.push_back(itemId + " was counted " + std::to_string(counted->second) + " times");
  } else if (excused_.contains(itemId) || world_.uncounted.contains(itemId)) {
    ++verdict.excused;
  } else {
    ++verdict.lost;
    lostIds += " " + itemId + " (tab " + std::to_string(item.tab->number) + ")";
  }
}

Verdict Ledger::verdict(bool mayDrop) const {
  Verdict verdict;
  verdict.faults = world_.takeFaults();
  verdict.accepted = static_cast<int>(items_.size());
  std::string lostIds;
  for (const auto& [id, item] : items_) judge(id, item, verdict, lostIds);
  for (const auto& tab : world_.tabs) {
    const Json metrics = tab->metrics();
    for (const Json& count : member(metrics, "dropped")->children)
      verdict.dropped[std::string(count.name)] += count.number;
  }
  // The tabs count how many events they dropped, not which ones.
  const double counted = dropped() + unnamed_;
  if (verdict.lost > counted)
    verdict.faults.push_back("lost without a count:" + lostIds + "; dropped " + std::to_string(dropped()));
  const double withoutReason = dropped() - dropped("lost");  // "lost" is a network error of a service that counts twice
  if (!mayDrop && withoutReason > 0)
    verdict.faults.push_back("dropped without a reason: " + std::to_string(withoutReason));
  for (const auto& [id, times] : world_.collector.arrivals) {
    verdict.repeats += times - 1;
    const auto unheard = world_.unheard.find(id);
    // A page that was suspended while storage refused writes may continue with events that other tabs adopted.
    const int reasons = 2 * world_.handovers + (unheard == world_.unheard.end() ? 0 : unheard->second);
    if (times > 1 + reasons) verdict.faults.push_back(id + " arrived " + std::to_string(times) + " times");
  }
  return verdict;
}

}  // namespace vitrine::test
