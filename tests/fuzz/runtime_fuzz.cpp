// Any sequence of inputs with any strings, replies and stored state, with any of the four services. The core never
// aborts, emits only effects that exist, stores and sends nothing without consent, keeps its queue bounded, sends
// nothing again that was acknowledged, and a page that starts from what was saved has the same queue.
#include <fuzzer/FuzzedDataProvider.h>

#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "check.h"
#include "runtime_values.h"
#include "seam/seam.h"
#include "simulation/effect_text.h"
#include "simulation/services.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

using Table = std::map<std::string, std::string>;

bool isHeaders(const std::string& text) { return text.empty() || parseJson(text).isObject(); }
std::string idOf(const Json& event) { return std::string(stringMember(event, "eventId")); }

class Page {
 public:
  explicit Page(FuzzedDataProvider& data) : data_(data) {
    wallMs_ = 1700000000000;
    runtime_ = std::make_unique<Runtime>(boot(), wallMs_);
    drain();
  }

  void step();
  void checkTimer();
  void checkRestart();

 private:
  std::string text() {
    return data_.ConsumeBool() ? kTexts[data_.ConsumeIntegralInRange<std::size_t>(0, std::size(kTexts) - 1)]
                               : data_.ConsumeRandomLengthString(200);
  }
  double number() {
    if (data_.ConsumeIntegralInRange(0, 15) == 0) return data_.ConsumeFloatingPoint<double>();
    return kNumbers[data_.ConsumeIntegralInRange<std::size_t>(0, std::size(kNumbers) - 1)];
  }
  double now() {
    constexpr double kSteps[] = {0, 0, 1, 50, 500, 5000, 70000, 4e6, -1000, -1e7, 1e9, NAN, INFINITY};
    const double step = kSteps[data_.ConsumeIntegralInRange<std::size_t>(0, std::size(kSteps) - 1)];
    if (!std::isfinite(step)) return step;
    return wallMs_ = std::max(0.0, wallMs_ + step);
  }
  double pageMs() { return pageMs_ += std::abs(number()) < 1e6 ? number() : 700; }
  // An argument of a call by its kind and name (seam/calls.inc).
  template <class Kind>
  Kind argument(std::string_view name) {
    if constexpr (std::is_same_v<Kind, double>)
      return name == "nowMs" ? now() : name == "pageMs" || name == "atMs" ? pageMs() : number();
    else
      return text();
  }
  void anyCall();
  std::string boot();
  std::string storedAs(const Table& table, std::string_view journal, bool isSpoilt);
  void answerRequest(double id);
  void drain();
  void perform(const Effect& effect);
  void checkMetrics();

  FuzzedDataProvider& data_;
  std::unique_ptr<Runtime> runtime_;
  double wallMs_;
  double pageMs_ = 0;
  std::map<std::string, std::string> views_;  // event id of each measured view
  Table disk_;
  std::map<double, std::set<std::string>> sent_;  // request -> event ids
  std::vector<double> requests_;
  std::vector<std::string> claims_;
  std::set<std::string> acknowledged_;
  bool isSuspended_ = false;
  bool isStored_ = true;
  bool isFed_ = false;  // the core was given events that are not on the disk
};

