#include "runtime/tracking_runtime.h"

#include <algorithm>

#include "model/ids.h"
#include "model/names.h"
#include "services/make_service.h"
#include "shopper/bot.h"

namespace vitrine {
namespace {

// Returns boot[group][key]; "" if there is none.
std::string_view textIn(const Json& boot, const char* group, const char* key) {
  const Json* object = member(boot, group);
  return object ? stringMember(*object, key) : std::string_view();
}

const Json& configOf(const Json& boot) {
  const Json* config = member(boot, "config");
  // Our host always sends a config. Without one, every member of boot is logged as an unknown option.
  return config ? *config : boot;
}

std::unique_ptr<Service> serviceOf(Config& config, List<Problem>& problems) {
  auto service = makeService(config.serviceName, config.serviceOptions, problems);
  config.tracking.sendsAddress = service->wantsAddress();
  // A service was meant, so its events must not go to the shop's own collector alone: they wait.
  if (service->isNone() && !config.serviceName.empty()) config.delivery.url.clear();
  return service;
}

}  // namespace

TrackingRuntime::TrackingRuntime(const Text& boot, double nowMs)
    : now_{isTime(nowMs) ? nowMs : 0, isTime(nowMs) ? nowMs : 0},
      clock_(now_.wallMs),
      boot_(parseJson(boot)),
      config_(readConfig(configOf(boot_), effects_)),
      random_(stringMember(boot_, "seed")),
      service_(serviceOf(config_, problems_)),
      identity_(random_, config_.sessionTimeoutMs),
      queue_(config_.delivery,
             stringMember(boot_, "storage") == "localStorage" && config_.isPersistent && !config_.isServer, *service_,
             random_, effects_, lastRequest_),
      attribution_(config_.attribution),
      orders_(random_),
      experiments_(config_.experiments, identity_),
      sharedState_(identity_, attribution_, orders_, experiments_, queue_, effects_),
      tracker_(config_.tracking, random_, identity_, queue_, attribution_, orders_, effects_),
      views_(config_.viewability, tracker_, effects_),
      consent_(Consent::kUnknown),
      hasGpc_(numberMember(boot_, "gpc", 0) != 0) {
  service_->lend(identity_.visitorId(), identity_.ticket());
  // Without a service, a shop's own collector is enough.
  if (service_->isNone() && !config_.delivery.url.empty()) problems_.clear();
  if (!service_->isNone())
    reportUnknown(config_.serviceOptions, "provider", service_->optionNames(), "bad-option", effects_);
  for (const Problem& problem : problems_)
    effects_.log(LogLevel::kError, problem->code, problem->message, errorJson(*problem));
  if (const Text exposed = service_->exposure(); !exposed.empty() && !textIn(boot_, "page", "url").empty())
    effects_.log(LogLevel::kWarn, "exposed-key", exposed);
  queue_.tick(now_.wallMs);
  sharedState_.load(member(boot_, "state"), now_.wallMs);
  if (config_.isServer) identity_.assume(config_.visitorId, config_.sessionId, config_.userId);
  tracker_.setBot(botOf(stringMember(boot_, "userAgent"), numberMember(boot_, "webdriver", 0) != 0));
  pageAddress_ = scrubUrl(textIn(boot_, "page", "url"), config_.privacy);
  tracker_.setUrl(pageAddress_);
  tracker_.newPage(queue_.journalId(), scrubUrl(textIn(boot_, "page", "referrer"), config_.privacy));
  const std::string_view viewing = textIn(boot_, "page", "viewing");
  if (isId(viewing))
    tracker_.setPageItem(viewing);
  else if (!viewing.empty())
    effects_.log(LogLevel::kWarn, "bad-argument",
                 "data-vitrine-viewing is no product id and is ignored. Mend the page's template.");
  isPrerendering_ = numberMember(boot_, "prerendering", 0) != 0;
  if (numberMember(boot_, "hooks", 0) != 0) queue_.hold();
  notifiesMetrics_ = numberMember(boot_, "notify", 0) != 0;
  const bool isVisible = numberMember(boot_, "visible", 1) != 0;
  queue_.setVisible(isVisible, now_.logicalMs);
  views_.setVisible(isVisible);
  queue_.setOnline(numberMember(boot_, "online", 1) != 0);
  applyConsent();
  if (const Json* journals = member(boot_, "journals")) {
    for (const Json& journal : journals->children) queue_.claim(journal.text);
  }
  boot_ = {};
  if (config_.tracksPage) tracker_.pageView(now_);
}

TrackingRuntime::Parts TrackingRuntime::parts() {
  return {.config = config_,
          .service = *service_,
          .clock = clock_,
          .now = now_,
          .random = random_,
          .effects = effects_,
          .lastRequest = lastRequest_,
          .identity = identity_,
          .experiments = experiments_,
          .tracker = tracker_};
}

Asker TrackingRuntime::asker() {
  Asker asker;
  asker.pageId = tracker_.pageId();
  asker.url = tracker_.url();
  asker.wallMs = now_.wallMs;
  asker.isAllowed = maySendIds();
  if (!asker.isAllowed) return asker;
  asker.visitorId = identity_.visitorId();
  asker.sessionId = identity_.sessionId(now_.wallMs);
  asker.userId = identity_.userId();
  asker.ticket = identity_.ticket();
  return asker;
}

void TrackingRuntime::tick(double nowMs) {
  if (isTime(nowMs)) now_.wallMs = nowMs;
  now_.logicalMs = clock_.tick(now_.wallMs);
  queue_.tick(now_.wallMs);
}

double TrackingRuntime::resultOf(const Problem& problem, double number) {
  if (!problem) return number;
  error_ = errorJson(*problem);
  return -1;
}

Text TrackingRuntime::takeError() { return std::exchange(error_, {}); }

double TrackingRuntime::serve(const Text& payload, double nowMs) { return serve(parseJson(payload), nullptr, nowMs); }

double TrackingRuntime::serve(const Json& served, const Shared<const Slate>& slate, double nowMs) {
  tick(nowMs);
  int number = -1;
  reportUnknown(served, "serve", "surface source itemIds serveId query anchorId totalResults sortBy filters",
                kUnknownField, effects_);
  const Problem problem = tracker_.serve(served, now_, number, slate);
  return resultOf(problem, number);
}

double TrackingRuntime::itemEvent(double serve, const Text& kind, const Text& itemId, double position, double quantity,
                                  double nowMs) {
  tick(nowMs);
  return resultOf(tracker_.itemEvent(serve, kind, itemId, position, quantity, now_));
}

double TrackingRuntime::shopEvent(const Text& kind, const Json& payload, const Text& storedOrders, double nowMs) {
  if (storedOrders.empty())
    tick(nowMs);
  else
    storageChanged(kOrdersKey, storedOrders, nowMs);
  return resultOf(tracker_.shopEvent(kind, payload, now_));
}

double TrackingRuntime::watch(double serve, const Text& itemId, double position, double nowMs) {
  tick(nowMs);
  double number = -1;
  const Problem problem = views_.watch(serve, itemId, position, number);
  return resultOf(problem, number);
}

double TrackingRuntime::checkViews(double pageMs, double nowMs) {
  tick(nowMs);
  return views_.look(pageMs, now_) ? 1 : 0;
}

double TrackingRuntime::identify(const Text& userId, double nowMs) {
  tick(nowMs);
  return resultOf(tracker_.identify(userId, sharedState_, now_));
}

void TrackingRuntime::reset(double nowMs) {
  tick(nowMs);
  sharedState_.reset(now_.wallMs);
  tracker_.beginShopper();
}

double TrackingRuntime::setConsent(const Text& level, double nowMs) {
  tick(nowMs);
  Consent consent;
  if (!readConsent(level, consent)) {
    return resultOf(
        validationError("consent", "bad-argument", "Consent must be 'unknown', 'denied', 'anonymous' or 'granted'."));
  }
  isSaidHere_ = true;
  sharedState_.setSaid(consent);
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
  if (next != consent_) {
    consent_ = next;
    tracker_.setConsent(next);
    if (next == Consent::kDenied) identity_.reset(now_.wallMs);  // a later consent begins with a new visitor
    queue_.setConsent(next, now_.logicalMs);
    sharedState_.obeyConsent(next);
  }
  tracker_.noteShopper();
}

Consent TrackingRuntime::standingConsent() const {
  if (sharedState_.isOptedOut()) return Consent::kDenied;
  return isSaidHere_ ? sharedState_.said() : consentWith(config_, hasGpc_, sharedState_.said());
}

Text TrackingRuntime::consent() const { return consentName(consent_); }
Text TrackingRuntime::visitorId() const { return identity_.visitorId(); }
Text TrackingRuntime::userId() const { return identity_.userId(); }

Text TrackingRuntime::sessionId(double nowMs) {
  tick(nowMs);
  return identity_.sessionId(now_.wallMs);
}

void TrackingRuntime::flushWithin(double callId, double timeoutMs, double nowMs) {
  tick(nowMs);
  queue_.flush(callId, now_.logicalMs + std::max(0.0, timeoutMs));
}

void TrackingRuntime::pause(double nowMs) {
  tick(nowMs);
  queue_.setPaused(true, now_.logicalMs);
}

void TrackingRuntime::resume(double nowMs) {
  tick(nowMs);
  queue_.setPaused(false, now_.logicalMs);
}

void TrackingRuntime::setPageState(double visible, double online, double nowMs) {
  tick(nowMs);
  const bool isVisible = visible != 0;
  queue_.setOnline(online != 0);
  queue_.setVisible(isVisible, now_.logicalMs);
  views_.setVisible(isVisible);
}

void TrackingRuntime::leaving(double nowMs) {
  tick(nowMs);
  queue_.leaving(now_.logicalMs);
}

double TrackingRuntime::navigateBy(double how, const Text& url, double nowMs) {
  tick(nowMs);
  const bool isShops = how > 1;
  const Text next = url.empty() ? tracker_.url() : scrubUrl(url, config_.privacy);
  const auto page = [&](const Text& of) { return pageOf(of, how != 0, config_.pageViews); };
  const bool isNew = isShops ? next != tracker_.pageUrl() : page(pageAddress_) != page(next);
  Text referrer = isShops ? tracker_.pageUrl() : tracker_.url();
  // An address that the shop has given stays, until the page's own one begins a page view.
  if (isShops || isNew || tracker_.url() == pageAddress_) tracker_.setUrl(next);
  if (!isShops) pageAddress_ = next;
  if (!isNew) return 0;
  views_.newRoute();
  newPage(std::move(referrer));
  views_.settleLater(now_.logicalMs);
  return 1;
}

void TrackingRuntime::newPage(Text referrer) {
  tracker_.newPage(newPageId(random_), std::move(referrer));
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

void TrackingRuntime::requestDone(double requestId, double status, const Text& retryAfter, std::string_view body,
                                  double nowMs) {
  tick(nowMs);
  deliveryDone(numberOf(requestId), statusOf(status), retryAfter, body);
}

bool TrackingRuntime::deliveryDone(std::uint32_t number, int status, const Text& retryAfter, std::string_view body) {
  const bool isDone = queue_.requestDone(number, {status, retryAfter, body}, now_);
  const Text ticket = service_->takeTicket();
  if (!ticket.empty() && maySendIds()) identity_.setTicket(ticket);
  return isDone;
}

std::uint32_t TrackingRuntime::numberOf(double requestId) {
  return requestId >= 1 ? static_cast<std::uint32_t>(std::min(requestId, 4294967295.0)) : 0;
}

int TrackingRuntime::statusOf(double status) {
  return status >= kStatusUnsent ? static_cast<int>(std::min(status, 999.0)) : kStatusNetwork;
}

Text TrackingRuntime::variant(const Text& experiment, double nowMs) {
  tick(nowMs);
  bool isFirst = false;
  const Text name = experiments_.expose(experiment, isFirst);
  if (isFirst) tracker_.exposure(experiment, name, now_);
  return name;
}

void TrackingRuntime::suspend(double nowMs) {
  tick(nowMs);
  views_.setVisible(false);
  queue_.setVisible(false, now_.logicalMs);
  sharedState_.save(now_);
  queue_.suspend(now_.logicalMs);
}

void TrackingRuntime::restore(double nowMs) {
  tick(nowMs);
  queue_.restore(now_.logicalMs);
  newPage({});
  views_.newPage();
}

void TrackingRuntime::claimed(const Text& journalId, const Text& segments, double nowMs) {
  tick(nowMs);
  queue_.claimed(journalId, segments, now_.logicalMs);
}

void TrackingRuntime::claimRefused(const Text& journalId, double nowMs) {
  tick(nowMs);
  queue_.claimRefused(journalId, now_.logicalMs);
}

void TrackingRuntime::found(const Text& stored, const Text& mirrored, double nowMs) {
  tick(nowMs);
  sharedState_.restore(mirrored, now_.wallMs);
  tracker_.noteShopper(true);
  applyConsent();
  queue_.found(stored, mirrored, now_.logicalMs);
}

void TrackingRuntime::saveFailed(const Text& key, double nowMs) {
  tick(nowMs);
  sharedState_.failed(key);
  queue_.saveFailed(key, now_.logicalMs);
}

void TrackingRuntime::storageChanged(const Text& key, const Text& value, double nowMs) {
  tick(nowMs);
  sharedState_.changed(key, value, now_.wallMs);
  applyConsent();
}

void TrackingRuntime::wake(double nowMs) {
  tick(nowMs);
  wakes_.spend(now_.logicalMs);
  queue_.wake(now_.logicalMs);
  views_.wake(now_.logicalMs);
}

double TrackingRuntime::nextWakeMs() const {
  return wakeAt(std::min({queue_.nextWakeMs(now_.logicalMs), views_.nextWakeMs(), sharedState_.nextWakeMs()}));
}

Text TrackingRuntime::drainEffects() {
  sharedState_.save(now_);
  queue_.advance(now_);
  if (notifiesMetrics_) notifyMetrics();
  return effects_.drain();
}

void TrackingRuntime::notifyMetrics() {
  Text now = metrics(now_.wallMs);
  now.erase(now.find("\"oldestMs\""));  // a change of age alone is not reported
  if (now == lastMetrics_) return;
  lastMetrics_ = std::move(now);
  effects_.notify("metrics");
}

Text TrackingRuntime::metrics(double nowMs) const {
  Text out;
  JsonObject json(out);
  queue_.describe(json, {nowMs, now_.logicalMs});
  json.close();
  return out;
}

}  // namespace vitrine
