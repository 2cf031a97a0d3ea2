#include "simulation/random_session.h"

#include <algorithm>

namespace vitrine::test {
namespace {

std::string seedText(std::uint32_t seed) {
  std::string out;
  for (int shift = 28; shift >= 0; shift -= 4) out += "0123456789abcdef"[(seed >> shift) & 15];
  return out;
}

// The events of a list's items, then those outside any list.
constexpr const char* kKinds[] = {"view", "click", "addToCart", "viewItem", "addToCart", "removeFromCart"};
constexpr std::uint32_t kListKinds = 3, kAllKinds = 6;
constexpr const char* kLevels[] = {"unknown", "denied", "anonymous", "granted"};

}  // namespace

RandomSession::RandomSession(std::uint32_t seed, ServiceName service, std::function<void(const Step&)> onStep)
    : world_(seedText(seed)), random_(seedText(~seed)), service_(service) {
  world_.onStep = std::move(onStep);
  const auto draw = [&] { return chance(45); };
  traits_ = {draw(),     draw(),     draw(),     draw(), chance(25), chance(20),
             chance(20), chance(20), chance(15), draw(), chance(85)};
  world_.disk.hasCopy = traits_.copy;
  world_.lockMs = below(40);
  world_.copyMs = below(20);
  world_.networkMs = 10 + below(400);
  world_.repliesReachSuspended = chance(50);
  // A service that counts every time may be sent an event once. That holds only where a full storage accepts shorter
  // values, and where IndexedDB does the removals that a page orders while it is left.
  const bool countsTwice = service == ServiceName::kRichRelevance || service == ServiceName::kDoofinder;
  world_.disk.takesLateCopies = chance(50) || (countsTwice && (traits_.storage || traits_.consent));
  world_.disk.takesShorter = countsTwice || chance(50);
  world_.onAsk = [this](const std::string&, const std::string&) {
    return chance(70) ? Reply{200, false, {}, R"({"results":[{"productId":"p"}]})"} : trouble();
  };
}

bool RandomSession::mayDrop() const {
  return traits_.consent || traits_.poison || traits_.smallQueue || traits_.clock || traits_.storage;
}

Tab* RandomSession::anyTab() {
  std::vector<Tab*> alive;
  for (const auto& tab : world_.tabs) {
    if (tab->isAlive) alive.push_back(tab.get());
  }
  return alive.empty() ? nullptr : alive[below(static_cast<std::uint32_t>(alive.size()))];
}

Tab& RandomSession::open() {
  TabOptions options;
  std::string events, more;
  if (traits_.smallQueue) events = R"("maxQueueSize":12,"maxQueueBytes":6000,"rateLimit":{"burst":30,"perSecond":5})";
  if (traits_.consent && chance(40)) more = std::string("\"consent\":\"") + kLevels[below(4)] + "\"";
  options.config = configOf(service_, events, more);
  if (traits_.storage && chance(10)) options.storage = "memory";
  Tab& tab = world_.open(options);
  tab.serve();
  return tab;
}

void RandomSession::track(Tab& tab) {
  const std::uint32_t n = chance(15) ? 1 + below(60) : 1 + below(5);
  std::string items;
  tab.task([&] {
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::string id = itemOf(service_, ++lastItem_, traits_.poison && chance(4));
      // Doofinder's statistics of orders have no place for the order's id.
      const bool isOrder = chance(10) && service_ != ServiceName::kDoofinder;
      const std::uint32_t drawn = isOrder ? 0 : below(kAllKinds);
      const char* kind = isOrder ? "purchase" : kKinds[drawn];
      const double result = isOrder              ? tab.purchase(id)
                            : drawn < kListKinds ? tab.track(kind, id)
                                                 : tab.shopEvent(kind, id);
      const bool isTaken = result == 0;
      items.append(" ").append(kind).append(" ").append(labelOf(id)).append(isTaken ? "" : " (refused)");
      if (isTaken && tab.runtime->consent() != "denied") ledger_.accepted(tab, id);
    }
    world_.note(&tab, "shopper", "tracks" + items);
  });
}

Reply RandomSession::trouble() {
  switch (below(8)) {
    case 0:
    case 1:
      return lostReply();
    case 2:
      return {kStatusTimeout, chance(50), {}, {}};
    case 3:
      return failure(429, chance(50) ? std::to_string(below(100)) : "Tue, 14 Nov 2023 22:20:00 GMT");
    case 4:
      return failure(kStatusNetwork);
    case 5:
      return {200, true, {}, "<html>garbage"};
    default:
      return failure(chance(50) ? 503 : 500, chance(30) ? "7" : "");
  }
}

