#include "simulation/random_session.h"

#include <algorithm>

namespace vitrine::test {
namespace {

std::string seedText(std::uint32_t seed) {
  std::string out;
  for (int shift = 28; shift >= 0; shift -= 4) out += "0123456789abcdef"[(seed >> shift) & 15];
  return out;
}

constexpr const char* kKinds[] = {"view", "click", "addToCart"};
constexpr const char* kLevels[] = {"unknown", "denied", "anonymous", "granted"};

}  // namespace

RandomSession::RandomSession(std::uint32_t seed, ServiceName service)
    : world_(seedText(seed)), random_(seedText(~seed)), service_(service) {
  const auto draw = [&] { return chance(45); };
  traits_ = {draw(),     draw(),     draw(),     draw(), chance(25), chance(20),
             chance(20), chance(20), chance(15), draw(), chance(85)};
  world_.disk.hasCopy = traits_.copy;
  world_.lockMs = below(40);
  world_.copyMs = below(20);
  world_.networkMs = 10 + below(400);
  world_.hearsAway = chance(50);
  // What a service that cannot tell is told once at most hangs on a storage that can be told of less, and that says, as
  // long as it has not followed, that the copy is out of date.
  const bool countsTwice = service == ServiceName::kRichRelevance || service == ServiceName::kDoofinder;
  world_.disk.takesLateCopies = chance(50) || (countsTwice && (traits_.storage || traits_.consent));
  world_.disk.takesLess = countsTwice || chance(50);
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
  const double droppedBefore = tab.dropped();
  tab.task([&] {
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::string id = itemOf(service_, ++lastItem_, traits_.poison && chance(4));
      // Doofinder's statistics say of an order only whose it was.
      const bool isOrder = chance(10) && service_ != ServiceName::kDoofinder;
      const bool isTaken = isOrder ? tab.purchase(id) == 0 : tab.track(kKinds[below(3)], id) == 0;
      if (isTaken && tab.runtime->consent() != "denied") ledger_.accepted(tab, id);
    }
  });
  did("tab " + std::to_string(tab.number) + " tracks " + std::to_string(n) + " up to " + std::to_string(lastItem_) +
      ", dropped " + std::to_string(tab.dropped() - droppedBefore));
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
  const std::string name = "tab " + std::to_string(tab.number);
  switch (below(8)) {
    case 0:
    case 1:
      did(name + (tab.isVisible ? " hides" : " shows"));
      if (!tab.isSuspended) tab.setPage(!tab.isVisible, tab.isOnline);
      break;
    case 2:
    case 3:
      did(name + (tab.isSuspended ? " is restored" : " is suspended"));
      if (tab.isSuspended) {
        tab.restore();
      } else {
        tab.hide();
        tab.suspend();
        if (chance(20)) track(tab);  // a listener of the shop that runs after ours
      }
      break;
    case 4:
      did(name + " is killed");
      world_.kill(tab);
      break;
    case 5:
    case 6:
      did(name + " is closed");
      world_.close(tab);
      break;
    default:
      did("another tab");
      if (world_.tabs.size() < 12) open();
  }
}

void RandomSession::stepNetwork(Tab& tab) {
  const std::string name = "tab " + std::to_string(tab.number);
  switch (below(7)) {
    case 0:
    case 1:
    case 2:
      for (std::uint32_t n = 1 + below(5); n > 0; --n) world_.collector.next.push_back(trouble());
      did("the next posts fail");
      break;
    case 3:
      world_.isDown = !world_.isDown;
      did(world_.isDown ? "network down" : "network up");
      break;
    case 4:
      if (tab.isSuspended) break;
      tab.setPage(tab.isVisible, !tab.isOnline);
      did(name + (tab.isOnline ? " online" : " offline"));
      break;
    case 5:
      world_.refusesKeepalive = !world_.refusesKeepalive;
      did("keepalive turned");
      break;
    default:
      if (chance(50))
        tab.act("pause", &Runtime::pause);
      else
        tab.act("resume", &Runtime::resume);
      did(name + " pause or resume");
  }
}

