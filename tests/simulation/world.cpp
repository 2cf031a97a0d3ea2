#include "simulation/world.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "simulation/services.h"

namespace vitrine::test {

namespace {

// Wakes of all tabs at one moment. A core that asks for more asks for the same again and again.
constexpr int kMostWakes = 100;

}  // namespace

std::function<void(const std::string&)> World::report = [](const std::string& fault) {
  std::fprintf(stderr, "%s\n", fault.c_str());
  std::abort();
};

World::~World() {
  for (const std::string& fault : takeFaults()) report(fault);
}

std::vector<std::string> World::takeFaults() {
  std::vector<std::string> found = std::exchange(faults_, {});
  for (const std::string& fault : std::exchange(collector.faults, {})) found.push_back("collector: " + fault);
  for (const std::string& text : std::exchange(expected_, {})) {
    const auto isIt = [&](const std::string& fault) { return fault.find(text) != std::string::npos; };
    if (std::erase_if(found, isIt) == 0) found.push_back("expected, but did not happen: " + text);
  }
  return found;
}

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
  suddenEnds += !tab.isSuspended;
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
  ++suddenEnds;
  for (const auto& tab : tabs) kill(*tab);
}

void World::clearStorage(const Tab* by) {
  disk.local.clear();
  notifyOthers(by, "");
}

void World::post(double delayMs, std::function<void()> job) { pending_.push_back({nowMs + delayMs, std::move(job)}); }

void World::advance(double ms) {
  const double until = nowMs + ms;
  int wakes = 0;  // at this moment
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
    const double lastMs = std::exchange(nowMs, std::max(nowMs, std::min(pendingMs, timerMs)));
    if (nowMs > lastMs) wakes = 0;
    if (pendingMs <= timerMs) {
      const auto job = std::move(next->job);
      pending_.erase(next);
      job();
    } else {
      if (++wakes > kMostWakes) {
        fault(*due, "its timer is due for ever");
        break;
      }
      due->wake();
    }
  }
  nowMs = std::max(nowMs, until);
}

void World::notifyOthers(const Tab* from, const std::string& key) {
  for (const auto& tab : tabs) {
    if (tab.get() == from || !tab->isAlive || tab->isSuspended) continue;
    post(eventMs, [&tab = *tab, key] {
      if (!tab.isAlive || tab.isSuspended) return;
      tab.storageChanged(key);
    });
  }
}

void World::carry(Tab& tab, double requestId, bool isKeepalive, double timeoutMs, const std::string& url,
                  const std::string& body) {
  const Wire wire(url, body);
  const std::string item = wire.countsEveryTime ? wire.events[0].itemId : std::string();
  if (wire.countsEveryTime && isKeepalive) inFlight.insert(item);
  const auto replyLater = [=, this, &tab](double delayMs, const Reply& reply) {
    post(delayMs, [=, this, &tab] {
      if (wire.countsEveryTime && isKeepalive) inFlight.erase(inFlight.find(item));
      const bool isAway = tab.isSuspended && !repliesReachSuspended;
      const bool isHeard = tab.isAlive && !isAway && reply.status != kStatusTimeout;
      if (wire.countsEveryTime && !reply.isStored && !isHeard) uncounted.insert(item);
      const bool isGood = reply.status >= 200 && reply.status < 300;
      if (!wire.countsEveryTime && reply.isStored && !(isHeard && isGood)) {
        for (const WireEvent& event : wire.events) ++unheard[event.id];
      }
      const auto tell = [&tab, requestId, reply] {
        tab.requestDone(requestId, reply.status, reply.retryAfter, reply.body);
      };
      if (!tab.isAlive) {
        note(&tab, "reply", replyText(requestId, reply.status) + ": nobody is there to receive it");
      } else if (isAway) {
        note(&tab, "reply", replyText(requestId, reply.status) + ": held until the tab is restored");
        tab.heldReplies_.push_back(tell);
      } else {
        tell();
      }
    });
  };
  // A browser's budget for keepalive counts bodies, so a request without one is never refused.
  if (isKeepalive && refusesKeepalive && !body.empty()) return replyLater(0, failure(kStatusUnsent));
  post(networkMs / 2, [=, this, &tab] {
    if (!tab.isAlive && !isKeepalive) return note(&tab, "network", requestText(requestId) + " ends with its tab");
    if (isDown) return replyLater(networkMs / 2, failure(kStatusNetwork));
    const Reply reply = collector.post(wire, body.size());
    if (onStep) note(&tab, "collector", requestText(requestId) + arrivalText(wire, reply));
    replyLater(reply.status == kStatusTimeout ? timeoutMs : networkMs / 2, reply);
  });
}

void World::fault(const Tab& tab, const std::string& what) {
  note(&tab, "FAULT", what);
  faults_.push_back("tab " + std::to_string(tab.number) + " at " + std::to_string(std::lround(nowMs)) + " ms: " + what);
}

void World::note(const Tab* tab, const char* kind, const std::string& text) {
  if (onStep) onStep({nowMs, tab ? tab->number : -1, kind, text});
}

}  // namespace vitrine::test