void RandomSession::stepPage(Tab& tab) {
  switch (below(8)) {
    case 0:
    case 1:
      world_.note(&tab, "page", tab.isVisible ? "is hidden" : "is shown");
      if (!tab.isSuspended) tab.setPage(!tab.isVisible, tab.isOnline);
      break;
    case 2:
    case 3:
      world_.note(&tab, "page", tab.isSuspended ? "is restored" : "is suspended");
      if (tab.isSuspended) {
        tab.restore();
      } else {
        tab.hide();
        tab.suspend();
        if (chance(20)) track(tab);  // in a listener of the shop that runs after the one of Vitrine
      }
      break;
    case 4:
      world_.note(&tab, "failure", "the tab is killed");
      world_.kill(tab);
      break;
    case 5:
    case 6:
      world_.note(&tab, "page", "is closed");
      world_.close(tab);
      break;
    default:
      if (world_.tabs.size() < 12) open();
  }
}

void RandomSession::stepNetwork(Tab& tab) {
  switch (below(7)) {
    case 0:
    case 1:
    case 2: {
      const std::uint32_t n = 1 + below(5);
      for (std::uint32_t i = 0; i < n; ++i) world_.collector.next.push_back(trouble());
      world_.note(nullptr, "failure", "the next " + std::to_string(n) + " requests with events fail");
      break;
    }
    case 3:
      world_.isDown = !world_.isDown;
      world_.note(nullptr, "failure", world_.isDown ? "the network is down" : "the network is up again");
      break;
    case 4:
      if (tab.isSuspended) break;
      world_.note(&tab, "failure", tab.isOnline ? "the browser says: offline" : "the browser says: online");
      tab.setPage(tab.isVisible, !tab.isOnline);
      break;
    case 5:
      world_.refusesKeepalive = !world_.refusesKeepalive;
      world_.note(nullptr, "failure",
                  world_.refusesKeepalive ? "the browser refuses keepalive" : "the browser accepts keepalive again");
      break;
    default: {
      const bool pauses = chance(50);
      world_.note(&tab, "shopper", pauses ? "events.pause()" : "events.resume()");
      tab.act(pauses ? "pause" : "resume", pauses ? &Runtime::pause : &Runtime::resume);
    }
  }
}

void RandomSession::stepDisk() {
  switch (below(7)) {
    case 0:
    case 1:
    case 2:
      world_.disk.takesWrites = !world_.disk.takesWrites;
      world_.note(nullptr, "failure",
                  world_.disk.takesWrites ? "storage accepts writes again" : "storage refuses writes");
      break;
    case 3:
      world_.note(nullptr, "failure", "the shop clears localStorage");
      world_.clearStorage(nullptr);
      ledger_.excuseUnstored();
      break;
    case 4:
      world_.disk.set("vitrine:1:j:zzz:" + std::to_string(below(3)), chance(50) ? "rubbish" : "{\"a\":1}\n\xFF");
      world_.disk.set("vitrine:1:j:ZZ:x", "another script's");
      world_.note(nullptr, "failure", "foreign keys appear in localStorage");
      break;
    case 5:
      for (auto& [key, value] : world_.disk.local) {
        const bool isOrphan =
            key.starts_with(kJournalPrefix) && !world_.disk.locks.contains(key.substr(sizeof kJournalPrefix - 1, 10));
        if (!isOrphan || !chance(50)) continue;
        value.resize(below(static_cast<std::uint32_t>(value.size() + 1)));
        world_.note(nullptr, "failure", "localStorage truncates " + key);
      }
      ledger_.excuseUnstored();
      break;
    default:
      commit();
  }
}

void RandomSession::commit() {
  world_.commit();
  world_.note(nullptr, "storage", "localStorage is committed to disk");
}

void RandomSession::stepShopper(Tab& tab) {
  switch (below(6)) {
    case 0: {
      const std::string user = "u" + std::to_string(below(3));
      world_.note(&tab, "shopper", "identify(" + user + ")");
      tab.identify(user);
      break;
    }
    case 1:
      world_.note(&tab, "shopper", "reset()");
      tab.reset();
      break;
    case 2:
      world_.note(&tab, "shopper", "recs.forVisitor()");
      tab.ask(10000 + ++lastItem_, "forVisitor", R"({"configId":"c","topK":3})");
      break;
    default:
      flushes_.push_back({&tab, 50000.0 + ++lastItem_});
      world_.note(&tab, "shopper", "events.flush()");
      if (chance(50))
        tab.flush(flushes_.back().second);
      else
        tab.act("flushWithin", &Runtime::flushWithin, flushes_.back().second, 150.0);
  }
}

void RandomSession::stepCrash() {
  if (chance(30)) {
    world_.note(nullptr, "failure", "the browser is killed with all its tabs");
    ledger_.crashing();
    world_.crash();
    ledger_.crashed();
  } else {
    commit();
  }
}

