// The whole core: TrackingRuntime, and Products from the first call on that is about products.
//
// Every call of the seam (seam/calls.inc) is a method here. The contract of a call that this file does not describe is
// in tracking_runtime.h.
#pragma once

#include <memory>
#include <string_view>

#include "base/text.h"
#include "calls/page_products.h"
#include "runtime/products.h"
#include "runtime/tracking_runtime.h"

namespace vitrine {

class Runtime {
 public:
  // The arguments are those of TrackingRuntime.
  Runtime(const Text& boot, double nowMs);
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  // Requests products; settles callId with {serveId, title?, totalResults?, results: […]}. kind and query: as in
  // recs.similarItems(query) of the public API, the query as JSON.
  void request(double callId, const Text& kind, const Text& query, double nowMs);
  // Settles callId with an error of the type "abort", unless it is settled already.
  void abort(double callId, double nowMs);
  // Products that queries may exclude (page_products.h). setCart replaces the cart by a JSON array of item ids,
  // and records no event. Events change it (PageProducts::noteEvent). setViewing names the item that the page is about;
  // "" for none.
  double setCart(const Text& itemIds, double nowMs);
  double setViewing(const Text& itemId, double nowMs);

  // A reply with a few products that every service could have sent, for warming up (js/core/warm_up.ts).
  Text sampleReply() const { return Products::sampleReply(); }

  // Sets the texts of widgets in the page's language, {name: text}, for slots that are opened later. The texts of the
  // configuration count more.
  void setTexts(const Text& texts, double nowMs);

  // Opens a slot for a request (slots/slot.h), or gives an open slot another request. Requests its products at once,
  // unless the request says `later`. Show and patch effects report what the slot shows.
  void openSlot(double slotId, const Text& request, double nowMs);
  // Requests what the slot shows again, unless a reply is awaited. One show or patch effect follows.
  void refreshSlot(double slotId, double nowMs);
  void closeSlot(double slotId, double nowMs);
  // Returns everything that the slot shows as HTML; "" if nothing. For a page whose nodes no longer fit a patch.
  Text slotHtml(double slotId) const { return products_ ? products_->slotHtml(slotId) : Text(); }
  // Returns the patch from server-rendered markup to the slot's content; "" if there is none. page: JSON
  // (slots/slots.h).
  Text slotPatch(double slotId, const Text& page) const {
    return products_ ? products_->slotPatch(slotId, page) : Text();
  }
  // Returns a product that the slot shows, in the form of a data call's results; "" if it is not known, as in slots
  // that a server rendered.
  Text slotItem(double slotId, const Text& itemId) const {
    return products_ ? products_->slotItem(slotId, itemId) : Text();
  }

  // As in TrackingRuntime, with an addition for products: a serve finds its products in the data call that returned
  // them, and events of the cart and of orders change the cart.
  double serve(const Text& payload, double nowMs);
  double itemEvent(double serve, const Text& kind, const Text& itemId, double position, double quantity, double nowMs);
  double shopEvent(const Text& kind, const Text& payload, const Text& storedOrders, double nowMs);
  void requestDone(double requestId, double status, const Text& retryAfter, std::string_view body, double nowMs);
  void wake(double nowMs);
  double nextWakeMs() const;
  Text drainEffects();

  // As in TrackingRuntime.
  Text serveId(double serve) const { return tracking_.serveId(serve); }
  double serveNumber(const Text& serveId) const { return tracking_.serveNumber(serveId); }
  double watch(double serve, const Text& itemId, double position, double nowMs) {
    return tracking_.watch(serve, itemId, position, nowMs);
  }
  void unwatch(double watch) { tracking_.unwatch(watch); }
  double itemVisible(double watch, double visiblePx, double areaPx, double mostPx, double atMs) {
    return tracking_.itemVisible(watch, visiblePx, areaPx, mostPx, atMs);
  }
  double checkViews(double pageMs, double nowMs) { return tracking_.checkViews(pageMs, nowMs); }
  Text viewRatios() const { return tracking_.viewRatios(); }
  Text hold(const Text& event, double nowMs) { return tracking_.hold(event, nowMs); }
  Text amend(const Text& before, const Text& after) { return tracking_.amend(before, after); }
  Text takeError() { return tracking_.takeError(); }
  // As tracking_runtime.h says. Another user's cart is not the last one's: data calls begin with an empty cart.
  double identify(const Text& userId, double nowMs);
  void reset(double nowMs);
  double setConsent(const Text& level, double nowMs) { return tracking_.setConsent(level, nowMs); }
  Text consent() const { return tracking_.consent(); }
  void optOut(double nowMs) { tracking_.optOut(nowMs); }
  void optIn(double nowMs) { tracking_.optIn(nowMs); }
  Text visitorId() const { return tracking_.visitorId(); }
  Text sessionId(double nowMs) { return tracking_.sessionId(nowMs); }
  Text userId() const { return tracking_.userId(); }
  Text variant(const Text& experiment, double nowMs) { return tracking_.variant(experiment, nowMs); }
  void flush(double callId, double nowMs) { tracking_.flush(callId, nowMs); }
  void flushWithin(double callId, double timeoutMs, double nowMs) { tracking_.flushWithin(callId, timeoutMs, nowMs); }
  void pause(double nowMs) { tracking_.pause(nowMs); }
  void resume(double nowMs) { tracking_.resume(nowMs); }
  void setPageState(double visible, double online, double nowMs) { tracking_.setPageState(visible, online, nowMs); }
  void leaving(double nowMs) { tracking_.leaving(nowMs); }
  double navigate(const Text& url, double nowMs) { return navigateBy(0, url, nowMs); }
  double navigateBy(double how, const Text& url, double nowMs);
  void pageView(double nowMs) { tracking_.pageView(nowMs); }
  void activate(double nowMs) { tracking_.activate(nowMs); }
  void suspend(double nowMs) { tracking_.suspend(nowMs); }
  void restore(double nowMs);
  void claimed(const Text& journalId, const Text& segments, double nowMs) {
    tracking_.claimed(journalId, segments, nowMs);
  }
  void claimRefused(const Text& journalId, double nowMs) { tracking_.claimRefused(journalId, nowMs); }
  void found(const Text& stored, const Text& mirrored, double nowMs) { tracking_.found(stored, mirrored, nowMs); }
  void copied() { tracking_.copied(); }
  void saveFailed(const Text& key, double nowMs) { tracking_.saveFailed(key, nowMs); }
  void storageChanged(const Text& key, const Text& value, double nowMs);
  Text metrics(double nowMs) const { return tracking_.metrics(nowMs); }

 private:
  // Returns the products' part at the present time; makes it if there is none.
  Products& products(double nowMs);
  // Empties the cart of data calls if this visitor, of a moment ago, is not the present one.
  void forgetCartOf(const Text& visitorId);

  TrackingRuntime tracking_;
  TrackingRuntime::Parts parts_;
  PageProducts pageProducts_;
  std::unique_ptr<Products> products_;  // null until it is needed
};

}  // namespace vitrine
