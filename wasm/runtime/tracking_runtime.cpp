#include "runtime/tracking_runtime.h"

#include <algorithm>

#include "services/make_service.h"
#include "shopper/bot.h"

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

TrackingRuntime::TrackingRuntime(const std::string& boot, double nowMs)
    : now_{isTime(nowMs) ? nowMs : 0, isTime(nowMs) ? nowMs : 0},
      clock_(now_.wallMs),
      boot_(parseJson(boot)),
      config_(readConfig(configOf(boot_), effects_)),
      random_(stringMember(boot_, "seed")),
      service_(makeService(config_.serviceName, config_.serviceOptions, problems_)),
      identity_(random_, config_.sessionTimeoutMs),
      outbox_(config_.delivery, Persistence::newJournalId(random_)),
      delivery_(config_.delivery, outbox_, *service_, random_, effects_, lastRequest_),
      persistence_(stringMember(boot_, "storage") == "localStorage" && config_.isPersistent && !config_.isServer,
                   outbox_, delivery_, random_, effects_),
      attribution_(config_.attribution),
      experiments_(config_.experiments, identity_),
      sharedState_(identity_, attribution_, experiments_, persistence_, effects_),
      tracker_(config_.tracking, config_.delivery, random_, identity_, outbox_, delivery_, attribution_, effects_),
      views_(config_.viewability, tracker_, effects_),
      consent_(Consent::kUnknown),
      askedConsent_(consentWith(config_, numberMember(boot_, "gpc", 0) != 0)) {
  for (const Problem& problem : problems_) effects_.log(LogLevel::kError, problem->code, problem->message);
  if (const std::string exposed = service_->exposure(); !exposed.empty() && !textIn(boot_, "page", "url").empty())
    effects_.log(LogLevel::kWarn, "exposed-key", exposed);
  sharedState_.load(member(boot_, "state"), now_.wallMs);
  tracker_.setBot(botOf(stringMember(boot_, "userAgent"), numberMember(boot_, "webdriver", 0) != 0));
  tracker_.setUrl(scrubUrl(textIn(boot_, "page", "url"), config_.privacy.scrub));
  tracker_.newPage(outbox_.ownId(), scrubUrl(textIn(boot_, "page", "referrer"), config_.privacy.scrub));
  tracker_.setPageItem(textIn(boot_, "page", "viewing"));
  isPrerendering_ = numberMember(boot_, "prerendering", 0) != 0;
  isMetricsHeard_ = numberMember(boot_, "notify", 0) != 0;
  delivery_.setVisible(numberMember(boot_, "visible", 1) != 0);
  views_.setVisible(delivery_.isVisible());
  delivery_.setOnline(numberMember(boot_, "online", 1) != 0);
  delivery_.setAllowed(false);
  applyConsent();
  if (const Json* journals = member(boot_, "journals")) {
    for (const Json& journal : journals->children) persistence_.claimForeign(journal.text);
  }
  boot_ = {};
  if (config_.tracksPage) tracker_.pageView(now_);
}

void TrackingRuntime::tick(double nowMs) {
  if (isTime(nowMs)) now_.wallMs = nowMs;
  now_.logicalMs = clock_.tick(now_.wallMs);
}

double TrackingRuntime::answer(const Problem& problem, double number) {
  if (!problem) return number;
  error_ = errorJson(*problem);
  return -1;
}

std::string TrackingRuntime::takeError() { return std::exchange(error_, {}); }

double TrackingRuntime::serve(const std::string& payload, double nowMs) {
  tick(nowMs);
  return serveOf(parseJson(payload), nullptr);
}

double TrackingRuntime::serveOf(const Json& served, const std::shared_ptr<const Slate>& slate) {
  int number = -1;
  const Problem problem = tracker_.serve(served, now_, number, slate);
  return answer(problem, number);
}

double TrackingRuntime::itemEvent(double serve, const std::string& kind, const std::string& itemId, double position,
                                  double quantity, double nowMs) {
  tick(nowMs);
  return answer(tracker_.itemEvent(tracker_.find(serve), kind, itemId, position, quantity, now_));
}