std::string Page::boot() {
  Text more, out, state, journals = "[";
  JsonObject options(more);
  constexpr const char* kLevels[] = {"unknown", "denied", "anonymous", "granted", "granted", "granted"};
  options.add("consent", kLevels[data_.ConsumeIntegralInRange(0, 5)]);
  if (data_.ConsumeBool()) options.add("extra", text());
  const std::string config = configOf(static_cast<ServiceName>(data_.ConsumeIntegralInRange(0, 3)),
                                      R"("maxQueueSize":40,"maxQueueBytes":20000,"batchSize":5,"maxBatchBytes":4000,)"
                                      R"("rateLimit":{"burst":500,"perSecond":50})",
                                      std::string_view(more).substr(1));
  JsonObject stored(state);
  stored.add("vitrine:1:id", text()).add("vitrine:1:touch", text()).add("vitrine:1:orders", text());
  stored.add("vitrine:1:optout", data_.ConsumeBool() ? "" : "1").close();
  for (int i = data_.ConsumeIntegralInRange(0, 3); i > 0; --i) {
    if (journals.size() > 1) journals += ',';
    appendString(journals, i == 1 ? "abc" : text());
  }
  isStored_ = data_.ConsumeIntegralInRange(0, 7) != 0;
  JsonObject(out)
      .addRaw("config", config)
      .add("seed", text())
      .add("visible", data_.ConsumeBool() ? 1 : 0)
      .add("gpc", data_.ConsumeIntegralInRange(0, 7) == 0 ? 1 : 0)
      .add("prerendering", data_.ConsumeIntegralInRange(0, 7) == 0 ? 1 : 0)
      .add("userAgent", text())
      .add("notify", 1)
      .add("storage", isStored_ ? "localStorage" : "memory")
      .addRaw("state", state)
      .addRaw("journals", journals + "]")
      .close();
  return data_.ConsumeIntegralInRange(0, 63) == 0 ? text() : std::string(out);
}

// The segments of a journal as the host passes them, or what an enemy would.
std::string Page::storedAs(const Table& table, std::string_view journal, bool isSpoilt) {
  if (isSpoilt && data_.ConsumeBool()) return text();
  const std::string start = std::string(kJournalPrefix) + std::string(journal) + ":";
  Text out;
  JsonObject json(out);
  for (const auto& [key, value] : table) {
    if (key.starts_with(start)) json.add(key.c_str() + start.size(), value);
  }
  if (isSpoilt)
    json.add("0", R"({"eventId":"x","type":"click","at":1})"
                  "\n" +
                      text());
  json.close();
  return out;
}

void Page::answerRequest(double id) {
  const double status = number();
  const std::set<std::string> events = sent_[id];
  sent_.erase(id);
  runtime_->requestDone(id, status, text(), text(), now());
  if (!isSuspended_ && status >= 200 && status < 300) acknowledged_.insert(events.begin(), events.end());
}