void RandomSession::stepDisk() {
  switch (below(7)) {
    case 0:
    case 1:
    case 2:
      world_.disk.takesWrites = !world_.disk.takesWrites;
      did(world_.disk.takesWrites ? "storage takes writes" : "storage refuses writes");
      break;
    case 3:
      world_.clearStorage(nullptr);
      ledger_.excuseUnstored();
      did("storage cleared");
      break;
    case 4:
      world_.disk.set("vitrine:1:j:zzz:" + std::to_string(below(3)), chance(50) ? "rubbish" : "{\"a\":1}\n\xFF");
      world_.disk.set("vitrine:1:j:ZZ:x", "another script's");
      did("foreign keys");
      break;
    case 5:
      for (auto& [key, value] : world_.disk.local) {
        const bool isOrphan =
            key.starts_with(kJournalPrefix) && !world_.disk.locks.contains(key.substr(sizeof kJournalPrefix - 1, 10));
        if (!isOrphan || !chance(50)) continue;
        value.resize(below(static_cast<std::uint32_t>(value.size() + 1)));
        did("truncated " + key);
      }
      ledger_.excuseUnstored();
      break;
    default:
      world_.commit();
      did("committed");
  }
}

void RandomSession::stepShopper(Tab& tab) {
  const std::string name = "tab " + std::to_string(tab.number);
  switch (below(6)) {
    case 0:
      tab.identify("u" + std::to_string(below(3)));
      did(name + " identifies");
      break;
    case 1:
      tab.reset();
      did(name + " resets");
      break;
    case 2:
      tab.ask(10000 + ++lastItem_, "forVisitor", R"({"configId":"c","topK":3})");
      break;
    default:
      flushes_.push_back({&tab, 50000.0 + ++lastItem_});
      if (chance(50))
        tab.flush(flushes_.back().second);
      else
        tab.act("flushWithin", &Runtime::flushWithin, flushes_.back().second, 150.0);
      did(name + " flushes");
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
      if (traits_.crash && chance(30)) {
        did("the browser is killed");
        ledger_.crashing();
        world_.crash();
        ledger_.crashed();
      } else if (traits_.crash) {
        world_.commit();
        did("committed");
      }
      if (traits_.manyTabs && world_.tabs.size() < 12 && chance(40)) {
        did("another tab");
        open();
      }
      break;
    default:
      if (traits_.clock && chance(50)) {
        const double ms = (chance(50) ? 1.0 : -1.0) * (chance(50) ? below(100000) : below(100000000));
        world_.jumpClock(ms);
        ledger_.slept();
        did("clock jumps " + std::to_string(ms));
      } else if (traits_.clock) {
        world_.sleep(below(20000000));
        ledger_.slept();
        did("the machine sleeps");
      } else if (traits_.consent && !tab->isSuspended) {
        const char* level = kLevels[below(4)];
        did("tab " + std::to_string(tab->number) + " consent " + level);
        tab->setConsent(level);
        ledger_.excuseUnstored();  // of other tabs, which count what they drop; of this one the count must be right
      } else if (traits_.poison && chance(50)) {
        world_.collector.next.push_back(failure(chance(50) ? 413 : chance(50) ? 401 : 422));
        did("the next post is refused");
      }
  }
}

void RandomSession::recover() {
  did("recovery");
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
    if (tab->runtime->consent() == std::string("unknown")) tab->setConsent("granted");
  }
  world_.open({.config = configOf(service_)});
  world_.advance(3 * kHourMs);
}

std::vector<std::string> RandomSession::run() {
  open();
  for (std::uint32_t steps = 20 + below(60); steps > 0; --steps) step();
  recover();
  std::vector<std::string> faults = ledger_.faults(mayDrop());
  // Where storage takes some of a page's segments and not others, two pages may come to have them.
  if (world_.collector.disorders > 0 && !traits_.storage) faults.push_back("events of a page out of order");
  for (const auto& tab : world_.tabs) {
    if (tab->isAlive && tab->metric("queued") != 0)
      faults.push_back("tab " + std::to_string(tab->number) + " still has " + std::to_string(tab->metric("queued")));
  }
  for (const auto& [key, value] : world_.disk.local) {
    if (key.starts_with(kJournalPrefix) && !key.ends_with(":x"))
      faults.push_back("left in storage: " + key + " = " + value);
  }
  for (const auto& [key, value] : world_.disk.copy) faults.push_back("left in the copy: " + key + " = " + value);
  for (const auto& [tab, callId] : flushes_) {
    if (tab->isAlive && !tab->settled.contains(callId))
      faults.push_back("a flush that never ends: " + std::to_string(callId));
  }
  return faults;
}

std::string RandomSession::story() const {
  std::string out;
  for (const std::string& deed : deeds_) out += deed + "\n";
  for (const auto& tab : world_.tabs) {
    out += "--- inputs of tab " + std::to_string(tab->number) + "\n";
    for (const std::string& line : tab->log) out += line + "\n";
  }
  return out;
}

}  // namespace vitrine::test