double TrackingRuntime::purchase(const std::string& payload, double nowMs) {
  tick(nowMs);
  return answer(tracker_.purchase(parseJson(payload), now_));
}

double TrackingRuntime::watch(double serve, const std::string& itemId, double position, double nowMs) {
  tick(nowMs);
  double number = -1;
  const Problem problem = views_.watch(serve, itemId, position, number);
  return answer(problem, number);
}

double TrackingRuntime::look(double pageMs, double nowMs) {
  tick(nowMs);
  return views_.look(pageMs, now_) ? 1 : 0;
}

double TrackingRuntime::identify(const std::string& userId, double nowMs) {
  tick(nowMs);
  return answer(tracker_.identify(userId, now_));
}

void TrackingRuntime::reset(double nowMs) {
  tick(nowMs);
  sharedState_.reset(now_.wallMs);
}

double TrackingRuntime::setConsent(const std::string& level, double nowMs) {
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

void TrackingRuntime::optOut(double nowMs) {
  tick(nowMs);
  sharedState_.setOptedOut(true);
  applyConsent();
}

void TrackingRuntime::optIn(double nowMs) {
  tick(nowMs);
  sharedState_.setOptedOut(false);
  applyConsent();
}

void TrackingRuntime::applyConsent() {
  const Consent next = isPrerendering_ ? Consent::kUnknown : standingConsent();
  if (next == consent_) return;
  consent_ = next;
  tracker_.setConsent(next);
  delivery_.setAllowed(maySendEvents(next));
  if (next == Consent::kDenied) identity_.reset(now_.wallMs);  // a later yes begins with a new visitor
  persistence_.setConsent(next, now_.logicalMs);
  sharedState_.obeyConsent(next);
  delivery_.queued(now_.logicalMs, true);
}

std::string TrackingRuntime::consent() const { return consentName(consent_); }
std::string TrackingRuntime::visitorId() const { return identity_.visitorId(); }
std::string TrackingRuntime::userId() const { return identity_.userId(); }

std::string TrackingRuntime::sessionId(double nowMs) {
  tick(nowMs);
  return identity_.sessionId(now_.wallMs);
}

void TrackingRuntime::flushWithin(double callId, double timeoutMs, double nowMs) {
  tick(nowMs);
  delivery_.flush(callId, now_.logicalMs + std::max(0.0, timeoutMs));
}

void TrackingRuntime::pause(double nowMs) {
  tick(nowMs);
  delivery_.setPaused(true);
}

void TrackingRuntime::resume(double nowMs) {
  tick(nowMs);
  delivery_.setPaused(false);
  delivery_.queued(now_.logicalMs, true);
}

void TrackingRuntime::setPageState(double visible, double online, double nowMs) {
  tick(nowMs);
  const bool isVisible = visible != 0;
  delivery_.setOnline(online != 0);
  const bool hasChanged = isVisible != delivery_.isVisible();
  delivery_.setVisible(isVisible);  // said again at pagehide, for what came in between
  views_.setVisible(isVisible);
  if (hasChanged) persistence_.setVisible(isVisible, now_.logicalMs);
}

void TrackingRuntime::leaving(double nowMs) {
  tick(nowMs);
  delivery_.leaving(now_.logicalMs);
}

double TrackingRuntime::navigate(const std::string& url, double nowMs) {
  tick(nowMs);
  std::string referrer = tracker_.url();
  if (!tracker_.setUrl(scrubUrl(url, config_.privacy.scrub))) return 0;
  tracker_.newRoute();
  newPage(Persistence::newJournalId(random_), std::move(referrer));
  views_.settleLater(now_.logicalMs);
  return 1;
}

void TrackingRuntime::newPage(std::string_view pageId, std::string referrer) {
  tracker_.newPage(pageId, std::move(referrer));
  views_.newPage();
  if (config_.tracksPage) tracker_.pageView(now_);
}

void TrackingRuntime::pageView(double nowMs) {
  tick(nowMs);
  tracker_.pageView(now_);
}

void TrackingRuntime::activate(double nowMs) {
  tick(nowMs);
  isPrerendering_ = false;
  applyConsent();
}

void TrackingRuntime::requestDone(double requestId, double status, const std::string& retryAfter, std::string_view body,
                                  double nowMs) {
  tick(nowMs);
  delivery_.requestDone(numberOf(requestId), statusOf(status), retryAfter, body, now_.logicalMs, now_.wallMs);
}

std::uint32_t TrackingRuntime::numberOf(double requestId) {
  return requestId >= 1 ? static_cast<std::uint32_t>(std::min(requestId, 4294967295.0)) : 0;
}

int TrackingRuntime::statusOf(double status) {
  return status >= kStatusUnsent ? static_cast<int>(std::min(status, 999.0)) : kStatusNetwork;
}

std::string TrackingRuntime::variant(const std::string& experiment, double nowMs) {
  tick(nowMs);
  bool isFirst = false;
  const std::string name = experiments_.expose(experiment, isFirst);
  if (isFirst) tracker_.exposure(experiment, name, now_);
  return name;
}

void TrackingRuntime::suspend(double nowMs) {
  tick(nowMs);
  views_.setVisible(false);
  delivery_.setVisible(false);
  delivery_.handOver();
  save();
  persistence_.suspend();
}

void TrackingRuntime::restore(double nowMs) {
  tick(nowMs);
  persistence_.restore(now_.logicalMs);
  newPage(Persistence::newJournalId(random_), {});
}

void TrackingRuntime::claimed(const std::string& journalId, const std::string& segments, double nowMs) {
  tick(nowMs);
  persistence_.claimed(journalId, segments, now_.logicalMs);
}

void TrackingRuntime::claimRefused(const std::string& journalId, double nowMs) {
  tick(nowMs);
  persistence_.claimRefused(journalId, now_.logicalMs);
}

void TrackingRuntime::found(const std::string& stored, const std::string& mirrored, double nowMs) {
  tick(nowMs);
  persistence_.found(stored, mirrored);
}

void TrackingRuntime::saveFailed(const std::string& key, double nowMs) {
  tick(nowMs);
  sharedState_.failed(key);
  if (!persistence_.saveFailed(key, now_.logicalMs)) return;
  effects_.log(LogLevel::kWarn, "storage",
               "localStorage takes no more (full or switched off); events are kept in memory meanwhile.");
}

void TrackingRuntime::storageChanged(const std::string& key, const std::string& value, double nowMs) {
  tick(nowMs);
  sharedState_.changed(key, value, now_.wallMs);
  applyConsent();
}

void TrackingRuntime::save() {
  sharedState_.save(now_, delivery_.isEnding(now_.logicalMs));
  persistence_.save(now_.logicalMs);
}

void TrackingRuntime::wake(double nowMs) {
  tick(nowMs);
  persistence_.wake(now_.logicalMs);
  views_.wake(now_.logicalMs);
}

double TrackingRuntime::nextWakeMs() const {
  return clock_.wall(std::min({delivery_.nextWakeMs(now_.logicalMs), persistence_.nextWakeMs(now_.logicalMs),
                               views_.nextWakeMs(), sharedState_.nextWakeMs()}));
}

std::string TrackingRuntime::drainEffects() {
  save();  // before anything is sent: what the receiver may have seen is never unknown to storage
  delivery_.advance(now_.logicalMs, now_.wallMs);
  persistence_.sent(now_.logicalMs);
  if (isMetricsHeard_) notifyMetrics();
  return effects_.drain();
}

void TrackingRuntime::notifyMetrics() {
  std::string now = metrics(now_.wallMs);
  now.erase(now.find("\"oldestMs\""));  // age alone is no news
  if (now == heardMetrics_) return;
  heardMetrics_ = std::move(now);
  effects_.notify("metrics");
}

std::string TrackingRuntime::metrics(double nowMs) const {
  std::string out;
  JsonObject json(out);
  delivery_.describe(json);
  const TimeMs oldest = outbox_.oldestAtMs();
  json.add("storage", persistence_.takesWrites(now_.logicalMs) ? "localStorage" : "memory");
  json.add("oldestMs", oldest == kNever ? 0 : std::max(0.0, nowMs - oldest));
  json.close();
  return out;
}

}  // namespace vitrine