void RandomSession::stepRare(Tab& tab) {
  if (traits_.clock && chance(50)) {
    const double ms = (chance(50) ? 1.0 : -1.0) * (chance(50) ? below(100000) : below(100000000));
    world_.note(nullptr, "failure", "the clock jumps by " + std::to_string(static_cast<long>(ms / 1000)) + " s");
    world_.jumpClock(ms);
    ledger_.slept();
  } else if (traits_.clock) {
    const double ms = below(20000000);
    world_.note(nullptr, "failure", "the machine sleeps for " + std::to_string(static_cast<long>(ms / 1000)) + " s");
    world_.sleep(ms);
    ledger_.slept();
  } else if (traits_.consent && !tab.isSuspended) {
    const char* level = kLevels[below(4)];
    world_.note(&tab, "shopper", std::string("setConsent(") + level + ")");
    tab.setConsent(level);
    ledger_.excuseUnstored();  // events of other tabs, which drop and count them; this tab's own count must be right
  } else if (traits_.poison && chance(50)) {
    world_.collector.next.push_back(failure(chance(50) ? 413 : chance(50) ? 401 : 422));
    world_.note(nullptr, "failure", "the next request with events is refused");
  }
}

void RandomSession::step() {
  Tab* tab = anyTab();
  if (!tab) tab = &open();
  switch (below(12)) {
    case 0:
    case 1:
    case 2:
      if (!tab->isSuspended) track(*tab);
      break;
    case 3:
    case 4:
      world_.advance(below(700));
      break;
    case 5:
      world_.advance(chance(80) ? below(8000) : below(600000));
      break;
    case 6:
      if (traits_.lifecycle) stepPage(*tab);
      break;
    case 7:
      if (traits_.network) stepNetwork(*tab);
      break;
    case 8:
      if (traits_.storage) stepDisk();
      break;
    case 9:
      if (traits_.identity && !tab->isSuspended) stepShopper(*tab);
      break;
    case 10:
      if (traits_.crash) stepCrash();
      if (traits_.manyTabs && world_.tabs.size() < 12 && chance(40)) open();
      break;
    default:
      stepRare(*tab);
  }
}

void RandomSession::recover() {
  world_.note(nullptr, "session", "every failure ends; three hours pass");
  world_.collector.next.clear();
  world_.isDown = world_.refusesKeepalive = false;
  world_.disk.takesWrites = true;
  for (const auto& tab : world_.tabs) {
    if (!tab->isAlive) continue;
    if (tab->isSuspended && chance(50)) {
      world_.kill(*tab);
      continue;
    }
    tab->restore();
    tab->setPage(true, true);
    tab->act("resume", &Runtime::resume);
  }
  world_.open({.config = configOf(service_)});
  // A page may hear only now that another one has forgotten the shopper's word.
  world_.advance(1000);
  for (const auto& tab : world_.tabs) {
    if (tab->isAlive && tab->runtime->consent() == std::string("unknown")) tab->setConsent("granted");
  }
  world_.advance(3 * kHourMs);
}

Verdict RandomSession::run() {
  open();
  for (std::uint32_t steps = 20 + below(60); steps > 0; --steps) step();
  recover();
  Verdict verdict = ledger_.verdict(mayDrop());
  addLeftovers(verdict.faults);
  return verdict;
}

// Everything must be delivered or dropped by now, and nothing may be left behind.
void RandomSession::addLeftovers(std::vector<std::string>& faults) {
  // Where storage accepts some segments of a page and refuses others, two pages may adopt parts of one page's events.
  // An event that RichRelevance turns out not to take goes to the shop's collector behind younger ones.
  const bool isOrdered = !traits_.storage && service_ != ServiceName::kRichRelevance;
  if (world_.collector.disorders > 0 && isOrdered) faults.push_back("events of a page out of order");
  for (const auto& tab : world_.tabs) {
    if (tab->isAlive && tab->metric("queued") != 0)
      faults.push_back("tab " + std::to_string(tab->number) + " still has " + std::to_string(tab->metric("queued")));
  }
  for (const auto& [key, value] : world_.disk.local) {
    if (key.starts_with(kJournalPrefix) && !key.ends_with(":x"))
      faults.push_back("left in storage: " + key + " = " + value);
  }
  for (const auto& [key, value] : world_.disk.copy) faults.push_back("left in the mirror: " + key + " = " + value);
  for (const auto& [tab, callId] : flushes_) {
    if (tab->isAlive && !tab->settled.contains(callId))
      faults.push_back("a flush that never ends: " + std::to_string(callId));
  }
}

std::string RandomSession::inputs() const {
  std::string out;
  for (const auto& tab : world_.tabs) {
    out += "--- inputs of tab " + std::to_string(tab->number) + "\n";
    for (const std::string& line : tab->log) out += line + "\n";
  }
  return out;
}

std::string commandFor(std::uint32_t seed, ServiceName service) {
  return "npm run simulate -- --seed " + std::to_string(seed) + " --service " + nameOf(service);
}

}  // namespace vitrine::test
