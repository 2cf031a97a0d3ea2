#include "simulation/world.h"

#include <algorithm>

#include "simulation/services.h"

namespace vitrine::test {

Tab& World::open(TabOptions options) {
  tabs.push_back(std::make_unique<Tab>(*this, static_cast<int>(tabs.size()), options));
  return *tabs.back();
}

void World::end(Tab& tab) {
  ++handovers;
  tab.releaseAll();
  tab.isAlive = false;
  tab.timerMs = kNever;
}

void World::kill(Tab& tab) {
  if (!tab.isAlive) return;
  if (onDeath) onDeath(tab);
  deaths += !tab.isSuspended;
  end(tab);
}

void World::close(Tab& tab) {
  if (!tab.isAlive) return;
  if (!tab.isSuspended) {
    tab.hide();
    tab.suspend();
  }
  kill(tab);
}

void World::crash() {
  disk.local = disk.committed;
  ++deaths;
  for (const auto& tab : tabs) kill(*tab);
}

void World::clearStorage(const Tab* by) {
  disk.local.clear();
  notifyOthers(by, "");
}

void World::post(double delayMs, std::function<void()> what) { pending_.push_back({nowMs + delayMs, std::move(what)}); }

void World::advance(double ms) {
  const double until = nowMs + ms;
  while (true) {
    auto next = std::min_element(pending_.begin(), pending_.end(),
                                 [](const Pending& a, const Pending& b) { return a.atMs < b.atMs; });
    Tab* due = nullptr;
    for (const auto& tab : tabs) {
      if (tab->isAlive && !tab->isSuspended && (!due || tab->timerMs < due->timerMs)) due = tab.get();
    }
    const double pendingMs = next == pending_.end() ? kNever : next->atMs;
    const double timerMs = due ? due->timerMs : kNever;
    if (std::min(pendingMs, timerMs) > until) break;
    nowMs = std::max(nowMs, std::min(pendingMs, timerMs));
    if (pendingMs <= timerMs) {
      const auto what = std::move(next->what);
      pending_.erase(next);
      what();
    } else {
      due->wake();
    }
  }
  nowMs = std::max(nowMs, until);
}

void World::notifyOthers(const Tab* from, const std::string& key) {
  for (const auto& tab : tabs) {
    if (tab.get() == from || !tab->isAlive || tab->isSuspended) continue;
    post(eventMs, [this, &tab = *tab, key] {
      if (!tab.isAlive || tab.isSuspended) return;
      const auto found = disk.local.find(key);
      tab.act("storageChanged", &Runtime::storageChanged, key,
              found == disk.local.end() ? std::string() : found->second);
    });
  }
}

void World::carry(Tab& tab, double requestId, bool isKeepalive, double timeoutMs, const std::string& url,
                  const std::string& body) {
  const Wire wire(url, body);
  const std::string item = wire.isCounted ? wire.told[0].subject : std::string();
  if (wire.isCounted && isKeepalive) travelling.insert(item);
  const auto answerLater = [=, this, &tab](double delayMs, const Reply& answer) {
    post(delayMs, [=, this, &tab] {
      if (wire.isCounted && isKeepalive) travelling.erase(travelling.find(item));
      const bool isAway = tab.isSuspended && !hearsAway;
      const bool isHeard = tab.isAlive && !isAway && answer.status != kStatusTimeout;
      if (wire.isCounted && !answer.isStored && !isHeard) unheard.insert(item);
      const bool isGood = answer.status >= 200 && answer.status < 300;
      if (!wire.isCounted && answer.isStored && !(isHeard && isGood)) {
        for (const Told& told : wire.told) ++unknown[told.id];
      }
      const auto tell = [&tab, requestId, answer] {
        tab.requestDone(requestId, answer.status, answer.retryAfter, answer.body);
      };
      if (!tab.isAlive) return;
      if (isAway)
        tab.held_.push_back(tell);
      else
        tell();
    });
  };
  // What has no body has no part in the budget that a browser refuses for.
  if (isKeepalive && refusesKeepalive && !body.empty()) return answerLater(0, failure(kStatusUnsent));
  post(networkMs / 2, [=, this, &tab] {
    if (!tab.isAlive && !isKeepalive) return;
    if (isDown) return answerLater(networkMs / 2, failure(kStatusNetwork));
    const Reply answer = collector.post(wire, body.size());
    answerLater(answer.status == kStatusTimeout ? timeoutMs : networkMs / 2, answer);
  });
}

void World::fault(const Tab& tab, const std::string& what) {
  faults.push_back("tab " + std::to_string(tab.number) + " at " + std::to_string(nowMs) + " ms: " + what);
}

}  // namespace vitrine::test
