// Turns what the shopper saw and did into events: checks the input, adds the ids, applies consent and limits, and adds
// the event to the queue.
#pragma once

#include <string_view>

#include "base/shared.h"
#include "base/text.h"
#include "delivery/queue.h"
#include "model/consent.h"
#include "model/event.h"
#include "shopper/identity.h"
#include "tracking/rate.h"
#include "tracking/serve.h"
#include "tracking/shared_state.h"
#include "tracking/tracking_options.h"

namespace vitrine {

// The problem with a number that no serve has, or none any more.
Problem unknownServe();

class Tracker {
 public:
  Tracker(const TrackingOptions& options, Random& random, Identity& identity, Queue& queue, Attribution& attribution,
          KnownOrders& orders, Effects& effects)
      : options_(options),
        random_(random),
        identity_(identity),
        queue_(queue),
        attribution_(attribution),
        orders_(orders),
        effects_(effects),
        writer_(random, {}),
        rate_(options.rate) {}

  void setConsent(Consent consent);
  // bot: the program that makes the events, "webdriver" or "crawler", written on each; "" for a shopper.
  void setBot(const char* bot) { bot_ = bot; }
  // Sets the address that events carry from here on.
  void setUrl(Text url) { url_ = std::move(url); }
  const Text& url() const { return url_; }
  // The address with which the present page view began.
  const Text& pageUrl() const { return pageUrl_; }
  // Begins another page view with this id: events are numbered from the start again.
  void newPage(std::string_view pageId, Text referrer);
  // The id of the page view; it changes when another shopper begins.
  const Text& pageId() const { return pageId_; }
  // From here on no event may be recognised as one of the shopper before: the page gets another id, its lists get
  // other serve ids (each is served again before its next event), and no touch of before counts. The page view itself
  // stays recorded once.
  void beginShopper();
  // Begins another shopper if the page has queued events that may be sent, and those from here on have another visitor
  // id, or have ids where those had none, or none where those had ids. Called after a change of consent or ids.
  // isSame: the visitor is the same one with another id.
  void noteShopper(bool isSame = false);
  // Counts the shoppers of this page.
  int shopper() const { return shopper_; }
  // Begins another route, which may show other lists (see Serves).
  void newRoute() {
    serves_.newPage();
    pageItem_.clear();
  }
  // Sets the product that the page is about, until another route begins.
  void setPageItem(std::string_view itemId) { pageItem_ = itemId; }
  const Text& pageItem() const { return pageItem_; }
  // Queues the pageView event, once per page view.
  void pageView(Moment now);

  // Each function returns the problem with its input, or null. An event that consent or a limit forbids is dropped and
  // counted.
  // slate: the products that were served, as far as they are known.
  Problem serve(const Json& payload, Moment now, int& number, Shared<const Slate> slate = nullptr);
  Problem serve(const Served& served, Moment now, int& number, Shared<const Slate> slate = nullptr);
  // An addToCart without a quantity (0) is one of 1. details: addProductMembers() in serve.h.
  Problem itemEvent(double serve, std::string_view kind, std::string_view itemId, double position, double quantity,
                    Moment now, const Json* details = nullptr);
  // An event without a serve (serve.h, shopEventMembers), or an addToCart whose payload has the number `serve`. A known
  // order is dropped (duplicate). An order of more than 64 KiB loses the attribution of its lines, and its address if
  // that is not enough. An event that is still too large is a problem.
  Problem shopEvent(std::string_view kind, const Json& payload, Moment now);
  // Queues an event that was held (Queue::hold) as the page's hooks have left it. text: the event's text; any other
  // text stands for an event that a hook has dropped, which is counted. A hook may have changed the consent meanwhile,
  // so the event obeys the one in force.
  void release(std::string_view text, Moment now);
  // A watched item was seen. how: the members rule, ratio and visibleMs.
  void view(int serve, std::string_view itemId, double position, std::string_view how, Moment now);
  // A user who follows another one begins with a new visitor and session, as after SharedState::reset(), unless the
  // configuration keeps them.
  Problem identify(const Text& userId, SharedState& sharedState, Moment now);
  // The shopper sees an experiment's variant for the first time (experiments.h).
  void exposure(std::string_view experiment, std::string_view variant, Moment now);

  const Serve* find(double number) const { return serves_.find(number); }
  Text serveId(double number) const { return find(number) ? find(number)->serveId : Text(); }
  double numberOf(std::string_view serveId) const { return serves_.numberOf(serveId); }
  bool isCurrent(double number) const { return serves_.isCurrent(number); }
  void keep(double number) { serves_.keep(number); }
  void hold(int number, bool isHeld) { serves_.hold(number, isHeld); }

 private:
  int open(Serve serve, Moment now);
  // Returns the serve for an event of its own, served again first if it was shown to an earlier shopper; null if there
  // is none.
  const Serve* serveNow(double number, Moment now);
  // Returns how many bytes of members an event has room for whose text may have mostBytes.
  std::size_t room(std::size_t mostBytes) const;
  // Counts an event that is too large, and returns the problem for the caller.
  Problem tooLarge(const char* field);
  // Returns false if the event was dropped.
  bool queue(EventKind kind, std::string_view members, Moment now);
  // Adds the page's address to the members of an item event, where the service wants it.
  void addUrl(Text& members) const;
  bool drop(DropReason reason);
  // Returns whether the consent in force allows events of this kind.
  bool allows(EventKind kind) const {
    return mayRecord(consent_) && !(kind == EventKind::kIdentify && consent_ == Consent::kAnonymous);
  }
  void setPageId(Text pageId);

  const TrackingOptions& options_;
  Random& random_;
  Identity& identity_;
  Queue& queue_;
  Attribution& attribution_;
  KnownOrders& orders_;
  Effects& effects_;
  EventWriter writer_;
  RateLimit rate_;
  Serves serves_;
  int shopper_ = 0;
  Text who_;  // the shopper of the events so far: a visitor id, "-" without ids; "" if none that may be sent
  Text pageId_;
  Text url_;
  Text pageUrl_;
  Text referrer_;
  Text pageItem_;
  const char* bot_ = "";
  bool isPageTold_ = false;
  Consent consent_ = Consent::kUnknown;
};

}  // namespace vitrine
