// The part of the core that requests products from a service and shows them. Pages load its code as a file of its own
// when the first call needs it, so Runtime makes a Products only then.
//
// The public methods are the border between the two files: tools/split.mjs puts them, and everything that only they
// call, into the second one. None may be inlined, and none may be called without a Products.
#pragma once

#include <memory>
#include <string_view>

#include "base/block.h"
#include "base/text.h"
#include "calls/calls.h"
#include "calls/page_products.h"
#include "runtime/tracking_runtime.h"
#include "slots/slots.h"

namespace vitrine {

class Products {
 public:
  VITRINE_ONCE static std::unique_ptr<Products> make(TrackingRuntime& tracking, PageProducts& pageProducts);
  VITRINE_ONCE ~Products();
  Products(const Products&) = delete;
  Products& operator=(const Products&) = delete;

  // As in Runtime.
  VITRINE_ONCE void request(double callId, const Text& kind, const Text& query);
  VITRINE_ONCE void abort(double callId);
  VITRINE_ONCE void openSlot(double slotId, const Text& request, double nowMs);
  VITRINE_ONCE void refreshSlot(double slotId, double nowMs);
  VITRINE_ONCE void closeSlot(double slotId);
  VITRINE_ONCE Text slotHtml(double slotId) const;
  VITRINE_ONCE Text slotPatch(double slotId, const Text& page) const;
  VITRINE_ONCE Text slotItem(double slotId, const Text& itemId) const;
  VITRINE_ONCE static Text sampleReply();
  VITRINE_ONCE void setTexts(const Text& texts);

  // Returns the slate that a data call returned with this serve id; null if there is none.
  VITRINE_ONCE Shared<const Slate> slateOf(std::string_view serveId);
  // The shopper has done something, or another page view begins: some cached replies are not reused (calls/calls.h).
  VITRINE_ONCE void noteAct() { calls_.noteAct(); }
  VITRINE_ONCE void newPage() { calls_.newPage(); }
  // The reply to a request that carried no events.
  VITRINE_ONCE void requestDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body);
  VITRINE_ONCE void wake() { slots_.wake(parts_.now); }
  // Returns the logical time at which wake() or advance() has something to do.
  VITRINE_ONCE TimeMs nextWakeMs() const;
  // Sends the requests that are due, and passes on what has come.
  VITRINE_ONCE void advance();

 private:
  Products(TrackingRuntime& tracking, PageProducts& pageProducts);
  // Returns who makes a data call now.
  Asker asker();
  // Forgets the replies of an earlier shopper (Tracker::noteShopper). Called before replies are read.
  void noteShopper();
  // Passes the outcomes of data calls on to promises and slots.
  void passOutcomes();

  TrackingRuntime& tracking_;
  TrackingRuntime::Parts parts_;
  PageProducts& pageProducts_;
  Calls calls_;
  Slots slots_;
  int shopper_;
};

}  // namespace vitrine
