// The tracking half of the core: inputs in, effects out, time always an argument. Joins the classes that know the
// shopper and record what the shopper does; runtime.h adds data calls and slots. A page that only tracks loads this
// half alone.
//
// An input reports what happened or what the shop wants, and returns at once. After the inputs of a task, the host
// calls drainEffects() and performs the effects, then reads nextWakeMs(), the time at which it must call wake(). nowMs
// is always wall time (epoch ms) and may jump. Methods that can refuse an input return a number: 0 or more if accepted,
// -1 if refused; takeError() then returns the reason.
#pragma once

#include <memory>
#include <string_view>

#include "base/list.h"
#include "base/pace.h"
#include "base/shared.h"
#include "base/text.h"
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
  // prerendering, storage: "localStorage" | "memory", state: {key: value}, journals: [id], notify: 1 if the host wants
  // "metrics" notifications, hooks: 1 if the page has hooks, as after hold()}.
  // Never fails: every fault becomes a log effect.
  TrackingRuntime(const Text& boot, double nowMs);
  TrackingRuntime(const TrackingRuntime&) = delete;
  TrackingRuntime& operator=(const TrackingRuntime&) = delete;

  // Products were displayed (tracking/serve.h). Returns the serve's number for itemEvent.
  double serve(const Text& payload, double nowMs);
  // Returns the id of a serve, which the service gave or Vitrine made; "" for an unknown number. serveNumber returns
  // the number of a serve with this id, or -1.
  Text serveId(double serve) const { return tracker_.serveId(serve); }
  double serveNumber(const Text& serveId) const { return tracker_.numberOf(serveId); }
  // kind: "view", "click" or "addToCart". position -1 and quantity 0 mean that the shop gave none.
  double itemEvent(double serve, const Text& kind, const Text& itemId, double position, double quantity, double nowMs);
  // An event of the shop's own, without a serve. kind: "custom", "viewItem", "addToCart", "removeFromCart",
  // "clearCart", "search" or "purchase". payload: tracking/serve.h, shopEventMembers; an addToCart with the number
  // `serve` is about an item of that serve, as itemEvent's, with the details of the payload.
  // storedOrders: the present value of "vitrine:1:orders" in
  // localStorage, "" if none. Another tab may have recorded the same order a moment ago, and its storage event may not
  // have arrived yet.
  double shopEvent(const Text& kind, const Text& payload, const Text& storedOrders, double nowMs) {
    return shopEvent(kind, parseJson(payload), storedOrders, nowMs);
  }

  // The page's hooks (docs/plugins.md). After the first hold(), or with boot.hooks, events are held back. hold returns
  // those that are held now, each as a record (base/field_writer.h), and forgets them: the host must give back each one
  // before it drains effects. event: the text of one that is given back, as the hooks have left it; "" for none; any
  // other text for one that a hook has dropped, which is counted.
  // amend returns the text of an event after a hook: `after` is what the hook has made of `before`. Returns "" if that
  // is no such event (tracking/amend.h); takeError() then returns the reason.
  Text hold(const Text& event, double nowMs);
  Text amend(const Text& before, const Text& after);

  // Viewability (tracking/views.h). watch returns a number for the item, valid until unwatch. itemVisible reports how
  // much of the item is visible since atMs; returns 1 if the host must call checkViews next. checkViews is called when
  // all changes until pageMs are reported; returns 1 if there are effects or another wake time. atMs and pageMs are
  // times of the page's clock (performance.now()), which never jumps.
  double watch(double serve, const Text& itemId, double position, double nowMs);
  void unwatch(double watch) { views_.unwatch(watch); }
  double itemVisible(double watch, double visiblePx, double areaPx, double mostPx, double atMs) {
    return views_.report(watch, visiblePx, areaPx, mostPx, atMs) ? 1 : 0;
  }
  double checkViews(double pageMs, double nowMs);
  // Returns the visible shares of an item at which the observer must report, ascending: "0.3,0.5".
  Text viewRatios() const { return views_.ratios(); }

  // Returns why the last input returned -1, as JSON (model/error.h), and forgets it.
  Text takeError();

  double identify(const Text& userId, double nowMs);
  void reset(double nowMs);
  // The level counts in all tabs. It is remembered, also a refusal, where this page may use storage at all; "unknown"
  // forgets it.
  double setConsent(const Text& level, double nowMs);
  // Returns the consent in force: after setConsent() on this page what the shopper said last, here or in another tab;
  // before it as consentWith() (config.h); "denied" after optOut(). While the page is prerendered: "unknown".
  Text consent() const;
  // The shopper's own refusal. Overrides setConsent(), and holds on later pages until optIn().
  void optOut(double nowMs);
  void optIn(double nowMs);
  Text visitorId() const;
  Text sessionId(double nowMs);
  Text userId() const;

  // The reply to a send effect, or how it failed (status numbers: model/retry.h). Some services also read the body.
  void requestDone(double requestId, double status, const Text& retryAfter, std::string_view body, double nowMs);

  // Returns the visitor's variant of an experiment; "" if it is not configured. Recorded once (shopper/experiments.h).
  Text variant(const Text& experiment, double nowMs);

  // Delivers everything now. Settles callId with {delivered, remaining, reason?}, never with an error
  // (delivery/sender.h).
  void flush(double callId, double nowMs) { flushWithin(callId, kNever, nowMs); }
  // The same, but settles after timeoutMs at the latest: for a redirect that cannot wait for a slow network.
  void flushWithin(double callId, double timeoutMs, double nowMs);
  void pause(double nowMs);
  void resume(double nowMs);

  void setPageState(double visible, double online, double nowMs);
  // The shopper has started to leave (followed a link, sent a form). Sends waiting events now, while a reply can still
  // arrive: most events that a hidden page sends are sent again, because their reply is never received.
  void leaving(double nowMs);
  // The page's address has changed. how: 0 within an entry of the history, or in a way that nobody knows; 1 with the
  // entry (pushed, back, forward); 2 the shop begins a page view. tracking/page_views.h decides whether a new page view
  // begins; the shop's does, unless the present one has begun with this address already. url "": the present address.
  // With a new page view the serves of the page view before the last one end, except those with watched items. Returns
  // 1 for a new page view, otherwise 0.
  double navigateBy(double how, const Text& url, double nowMs);
  double navigate(const Text& url, double nowMs) { return navigateBy(0, url, nowMs); }
  // Records this page view, unless it is recorded already (autoTrack does so).
  void pageView(double nowMs);
  // The shopper has opened a prerendered page: events held until now may be sent.
  void activate(double nowMs);
  // The page enters or leaves the back/forward cache. The host releases all locks at suspend.
  void suspend(double nowMs);
  void restore(double nowMs);

  void claimed(const Text& journalId, const Text& segments, double nowMs);
  void claimRefused(const Text& journalId, double nowMs);
  // The reply to a scan effect: all segments in storage and in the mirror, each ["<journal>:<number>", …]. The last
  // element of the second list is {key: record}: the records that all tabs share, as the mirror holds them.
  void found(const Text& stored, const Text& mirrored, double nowMs);
  // All mirror and unmirror effects so far have ended, with or without success.
  void copied() { queue_.mirrorDone(); }
  void saveFailed(const Text& key, double nowMs);
  // Another tab wrote a key, or removed it (value ""). key "" means that all of storage was cleared.
  void storageChanged(const Text& key, const Text& value, double nowMs);

  void wake(double nowMs);
  double nextWakeMs() const;
  // {queued, sent, failed, retrying, dropped: {reason: n}, bytes, oldestMs, lastError, storage}
  Text metrics(double nowMs) const;
  Text drainEffects();

  // The public members below are not part of the seam. Runtime, which adds products, is built on them.
  struct Parts {
    const Config& config;
    const Service& service;
    const Clock& clock;
    const Moment& now;  // the time of the current input
    Random& random;
    Effects& effects;
    std::uint32_t& lastRequest;
    Identity& identity;
    Experiments& experiments;
    Tracker& tracker;
  };
  Parts parts();
  // Every input calls this first.
  void tick(double nowMs);
  // The serve() of products that came from a data call. slate: the slate that contained them, or null.
  double serve(const Json& served, const Shared<const Slate>& slate, double nowMs);
  double shopEvent(const Text& kind, const Json& payload, const Text& storedOrders, double nowMs);
  // Returns the visitor, session and user for a data call, as far as the consent allows.
  Asker asker();
  bool maySendIds() const { return vitrine::maySendIds(standingConsent()); }
  // The reply to a request. Returns false if the request carried no events.
  bool deliveryDone(std::uint32_t number, int status, const Text& retryAfter, std::string_view body);
  // Returns `number`, or -1 if there is a problem, which takeError() then returns.
  double resultOf(const Problem& problem, double number = 0);
  // Convert the host's numbers safely: a request number (0: no request) and a status.
  static std::uint32_t numberOf(double requestId);
  static int statusOf(double status);
  // Returns the wall time of a wake at this logical time, or later if there were too many wakes.
  double wakeAt(TimeMs logicalMs) const { return clock_.wall(std::max(logicalMs, wakes_.freeMs)); }

 private:
  void newPage(Text referrer);
  Consent standingConsent() const;
  void applyConsent();
  void notifyMetrics();

  Moment now_;  // the time of the current input
  Clock clock_;
  Pace wakes_{32, 16};  // a timer that is due for ever costs a wake a frame
  Effects effects_;
  Json boot_;  // emptied when construction ends
  Config config_;
  Random random_;
  List<Problem> problems_;
  std::unique_ptr<Service> service_;
  Identity identity_;
  std::uint32_t lastRequest_ = 0;
  Queue queue_;
  Attribution attribution_;
  KnownOrders orders_;
  Experiments experiments_;
  SharedState sharedState_;
  Text pageAddress_;  // the address of the document, also while the shop has given another one
  Tracker tracker_;
  Views views_;
  Text error_;
  Consent consent_;          // the consent in force
  bool hasGpc_;              // the browser sends Global Privacy Control
  bool isSaidHere_ = false;  // setConsent() was called on this page: the configuration no longer counts
  bool isPrerendering_ = false;
  bool notifiesMetrics_ = false;
  Text lastMetrics_;
};

}  // namespace vitrine