// One call of the list that the other steps do not make with care for what the page holds.
void Page::anyCall() {
  Runtime& r = *runtime_;
  // Those change what the page must remember, so step() makes them.
  static const std::set<std::string_view> kOthers = {"suspend", "restore", "claimed", "requestDone", "drainEffects"};
  const std::size_t wanted = data_.ConsumeIntegralInRange<std::size_t>(0, 63);
  std::size_t i = 0;
#define FUZZ_ARGUMENT(entry) argument<FUZZ_KIND(entry)>(VITRINE_NAME_TEXT(entry))
#define FUZZ_KIND(entry) seam::result::VITRINE_KIND(entry)
#define CALL(result, name, ...) \
  if (i++ == wanted && !kOthers.contains(#name)) static_cast<void>(r.name(VITRINE_LIST(FUZZ_ARGUMENT, __VA_ARGS__)));
#include "seam/calls.inc"
#undef CALL
#undef FUZZ_KIND
#undef FUZZ_ARGUMENT
}

void Page::step() {
  Runtime& r = *runtime_;
  switch (data_.ConsumeIntegralInRange(0, 31)) {
    case 0:
      r.serve(text(), now());
      break;
    case 1:
    case 2:
    case 3:
      r.itemEvent(number(), text(), text(), number(), number(), now());
      break;
    case 4:
      r.shopEvent(text(), text(), text(), now());
      break;
    case 7:
      r.setConsent(text(), now());
      break;
    case 9:
      r.request(number(), text(), text(), now());
      break;
    case 11:
      r.openSlot(number(), text(), now());
      break;
    case 5:
    case 6:
    case 8:
    case 10:
    case 12:
    case 13:
    case 21:
    case 23:
    case 29:
    case 30:
      anyCall();
      break;
    case 14:
      data_.ConsumeBool() ? r.flush(number(), now()) : r.flushWithin(number(), number(), now());
      break;
    case 15:
      data_.ConsumeBool() ? r.pause(now()) : r.resume(now());
      break;
    case 16:
      r.setPageState(number(), number(), now());
      break;
    case 17:
      data_.ConsumeBool() ? r.leaving(now()) : static_cast<void>(r.navigate(text(), now()));
      break;
    case 18:
      isSuspended_ = !isSuspended_;
      isSuspended_ ? r.suspend(now()) : r.restore(now());
      if (isSuspended_) sent_.clear();
      break;
    case 19:
    case 20:
      if (!claims_.empty()) {
        const std::string id = claims_.back();
        claims_.pop_back();
        if (data_.ConsumeBool()) {
          acknowledged_.clear();  // storage may hold what was acknowledged
          const bool isSpoilt = data_.ConsumeBool();
          isFed_ |= isSpoilt;
          r.claimed(id, storedAs(disk_, id, isSpoilt), now());
        } else {
          r.claimRefused(id, now());
        }
      } else {
        acknowledged_.clear();
        isFed_ = true;
        data_.ConsumeBool() ? r.claimed(text(), text(), now()) : r.claimRefused(text(), now());
      }
      break;
    case 22:
      data_.ConsumeBool() ? r.copied() : r.saveFailed(disk_.empty() ? text() : disk_.begin()->first, now());
      break;
    case 24:
    case 25:
      if (requests_.empty()) {
        r.requestDone(number(), number(), text(), text(), now());
      } else {
        const double id = requests_.back();
        requests_.pop_back();
        answerRequest(id);
      }
      break;
    case 26:
      r.watch(number(), text(), number(), now());
      break;
    case 27:
      r.itemVisible(number(), number(), number(), number(), pageMs());
      break;
    case 28:
      r.checkViews(pageMs(), now());
      break;
    default:
      r.wake(now());
  }
  drain();
  r.takeError();
  check(r.serveId(number()).size() < 5000, "a serve id");
  check(r.serveNumber(text()) >= -1, "a serve's number");
  check(!std::isnan(r.nextWakeMs()), "a timer at some time");
  checkMetrics();
}

void Page::drain() {
  const std::vector<Effect> effects = readEffects(runtime_->drainEffects());
  // As kMostEffects (simulation/tab.h), for a queue of 40 events. The data calls and slots of an input come on top.
  check(effects.size() <= 4 * 40 + 500, "a drain has a bounded number of effects");
  for (const Effect& effect : effects) perform(effect);
  check(named("send", readEffects(runtime_->drainEffects())).empty(), "a second drain sends nothing");
}

void Page::perform(const Effect& effect) {
  check(effect.isWhole(), "an effect of the list, with its fields");
  const std::string& name = effect.verb();
  const std::string consent = runtime_->consent();
  if (name == "save" || name == "mirror") {
    check(effect["key"].starts_with("vitrine:1:"), "only our own keys");
    const bool isWord = effect["key"] == "vitrine:1:optout" || effect["key"] == "vitrine:1:consent";
    check(consent == "granted" || isWord, "nothing but the shopper's word is stored without consent");
    check(isStored_, "nothing is stored where storage is not wanted");
    if (name == "save") disk_[effect["key"]] = effect["value"];
  } else if (name == "forget") {
    disk_.erase(effect["key"]);
  } else if (name == "claim") {
    claims_.push_back(effect["journalId"]);
  } else if (name == "send") {
    check(consent == "granted" || consent == "anonymous", "nothing is sent without consent");
    check(!isSuspended_, "nothing is sent from the back/forward cache");
    const std::string& body = effect["body"];
    const Wire wire(effect["url"], body);
    check(body.empty() || !wire.events.empty(), "a request tells something");
    check(isHeaders(effect["headersJson"]), "headers are an object");
    const double id = effect.number("requestId");
    requests_.push_back(id);
    if (consent != "granted") {
      const std::string text = effect["url"] + body;
      check(text.find(runtime_->visitorId()) == std::string::npos, "no visitor's id without consent");
      check(text.find(runtime_->sessionId(wallMs_)) == std::string::npos, "no session's id without consent");
    }
    for (const WireEvent& event : wire.events) {
      if (event.id.size() != 26) continue;  // no event's: an order's, which may come again another day
      check(!acknowledged_.contains(event.id), "nothing is sent again after its 2xx");
      sent_[id].insert(event.id);
    }
    if (!wire.batch.isObject()) return;
    for (const Json& event : member(wire.batch, "events")->children) {
      check(consent == "granted" || !member(event, "visitorId"), "no ids without consent");
      // A serve id made by the core belongs to one serve; a given id may belong to several.
      if (!member(event, "rule") || !stringMember(event, "serveId").starts_with("sv_")) continue;
      std::string item(stringMember(event, "pageId"));
      item.append(" ").append(stringMember(event, "serveId")).append(" ").append(stringMember(event, "itemId"));
      item += " " + std::to_string(numberMember(event, "position", -1));
      check(views_.emplace(item, idOf(event)).first->second == idOf(event), "one view per item per page view");
    }
  } else if (name == "ask") {
    check(isHeaders(effect["headersJson"]), "headers are an object");
    check(consent == "granted" || effect["body"].find("\"visitorId\":\"v_") == std::string::npos,
          "no ids without consent");
    requests_.push_back(effect.number("requestId"));
  } else if (name == "settle") {
    check(parseJson(effect["json"]).isObject(), "a promise settles with an object");
  }
}

void Page::checkMetrics() {
  const Json metrics = parseJson(runtime_->metrics(wallMs_));
  check(metrics.isObject(), "metrics are an object");
  const double queued = numberMember(metrics, "queued", -1), bytes = numberMember(metrics, "bytes", -1);
  check(queued >= 0 && queued <= 1000, "the queue is bounded");
  check(bytes >= queued && bytes <= 512 * 1024, "in bytes too");
}

// A timer does not ask for the same moment again and again.
void Page::checkTimer() {
  int wakes = 0;
  for (; runtime_->nextWakeMs() <= wallMs_ && wakes <= 100; ++wakes) {
    runtime_->wake(wallMs_);
    drain();
  }
  check(wakes <= 100, "a timer fires at most 100 times at one moment");
}

// A page that starts from the disk as it is now takes over all events.
void Page::checkRestart() {
  if (runtime_->consent() != "granted" || isSuspended_ || !isStored_ || isFed_) return;
  if (stringMember(parseJson(runtime_->metrics(wallMs_)), "storage") != "localStorage") return;
  const double queued = numberMember(parseJson(runtime_->metrics(wallMs_)), "queued", -1);
  std::set<std::string> journals;
  std::size_t lines = 0;
  for (const auto& [key, value] : disk_) {
    std::string_view journal;
    int number = 0;
    if (!key.starts_with(kJournalPrefix) || !readSegmentName(key, journal, number)) continue;
    journals.emplace(journal);
    for (std::size_t from = 0; from < value.size();) {
      const std::size_t end = std::min(value.find('\n', from), value.size());
      lines += value.substr(from, end - from) != kSegmentEnd;
      from = end + 1;
    }
  }
  check(static_cast<double>(lines) >= queued, "everything queued is on the disk");
  Text boot = R"({"config":{"provider":{"name":"refine","apiKey":"k","organizationId":"o","catalogId":"c"}},)"
              R"("seed":"5eed0f7he0ther9a6e","storage":"localStorage","journals":[)";
  for (const std::string& journal : journals) appendString(boot += boot.back() == '[' ? "" : ",", journal);
  Runtime next(boot + "]}", wallMs_);
  for (const std::string& journal : journals) next.claimed(journal, storedAs(disk_, journal, false), wallMs_);
  const double taken = numberMember(parseJson(next.metrics(wallMs_)), "queued", -1);
  check(taken == std::min(static_cast<double>(lines), 1000.0), "and the next page has it");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  FuzzedDataProvider data(bytes, size);
  Page page(data);
  for (int steps = 0; data.remaining_bytes() > 0 && steps < 400; ++steps) page.step();
  page.checkTimer();
  page.checkRestart();
  return 0;
}
