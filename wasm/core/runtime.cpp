#include "core/runtime.h"

#include <algorithm>

#include "core/bot.h"

namespace vitrine {
namespace {

// boot[group][key], "" if there is none.
std::string_view textIn(const Json& boot, const char* group, const char* key) {
  const Json* object = member(boot, group);
  return object ? stringMember(*object, key) : std::string_view();
}

const Json& configOf(const Json& boot) {
  const Json* config = member(boot, "config");
  return config ? *config : boot;  // never so from our own host; every option is then unknown, and told
}

}  // namespace

Runtime::Runtime(const std::string& boot, double nowMs)
    : now_{isTime(nowMs) ? nowMs : 0, isTime(nowMs) ? nowMs : 0},
      clock_(now_.wallMs),
      boot_(parseJson(boot)),
      config_(readConfig(configOf(boot_), effects_)),
      random_(stringMember(boot_, "seed")),
      provider_(makeProvider(config_.provider, config_.providerOptions, problems_)),
      identity_(random_, config_.events.sessionTimeoutMs),
      outbox_(config_.events, Custody::newJournalId(random_)),
      delivery_(config_.events, outbox_, *provider_, random_, effects_, lastRequest_),
      custody_(stringMember(boot_, "storage") == "localStorage" && config_.events.isPersistent && !config_.isServer,
               outbox_, delivery_, random_, effects_),
      calls_(*provider_, config_.calls, registry_, random_, effects_, lastRequest_),
      attribution_(config_.attribution),
      experiments_(config_.experiments, identity_),
      records_(identity_, attribution_, experiments_, custody_, effects_),
      tracker_(config_.events, random_, identity_, outbox_, delivery_, attribution_, effects_),
      views_(config_.viewability, tracker_, effects_),
      slots_(tracker_, effects_),
      consent_(Consent::kUnknown),
      askedConsent_(consentWith(config_, numberMember(boot_, "gpc", 0) != 0)) {
  for (const Problem& problem : problems_) effects_.log(LogLevel::kError, problem->code, problem->message);
  if (const std::string exposed = provider_->exposure(); !exposed.empty() && !textIn(boot_, "page", "url").empty())
    effects_.log(LogLevel::kWarn, "exposed-key", exposed);
  records_.load(member(boot_, "state"), now_.wallMs);
  tracker_.setBot(botOf(stringMember(boot_, "userAgent"), numberMember(boot_, "webdriver", 0) != 0));
  tracker_.setUrl(scrubUrl(textIn(boot_, "page", "url"), config_.privacy.scrub));
  tracker_.newPage(outbox_.ownId(), scrubUrl(textIn(boot_, "page", "referrer"), config_.privacy.scrub));
  isPrerendering_ = numberMember(boot_, "prerendering", 0) != 0;
  isMetricsHeard_ = numberMember(boot_, "notify", 0) != 0;
  delivery_.setVisible(numberMember(boot_, "visible", 1) != 0);
  views_.setVisible(delivery_.isVisible());
  delivery_.setOnline(numberMember(boot_, "online", 1) != 0);
  delivery_.setAllowed(false);
  slots_.setStrings(config_.strings);
  applyConsent();
  if (const Json* journals = member(boot_, "journals")) {
    for (const Json& journal : journals->children) custody_.claimForeign(journal.text);
  }
  boot_ = {};
  if (config_.tracksPage) tracker_.pageView(now_);
}

void Runtime::tick(double nowMs) {
  if (isTime(nowMs)) now_.wallMs = nowMs;
  now_.logicalMs = clock_.tick(now_.wallMs);
}

double Runtime::answer(const Problem& problem, double number) {
  if (!problem) return number;
  error_ = errorJson(*problem);
  return -1;
}

std::string Runtime::takeError() { return std::exchange(error_, {}); }

double Runtime::serve(const std::string& payload, double nowMs) {
  tick(nowMs);
  int number = -1;
  const Json served = parseJson(payload);
  const Problem problem = tracker_.serve(served, now_, number, calls_.slateOf(stringMember(served, "serveId")));
  return answer(problem, number);
}

double Runtime::itemEvent(double serve, const std::string& kind, const std::string& itemId, double position,
                          double quantity, double nowMs) {
  tick(nowMs);
  if (kind == "addToCart") registry_.addToCart(itemId);
  return answer(tracker_.itemEvent(tracker_.find(serve), kind, itemId, position, quantity, now_));
}

double Runtime::purchase(const std::string& payload, double nowMs) {
  tick(nowMs);
  return answer(tracker_.purchase(parseJson(payload), now_));
}

double Runtime::watch(double serve, const std::string& itemId, double position, double nowMs) {
  tick(nowMs);
  double number = -1;
  const Problem problem = views_.watch(serve, itemId, position, number);
  return answer(problem, number);
}

void Runtime::itemVisible(double watch, double visiblePx, double areaPx, double mostPx, double atMs, double nowMs) {
  tick(nowMs);
  views_.report(watch, visiblePx, areaPx, mostPx, atMs);
}

void Runtime::look(double pageMs, double nowMs) {
  tick(nowMs);
  views_.look(pageMs, now_);
}

double Runtime::identify(const std::string& userId, double nowMs) {
  tick(nowMs);
  return answer(tracker_.identify(userId, now_));
}

void Runtime::reset(double nowMs) {
  tick(nowMs);
  records_.reset(now_.wallMs);
  calls_.forget();
}

double Runtime::setConsent(const std::string& level, double nowMs) {
  tick(nowMs);
  Consent consent;
  if (!readConsent(level, consent)) {
    return answer(
        validationError("consent", "bad-argument", "Consent must be 'unknown', 'denied', 'anonymous' or 'granted'."));
  }
  askedConsent_ = consent;
  applyConsent();
  return 0;
}

void Runtime::optOut(double nowMs) {
  tick(nowMs);
  records_.setOptedOut(true);
  applyConsent();
}

void Runtime::optIn(double nowMs) {
  tick(nowMs);
  records_.setOptedOut(false);
  applyConsent();
}

void Runtime::applyConsent() {
  const Consent next = isPrerendering_ ? Consent::kUnknown : standingConsent();
  if (next == consent_) return;
  consent_ = next;
  tracker_.setConsent(next);
  delivery_.setAllowed(maySendEvents(next));
  if (next == Consent::kDenied) identity_.reset(now_.wallMs);  // a later yes begins with a new visitor
  custody_.setConsent(next, now_.logicalMs);
  records_.obeyConsent(next);
  delivery_.queued(now_.logicalMs, true);
}

std::string Runtime::consent() const { return consentName(consent_); }
std::string Runtime::visitorId() const { return identity_.visitorId(); }
std::string Runtime::userId() const { return identity_.userId(); }

std::string Runtime::sessionId(double nowMs) {
  tick(nowMs);
  return identity_.sessionId(now_.wallMs);
}

void Runtime::flushWithin(double callId, double timeoutMs, double nowMs) {
  tick(nowMs);
  delivery_.flush(callId, now_.logicalMs + std::max(0.0, timeoutMs));
}

void Runtime::pause(double nowMs) {
  tick(nowMs);
  delivery_.setPaused(true);
}

void Runtime::resume(double nowMs) {
  tick(nowMs);
  delivery_.setPaused(false);
  delivery_.queued(now_.logicalMs, true);
}

void Runtime::setPageState(double visible, double online, double nowMs) {
  tick(nowMs);
  const bool isVisible = visible != 0;
  delivery_.setOnline(online != 0);
  const bool isNews = isVisible != delivery_.isVisible();
  delivery_.setVisible(isVisible);  // said again at pagehide, for what came in between
  views_.setVisible(isVisible);
  if (isNews) custody_.setVisible(isVisible, now_.logicalMs);
}

void Runtime::leaving(double nowMs) {
  tick(nowMs);
  delivery_.leaving(now_.logicalMs);
}

double Runtime::navigate(const std::string& url, double nowMs) {
  tick(nowMs);
  std::string referrer = tracker_.url();
  if (!tracker_.setUrl(scrubUrl(url, config_.privacy.scrub))) return 0;
  tracker_.newRoute();
  newPage(Custody::newJournalId(random_), std::move(referrer));
  views_.settleLater(now_.logicalMs);
  return 1;
}

void Runtime::newPage(std::string_view pageId, std::string referrer) {
  tracker_.newPage(pageId, std::move(referrer));
  views_.newPage();
  if (config_.tracksPage) tracker_.pageView(now_);
}

void Runtime::pageView(double nowMs) {
  tick(nowMs);
  tracker_.pageView(now_);
}

void Runtime::activate(double nowMs) {
  tick(nowMs);
  isPrerendering_ = false;
  applyConsent();
}

void Runtime::suspend(double nowMs) {
  tick(nowMs);
  views_.setVisible(false);
  delivery_.setVisible(false);
  delivery_.handOver(now_.logicalMs, now_.wallMs);
  save();
  custody_.suspend();
}

void Runtime::restore(double nowMs) {
  tick(nowMs);
  custody_.restore(now_.logicalMs);
  newPage(Custody::newJournalId(random_), {});
}

void Runtime::claimed(const std::string& journalId, const std::string& segments, double nowMs) {
  tick(nowMs);
  custody_.claimed(journalId, segments, now_.logicalMs);
}

void Runtime::claimRefused(const std::string& journalId, double nowMs) {
  tick(nowMs);
  custody_.claimRefused(journalId, now_.logicalMs);
}

void Runtime::found(const std::string& stored, const std::string& mirrored, double nowMs) {
  tick(nowMs);
  custody_.found(stored, mirrored);
}

void Runtime::saveFailed(const std::string& key, double nowMs) {
  tick(nowMs);
  records_.failed(key);
  if (!custody_.saveFailed(key, now_.logicalMs)) return;
  effects_.log(LogLevel::kWarn, "storage",
               "localStorage takes no more (full or switched off); events are kept in memory meanwhile.");
}

void Runtime::storageChanged(const std::string& key, const std::string& value, double nowMs) {
  tick(nowMs);
  records_.changed(key, value, now_.wallMs);
  applyConsent();
}

void Runtime::save() {
  records_.save(now_, !delivery_.isVisible() || delivery_.isDue(now_.logicalMs));
  custody_.save(now_.logicalMs);
}

void Runtime::wake(double nowMs) {
  tick(nowMs);
  custody_.wake(now_.logicalMs);
  slots_.wake(now_);
  views_.wake(now_.logicalMs);
}

double Runtime::nextWakeMs() const {
  return clock_.wall(std::min({delivery_.nextWakeMs(now_.logicalMs), custody_.nextWakeMs(now_.logicalMs),
                               slots_.nextWakeMs(), calls_.nextWakeMs(), views_.nextWakeMs(), records_.nextWakeMs()}));
}

std::string Runtime::drainEffects() {
  calls_.advance(now_.logicalMs);
  hearCalls();
  save();  // before anything is sent: what the receiver may have seen is never unknown to storage
  delivery_.advance(now_.logicalMs, now_.wallMs);
  custody_.save(now_.logicalMs);  // what was taken for delivered on the way out must not await the next page
  custody_.mirror(now_.logicalMs);
  if (isMetricsHeard_) notifyMetrics();
  return effects_.drain();
}

void Runtime::notifyMetrics() {
  std::string now = metrics(now_.wallMs);
  now.erase(now.find("\"oldestMs\""));  // age alone is no news
  if (now == heardMetrics_) return;
  heardMetrics_ = std::move(now);
  effects_.notify("metrics");
}

std::string Runtime::metrics(double nowMs) const {
  std::string out;
  JsonObject json(out);
  delivery_.describe(json);
  const TimeMs oldest = outbox_.oldestAtMs();
  json.add("storage", custody_.takesWrites(now_.logicalMs) ? "localStorage" : "memory");
  json.add("oldestMs", oldest == kNever ? 0 : std::max(0.0, nowMs - oldest));
  json.close();
  return out;
}

}  // namespace vitrine
