// The whole machine: TrackingRuntime, and on top of it the rooms that ask a service for products and show them.
#pragma once

#include <string>

#include "calls/calls.h"
#include "calls/page_products.h"
#include "runtime/tracking_runtime.h"
#include "slots/slots.h"

namespace vitrine {

class Runtime : public TrackingRuntime {
 public:
  Runtime(const std::string& boot, double nowMs);

  // These do what they do in TrackingRuntime, and what products on the page make of it.
  double serve(const std::string& payload, double nowMs);
  double itemEvent(double serve, const std::string& kind, const std::string& itemId, double position, double quantity,
                   double nowMs);
  void reset(double nowMs);
  void requestDone(double requestId, double status, const std::string& retryAfter, std::string_view body, double nowMs);
  void wake(double nowMs);
  double nextWakeMs() const;
  std::string drainEffects();

  // A data call; settles callId with {serveId, title?, totalResults?, results: […]}.
  void request(double callId, const std::string& kind, const std::string& query, double nowMs);
  void abort(double callId, double nowMs);
  // What a query may leave out (page_products.h): the items in the cart, as a JSON array of ids (those of addToCart
  // events are added to it), and the item that the page is about; "" for none.
  void setCart(const std::string& itemIds, double nowMs);
  void setViewing(const std::string& itemId, double nowMs);

  // A reply of a few products that every service could have given, for a rehearsal (js/core/warm_up.ts).
  std::string sampleReply() const { return vitrine::sampleReply(); }

  void openSlot(double slotId, const std::string& request, double nowMs);
  // Asks again for what the slot shows, unless an answer is on the way. Answered by one show or patch effect.
  void refreshSlot(double slotId, double nowMs);
  void closeSlot(double slotId, double nowMs);
  // All that the slot shows, for a page in which something else is found.
  std::string slotHtml(double slotId) const { return slots_.html(slotId); }
  // What makes what the page has into that (slots.h): for what a server has rendered.
  std::string slotPatch(double slotId, const std::string& page) const {
    return slots_.patchOf(slotId, parseJson(page));
  }
  // The serve that the slot shows; -1 if none.
  double slotServe(double slotId) const { return slots_.serveOf(slotId); }
  // A product that the slot shows, as in the results of a data call; "" if it is not known (a server rendered it).
  std::string slotItem(double slotId, const std::string& itemId) const { return slots_.itemJson(slotId, itemId); }
  double slotEvent(double slotId, const std::string& kind, const std::string& itemId, double position, double quantity,
                   double nowMs);

 private:
  // Who asks, as far as the shopper allows to say.
  Asker asker();
  // Hands on what came of data calls.
  void hearCalls();

  PageProducts pageProducts_;
  Calls calls_;
  Slots slots_;
};

}  // namespace vitrine
