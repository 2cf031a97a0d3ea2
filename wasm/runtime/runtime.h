// The whole core: TrackingRuntime, and on top of it the parts that request products from a service and show them.
//
// Every call of the seam (seam/calls.inc) is a method here. The contract of a call that this file does not describe is
// in tracking_runtime.h.
#pragma once

#include <string>

#include "calls/calls.h"
#include "calls/page_products.h"
#include "runtime/tracking_runtime.h"
#include "slots/slots.h"

namespace vitrine {

class Runtime {
 public:
  // The arguments are those of TrackingRuntime.
  Runtime(const std::string& boot, double nowMs);
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  // Requests products; settles callId with {serveId, title?, totalResults?, results: […]}. kind and query: as in
  // recs.similarItems(query) of the public API, the query as JSON.
  void request(double callId, const std::string& kind, const std::string& query, double nowMs);
  // Settles callId with an error of the type "abort", unless it is settled already.
  void abort(double callId, double nowMs);
  // Products that queries may exclude (page_products.h). setCart replaces the cart by a JSON array of item ids;
  // addToCart events add to it, and removeFromCart events take out of it. setViewing names the item that the page is
  // about; "" for none.
  double setCart(const std::string& itemIds, double nowMs);
  double setViewing(const std::string& itemId, double nowMs);

  // A reply with a few products that every service could have sent, for warming up (js/core/warm_up.ts).
  std::string sampleReply() const { return vitrine::sampleReply(); }

  // Opens a slot for a request (slots/slot.h), or gives an open slot another request. Requests its products at once,
  // unless the request says `later`. Show and patch effects report what the slot shows.
  void openSlot(double slotId, const std::string& request, double nowMs);
  // Requests what the slot shows again, unless a reply is awaited. One show or patch effect follows.
  void refreshSlot(double slotId, double nowMs);
  void closeSlot(double slotId, double nowMs);
  // Returns everything that the slot shows as HTML; "" if nothing. For a page whose nodes no longer fit a patch.
  std::string slotHtml(double slotId) const { return slots_.html(slotId); }
  // Returns the patch from server-rendered markup to the slot's content; "" if there is none. page: JSON
  // (slots/slots.h).
  std::string slotPatch(double slotId, const std::string& page) const {
    return slots_.patchOf(slotId, parseJson(page));
  }
  // Returns a product that the slot shows, in the form of a data call's results; "" if it is not known, as in slots
  // that a server rendered.
  std::string slotItem(double slotId, const std::string& itemId) const { return slots_.itemJson(slotId, itemId); }

  // As in TrackingRuntime, with an addition for products: a serve finds its products in the data call that returned
  // them; an addToCart puts its item into the cart, and a removeFromCart takes it out; reset, and another user, forget
  // the replies of the last shopper.
  double serve(const std::string& payload, double nowMs);
  double itemEvent(double serve, const std::string& kind, const std::string& itemId, double position, double quantity,
                   double nowMs);
  double shopEvent(const std::string& kind, const std::string& payload, const std::string& storedTouch, double nowMs);
  double identify(const std::string& userId, double nowMs);
  void reset(double nowMs);
  void requestDone(double requestId, double status, const std::string& retryAfter, std::string_view body, double nowMs);
  void wake(double nowMs);
  double nextWakeMs() const;
  std::string drainEffects();

  // As in TrackingRuntime.
  std::string serveId(double serve) const { return tracking_.serveId(serve); }
  double serveNumber(const std::string& serveId) const { return tracking_.serveNumber(serveId); }
  double watch(double serve, const std::string& itemId, double position, double nowMs) {
    return tracking_.watch(serve, itemId, position, nowMs);
  }
  void unwatch(double watch) { tracking_.unwatch(watch); }
  double itemVisible(double watch, double visiblePx, double areaPx, double mostPx, double atMs) {
    return tracking_.itemVisible(watch, visiblePx, areaPx, mostPx, atMs);
  }
  double checkViews(double pageMs, double nowMs) { return tracking_.checkViews(pageMs, nowMs); }
  std::string viewRatios() const { return tracking_.viewRatios(); }
  std::string takeError() { return tracking_.takeError(); }
  double setConsent(const std::string& level, double nowMs) { return tracking_.setConsent(level, nowMs); }
  std::string consent() const { return tracking_.consent(); }
  void optOut(double nowMs) { tracking_.optOut(nowMs); }
  void optIn(double nowMs) { tracking_.optIn(nowMs); }
  std::string visitorId() const { return tracking_.visitorId(); }
  std::string sessionId(double nowMs) { return tracking_.sessionId(nowMs); }
  std::string userId() const { return tracking_.userId(); }
  std::string variant(const std::string& experiment, double nowMs) { return tracking_.variant(experiment, nowMs); }
  void flush(double callId, double nowMs) { tracking_.flush(callId, nowMs); }
  void flushWithin(double callId, double timeoutMs, double nowMs) { tracking_.flushWithin(callId, timeoutMs, nowMs); }
  void pause(double nowMs) { tracking_.pause(nowMs); }
  void resume(double nowMs) { tracking_.resume(nowMs); }
  void setPageState(double visible, double online, double nowMs) { tracking_.setPageState(visible, online, nowMs); }
  void leaving(double nowMs) { tracking_.leaving(nowMs); }
  double navigate(const std::string& url, double nowMs) { return tracking_.navigate(url, nowMs); }
  double navigateBy(double how, const std::string& url, double nowMs) { return tracking_.navigateBy(how, url, nowMs); }
  void pageView(double nowMs) { tracking_.pageView(nowMs); }
  void activate(double nowMs) { tracking_.activate(nowMs); }
  void suspend(double nowMs) { tracking_.suspend(nowMs); }
  void restore(double nowMs) { tracking_.restore(nowMs); }
  void claimed(const std::string& journalId, const std::string& segments, double nowMs) {
    tracking_.claimed(journalId, segments, nowMs);
  }
  void claimRefused(const std::string& journalId, double nowMs) { tracking_.claimRefused(journalId, nowMs); }
  void found(const std::string& stored, const std::string& mirrored, double nowMs) {
    tracking_.found(stored, mirrored, nowMs);
  }
  void copied() { tracking_.copied(); }
  void saveFailed(const std::string& key, double nowMs) { tracking_.saveFailed(key, nowMs); }
  void storageChanged(const std::string& key, const std::string& value, double nowMs) {
    tracking_.storageChanged(key, value, nowMs);
  }
  std::string metrics(double nowMs) const { return tracking_.metrics(nowMs); }

 private:
  // Passes the outcomes of data calls on to promises and slots.
  void passOutcomes();

  TrackingRuntime tracking_;
  TrackingRuntime::Parts parts_;
  PageProducts pageProducts_;
  Calls calls_;
  Slots slots_;
};

}  // namespace vitrine
