// The machine: inputs in, effects out, time always an argument. Here the rooms are put together that know the shopper
// and tell what the shopper does; runtime.h adds those that ask for products and show them. A page that only tracks is
// served with this half alone.
//
// Inputs are what happened or what is wished; they return at once. What is to be done about it waits in drainEffects(),
// to be called after the inputs of a task, then nextWakeMs() says when to call wake(). nowMs is always wall time (epoch
// ms) and may jump. Methods that have a caller to answer give a number: 0 or more if accepted, -1 if not; takeError()
// says why.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "delivery/queue.h"
#include "runtime/config.h"
#include "services/service.h"
#include "shopper/experiments.h"
#include "tracking/shared_state.h"
#include "tracking/views.h"

namespace vitrine {

class TrackingRuntime {
 public:
  // boot: {config, seed: 32 hex digits, page: {url, referrer, title}, visible, online, gpc, webdriver, userAgent,
  // prerendering, storage: "localStorage" | "memory", state: {key: value}, journals: [id], notify: 1 if anybody listens
  // to metrics}. Never fails: what is wrong becomes a log effect.
  TrackingRuntime(const std::string& boot, double nowMs);
  TrackingRuntime(const TrackingRuntime&) = delete;
  TrackingRuntime& operator=(const TrackingRuntime&) = delete;

  // Products were displayed (serve.h). Answers the serve's number for itemEvent.
  double serve(const std::string& payload, double nowMs);
  // The id of a serve, given or made; "" for an unknown number. And the number of a serve of this id, or -1.
  std::string serveId(double serve) const { return tracker_.serveId(serve); }
  double serveNumber(const std::string& serveId) const { return tracker_.numberOf(serveId); }
  // kind: "view", "click" or "addToCart". position -1, quantity 0: not said.
  double itemEvent(double serve, const std::string& kind, const std::string& itemId, double position, double quantity,
                   double nowMs);
  // storedTouch: what localStorage holds under the key "vitrine:1:touch" now, "" if nothing. Another tab may have
  // recorded the same order a moment ago, while its storage event is still on the way.
  double purchase(const std::string& payload, const std::string& storedTouch, double nowMs);

  // Viewability (views.h). watch returns a number for the item, valid until unwatch. itemVisible: this much of the item
  // is visible since atMs; returns 1 if checkViews is to follow. checkViews: everything until pageMs is reported;
  // returns 1 if that caused effects or another wake time. atMs and pageMs: the page's clock (performance.now()), which
  // never jumps.
  double watch(double serve, const std::string& itemId, double position, double nowMs);
  void unwatch(double watch) { views_.unwatch(watch); }
  double itemVisible(double watch, double visiblePx, double areaPx, double mostPx, double atMs) {
    return views_.report(watch, visiblePx, areaPx, mostPx, atMs) ? 1 : 0;
  }
  double checkViews(double pageMs, double nowMs);
  // Shares of an item at which it matters how much of it is visible, ascending: "0.3,0.5".
  std::string viewRatios() const { return views_.ratios(); }

  // Why the last input was answered -1: JSON of error.h.
  std::string takeError();

  double identify(const std::string& userId, double nowMs);
  void reset(double nowMs);
  double setConsent(const std::string& level, double nowMs);
  // What is in force: the level set last (by configuration, Global Privacy Control or setConsent), or "denied" after
  // optOut().
  std::string consent() const;
  // The shopper's own refusal, above any setConsent(); kept for later pages until optIn().
  void optOut(double nowMs);
  void optIn(double nowMs);
  std::string visitorId() const;
  std::string sessionId(double nowMs);
  std::string userId() const;

  // An answer to a send effect, or how it failed (retry.h); body is read where the service wants to know it.
  void requestDone(double requestId, double status, const std::string& retryAfter, std::string_view body, double nowMs);

  // The variant that this visitor has in a configured experiment, "" in one that is not; recorded once (experiments.h).
  std::string variant(const std::string& experiment, double nowMs);

