#include "simulation/ledger.h"

#include <algorithm>

namespace vitrine::test {
namespace {

// After this an event must be in the crash-proof copy: the core's delay, and what the copy itself takes.
constexpr double kCopiedAfterMs = 250 + 30;

// A tab that has tracked more than a burst in this time may write the newest of it a frame later.
constexpr int kBurstEvents = 32;
constexpr double kBurstMs = 32 * 16, kFrameMs = 17;

// After this a tab has tried again to store what storage refused.
constexpr double kStoredAgainAfterMs = 31 * kSecondMs;

}  // namespace

Ledger::Ledger(World& world) : world_(world) {
  world_.onDeath = [this](Tab& tab) { dying(tab); };
}

bool Ledger::isStored(const std::string& itemId) const {
  const std::string quoted = "\"" + itemId + "\"";
  return world_.collector.has(itemId) || Disk::holds(world_.disk.local, quoted) ||
         Disk::holds(world_.disk.copy, quoted);
}

bool Ledger::hasHeir() const {
  for (const auto& tab : world_.tabs) {
    if (tab->isAlive && tab->runtime->consent() == "anonymous") return true;
  }
  return false;
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
    const bool wasLeft = item.tab->isSuspended || (!world_.disk.takesLateCopies && item.atMs <= item.tab->backMs);
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

// What only this tab knows of goes with it. That is a fault, unless storage or the shopper would not have it.
void Ledger::dying(Tab& tab) {
  const double lastMs = tab.isSuspended ? tab.awayMs : world_.nowMs;  // at which it could store
  const bool isUnstorable = tab.runtime->consent() != "granted" || lastMs < tab.refusedMs + kStoredAgainAfterMs ||
                            stringMember(tab.metrics(), "storage") != "localStorage" || !world_.disk.takesWrites;
  // An anonymous page takes what earlier pages stored into memory, and dies with it.
  const bool isHeir = tab.runtime->consent() == "anonymous";
  for (const auto& [id, item] : items_) {
    if (excused_.contains(id) || isStored(id)) continue;
    if (world_.travelling.contains(id) || world_.unheard.contains(id)) continue;
    if (isHeir && item.tab != &tab) excused_.insert(id);
    if (item.tab != &tab) continue;
    if (dropped() > 0) {
      if (isUnstorable || isCrash_) ++unnamed_;
      continue;
    }
    const bool isYoung = world_.nowMs < std::max({item.atMs, awakeSinceMs_, tab.grantedMs}) + kCopiedAfterMs;
    const bool waitsForFrame = world_.nowMs < item.atMs + kFrameMs && isInBurst(tab);
    if (isUnstorable || waitsForFrame || (isCrash_ && (isYoung || !world_.disk.hasCopy)))
      excused_.insert(id);
    else if (!tab.isSuspended || !hasHeir())
      world_.fault(tab, "it ends and nobody else knows of " + id);
  }
}

std::vector<std::string> Ledger::faults(bool mayDrop) const {
  std::vector<std::string> out = world_.faults;
  for (const std::string& fault : world_.collector.faults) out.push_back("collector: " + fault);
  double lost = 0;
  std::string lostIds;
  for (const auto& [id, item] : items_) {
    const auto stored = world_.collector.stored.find(id);
    if (stored != world_.collector.stored.end()) {
      if (stored->second > 1) out.push_back(id + " was stored " + std::to_string(stored->second) + " times");
    } else if (const auto counted = world_.collector.counted.find(id); counted != world_.collector.counted.end()) {
      // A page that died without a word may have sent what it could not note down as sent.
      if (counted->second > 1 + world_.deaths + world_.copies)
        out.push_back(id + " was counted " + std::to_string(counted->second));
    } else if (!excused_.contains(id) && !world_.unheard.contains(id)) {
      ++lost;
      lostIds += " " + id + "(tab " + std::to_string(item.tab->number) + ")";
    }
  }
  if (lost > dropped() + unnamed_)
    out.push_back("lost without a count:" + lostIds + "; counted " + std::to_string(dropped()));
  const double reasonless = dropped() - dropped("lost");  // which has one, the network's
  if (!mayDrop && reasonless > 0) out.push_back("dropped without a reason: " + std::to_string(reasonless));
  for (const auto& [id, times] : world_.collector.arrivals) {
    const auto unknown = world_.unknown.find(id);
    // A page that was suspended while storage refused may go on with a copy of what others found in storage.
    const int reasons = 2 * world_.handovers + (unknown == world_.unknown.end() ? 0 : unknown->second);
    if (times > 1 + reasons) out.push_back(id + " arrived " + std::to_string(times) + " times");
  }
  return out;
}

}  // namespace vitrine::test
