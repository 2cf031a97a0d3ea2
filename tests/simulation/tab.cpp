#include "simulation/tab.h"

#include <algorithm>
#include <cmath>

#include "base/number.h"
#include "simulation/world.h"

namespace vitrine::test {
namespace {

constexpr std::string_view kJournals = kJournalPrefix;

bool isSegment(std::string_view key) { return key.starts_with(kJournals); }

// Returns "<journal>:<number>" of a segment's key.
std::string nameOf(std::string_view key) { return std::string(key.substr(kJournals.size())); }

std::string journalOf(std::string_view key) {
  const std::string name = nameOf(key);
  return name.substr(0, name.find(':'));
}

std::string bootText(const World& world, const TabOptions& options, std::string_view seed) {
  vitrine::Text out, state, journals = "[";
  JsonObject stateJson(state);
  std::string last;
  if (options.storage == "localStorage") {
    for (const auto& [key, value] : world.disk.local) {
      if (Disk::isShared(key)) stateJson.add(key.c_str(), value);
      if (!isSegment(key)) continue;
      if (const std::string journal = journalOf(key); journal != last) {
        if (!last.empty()) journals += ',';
        appendString(journals, last = journal);
      }
    }
  }
  stateJson.close();
  vitrine::Text page;
  JsonObject(page)
      .add("url", options.url)
      .add("referrer", "")
      .add("title", "Shop")
      .add("viewing", options.viewing)
      .close();
  JsonObject(out)
      .addRaw("config", options.config)
      .add("seed", seed)
      .addRaw("page", page)
      .add("visible", options.visible ? 1 : 0)
      .add("online", options.online ? 1 : 0)
      .add("gpc", options.gpc ? 1 : 0)
      .add("webdriver", 0)
      .add("userAgent", options.userAgent)
      .add("prerendering", options.prerendering ? 1 : 0)
      .add("notify", options.notify ? 1 : 0)
      .add("storage", options.storage)
      .addRaw("state", state)
      .addRaw("journals", journals + "]")
      .close();
  return out;
}

}  // namespace

std::string configWith(std::string_view options) {
  std::string config = TabOptions().config;
  config.pop_back();
  return config + "," + std::string(options) + "}";
}

Tab::Tab(World& world, int tabNumber, const TabOptions& options)
    : number(tabNumber), isVisible(options.visible), isOnline(options.online), world_(world) {
  std::string seed;
  for (int i = 0; i < 8; ++i) {
    for (std::uint32_t bits = world.random.next() & 0xffff, k = 0; k < 4; ++k, bits >>= 4)
      seed += "0123456789abcdef"[bits & 15];
  }
  const std::string boot = bootText(world, options, seed);
  note("new", {text(boot), text(wallMs())});
  runtime = std::make_unique<Runtime>(boot, wallMs());
  schedule();
}

double Tab::wallMs() const { return world_.wallMs(); }

std::string Tab::text(double value) {
  vitrine::Text out;
  appendNumber(out, value);
  return out;
}

std::string Tab::text(const std::string& string) {
  vitrine::Text out;
  appendString(out, string);
  return out;
}

void Tab::note(const char* name, const std::vector<std::string>& args) {
  std::string line = std::string("[\"") + name + "\"";
  for (const std::string& arg : args) line += "," + arg;
  log.push_back(line + "]");
  if (!world_.onStep) return;
  noteStep(stepOf(name, args));
}

void Tab::noteStep(const Step& step) {
  if (!step.text.empty()) world_.note(this, step.kind, step.text);
}

// Reports the events that were dropped since the last call, by reason.
void Tab::noteDrops() {
  const Json all = metrics();
  for (const Json& count : member(all, "dropped")->children) {
    double& before = noted_[std::string(count.name)];
    if (count.number > before)
      world_.note(this, "drop", std::to_string(static_cast<int>(count.number - before)) + " dropped: " + count.name);
    before = count.number;
  }
}

void Tab::schedule() {
  isScheduled_ = true;
  if (!isDraining_ && (depth_ == 0 || !isVisible)) drain();
}

void Tab::task(const std::function<void()>& inputs) {
  ++depth_;
  inputs();
  --depth_;
  if (isScheduled_) drain();
}

void Tab::drain() {
  isDraining_ = true;
  for (int drains = 0; isScheduled_ && isAlive; ++drains) {
    if (drains == kMostAtOnce) {
      world_.fault(*this, "its effects bring about effects without end");
      break;
    }
    isScheduled_ = false;
    note("drainEffects", {});
    const std::vector<Effect> effects = readEffects(runtime->drainEffects());
    if (effects.size() > kMostEffects) world_.fault(*this, "one drain has too many effects");
    for (const Effect& effect : effects) {
      if (world_.onStep) noteStep(stepOf(effect));
      perform(effect);
    }
    copyLater();
  }
  isDraining_ = false;
  if (world_.onStep) noteDrops();
  const double next = runtime->nextWakeMs();
  if (std::isnan(next)) world_.fault(*this, "a timer at no time");
  timerMs = next < kNever && !isStuck_ ? world_.nowMs + std::max(0.0, next - wallMs()) : kNever;
}

// A timer that is set to the same moment again and again would keep the world there for ever, so it is stopped.
void Tab::wake() {
  if (world_.nowMs > wakesSinceMs_ + 1000) {
    wakes_ = 0;
    wakesSinceMs_ = world_.nowMs;
  }
  if (++wakes_ == 60) world_.fault(*this, "its timer fires 60 times within a second");
  wakesAtOnce_ = world_.nowMs == wokenMs_ ? wakesAtOnce_ + 1 : 1;
  wokenMs_ = world_.nowMs;
  isStuck_ = wakesAtOnce_ > kMostAtOnce;
  if (isStuck_) world_.fault(*this, "its timer fires more than 100 times at one moment");
  timerMs = kNever;
  act("wake", &Runtime::wake);
}

// ---- inputs

double Tab::serve(const std::string& itemIds) {
  return act("serve", &Runtime::serve, R"({"surface":"home_page","source":"for-you","itemIds":)" + itemIds + "}");
}

double Tab::track(const std::string& kind, const std::string& itemId, double serveNumber) {
  return act("itemEvent", &Runtime::itemEvent, serveNumber, kind, itemId, 0.0, 0.0);
}

double Tab::shopEvent(const std::string& kind, const std::string& itemId) {
  Text payload;
  JsonObject(payload).add("itemId", itemId).add("unitPrice", 4.5).add("currency", "EUR").close();
  return act("shopEvent", &Runtime::shopEvent, kind, payload, std::string());
}

double Tab::purchase(const std::string& orderId, const std::string& storedOrders) {
  vitrine::Text payload;
  JsonObject(payload)
      .add("orderId", orderId)
      .add("value", 12.9)
      .add("currency", "EUR")
      .addRaw("items", R"([{"itemId":"a","quantity":1}])")
      .close();
  return act("shopEvent", &Runtime::shopEvent, std::string("purchase"), payload, storedOrders);
}

// Until the next attempt to write, this tab does not know whether storage holds its events.
bool Tab::isUnsure() {
  return stringMember(metrics(), "storage") != "localStorage" || world_.nowMs < refusedMs + 31 * kSecondMs;
}

// Counts that the events in storage and in the mirror are left to other tabs from now on.
void Tab::handOver(bool isUnsure) {
  ++world_.handovers;
  world_.copies += isUnsure;
}

double Tab::setConsent(const std::string& level) {
  if (runtime->consent() == "granted") handOver(isUnsure());
  consentMs = world_.nowMs;
  return act("setConsent", &Runtime::setConsent, level);
}

void Tab::ask(double callId, const std::string& kind, const std::string& query) {
  act("request", &Runtime::request, callId, kind, query);
}

void Tab::requestDone(double requestId, double status, const std::string& retryAfter, const std::string& body) {
  act("requestDone", &Runtime::requestDone, requestId, status, retryAfter, body);
}

void Tab::setPage(bool visible, bool online) {
  if (!visible) hiddenMs = world_.nowMs;
  isVisible = visible;
  isOnline = online;
  // A page that is hidden looks whether a script has cleared the storage.
  if (!visible && !world_.disk.local.contains(kIdentityKey)) storageChanged("");
  act("setPageState", &Runtime::setPageState, visible ? 1.0 : 0.0, online ? 1.0 : 0.0);
}

void Tab::suspend() {
  if (!isAlive || isSuspended) return;
  isVisible = false;
  hiddenMs = world_.nowMs;
  isLeaving_ = true;
  act("suspend", &Runtime::suspend);
  isLeaving_ = false;
  isSuspended = true;
  suspendedMs = world_.nowMs;
  sharedKeys_ = world_.disk.sharedKeys();
  handOver(isUnsure());
  releaseAll();
}

void Tab::storageChanged(const std::string& key) {
  const bool couldStore = runtime->consent() == "granted";
  const bool wasUnsure = isUnsure();
  const auto found = world_.disk.local.find(key);
  act("storageChanged", &Runtime::storageChanged, key,
      found == world_.disk.local.end() ? std::string() : found->second);
  // The word of another tab counts here too.
  if (couldStore && runtime->consent() != "granted") handOver(wasUnsure);
}

void Tab::restore() {
  if (!isAlive || !isSuspended) return;
  isSuspended = false;
  isVisible = true;
  restoredMs = world_.nowMs;
  task([&] {
    act("restore", &Runtime::restore);
    std::set<std::string> keys = world_.disk.sharedKeys();
    keys.merge(sharedKeys_);
    for (const std::string& key : keys) storageChanged(key);
    setPage(true, isOnline);
  });
  for (const auto& reply : std::exchange(heldReplies_, {})) reply();
}

double Tab::dropped(const char* reason) {
  const Json all = metrics();
  const Json& counts = *member(all, "dropped");
  if (reason) return numberMember(counts, reason, 0);
  double sum = 0;
  for (const Json& count : counts.children) sum += count.number;
  return sum;
}

std::string Tab::error() { return std::string(stringMember(parseJson(runtime->takeError()), "field", "none")); }

std::vector<Effect> Tab::take(std::string_view verb) {
  std::size_t& from = taken_[std::string(verb)];
  std::vector<Effect> found;
  for (; from < seen.size(); ++from) {
    if (seen[from].verb() == verb) found.push_back(seen[from]);
  }
  return found;
}

}  // namespace vitrine::test