  // Settles callId with {delivered, remaining, reason?}, never as an error (delivery.h).
  void flush(double callId, double nowMs) { flushWithin(callId, kNever, nowMs); }
  // The same, but after timeoutMs at the latest: for a redirect that cannot wait for a slow network.
  void flushWithin(double callId, double timeoutMs, double nowMs);
  void pause(double nowMs);
  void resume(double nowMs);

  void setPageState(double visible, double online, double nowMs);
  // The shopper has started to go elsewhere (followed a link, sent a form): what waits goes out now, while an answer
  // can still be heard. What has to be sent from a page that is already hidden is mostly sent twice.
  void leaving(double nowMs);
  // The address is another one now. Another route is another page view: serves of the one before last end, views are
  // counted anew; answers 1 then, else 0.
  double navigate(const std::string& url, double nowMs);
  // Tells of this page view, unless that was done (autoTrack does it).
  void pageView(double nowMs);
  // The shopper has come to a page that was made in advance: what was held is told.
  void activate(double nowMs);
  // Into and out of the back/forward cache. The host gives up all locks at suspend.
  void suspend(double nowMs);
  void restore(double nowMs);

  void claimed(const std::string& journalId, const std::string& segments, double nowMs);
  void claimRefused(const std::string& journalId, double nowMs);
  // Answer to scan: names of all segments in storage and in the crash-proof copy, ["<journal>:<number>", …] each.
  void found(const std::string& stored, const std::string& mirrored, double nowMs);
  // What mirror and unmirror have asked for has ended, well or not.
  void copied() { queue_.mirrorDone(); }
  void saveFailed(const std::string& key, double nowMs);
  // Another tab wrote (value) or removed ("") a key; key "" means all of storage was cleared.
  void storageChanged(const std::string& key, const std::string& value, double nowMs);

  void wake(double nowMs);
  double nextWakeMs() const;
  // {queued, sent, failed, retrying, dropped: {reason: n}, bytes, oldestMs, lastError, storage}
  std::string metrics(double nowMs) const;
  std::string drainEffects();

  // The rest of the public methods is no part of the seam: Runtime, which adds products, is built on them.
  struct Parts {
    const Config& config;
    const Service& service;
    const Clock& clock;
    const Moment& now;  // of the input being handled
    Random& random;
    Effects& effects;
    std::uint32_t& lastRequest;
    Identity& identity;
    Experiments& experiments;
    Tracker& tracker;
  };
  Parts parts();
  // Every input begins with it.
  void tick(double nowMs);
  // serve() of products about which more may be known: the slate that contained them, or null.
  double serve(const Json& served, const std::shared_ptr<const Slate>& slate, double nowMs);
  // The visitor, session and user of a data call, as far as the consent allows.
  Asker asker();
  bool maySendIds() const { return vitrine::maySendIds(standingConsent()); }
  // The reply to a send effect. False if the request is none of the delivery's.
  bool deliveryDone(std::uint32_t number, int status, const std::string& retryAfter, std::string_view body);
  // The host's numbers made safe: the request's number (0: of no request) and the status.
  static std::uint32_t numberOf(double requestId);
  static int statusOf(double status);

 private:
  double answer(const Problem& problem, double number = 0);
  void newPage(std::string_view pageId, std::string referrer);
  Consent standingConsent() const { return sharedState_.isOptedOut() ? Consent::kDenied : askedConsent_; }
  void applyConsent();
  void notifyMetrics();

  Moment now_;  // of the input being handled
  Clock clock_;
  Effects effects_;
  Json boot_;  // emptied when construction ends
  Config config_;
  Random random_;
  std::vector<Problem> problems_;
  std::unique_ptr<Service> service_;
  Identity identity_;
  std::uint32_t lastRequest_ = 0;
  Queue queue_;
  Attribution attribution_;
  Experiments experiments_;
  SharedState sharedState_;
  Tracker tracker_;
  Views views_;
  std::string error_;
  Consent consent_;       // in force
  Consent askedConsent_;  // set last
  bool isPrerendering_ = false;
  bool isMetricsHeard_ = false;
  std::string heardMetrics_;
};

}  // namespace vitrine
