// Turns what the shopper saw and did into queued events: checks it, stamps it, keeps it within bounds.
#pragma once

#include <string>
#include <string_view>

#include "delivery/queue.h"
#include "model/consent.h"
#include "model/event.h"
#include "shopper/identity.h"
#include "tracking/rate.h"
#include "tracking/serve.h"
#include "tracking/tracking_options.h"

namespace vitrine {

// The answer to a number that no serve has (any more).
Problem unknownServe();

class Tracker {
 public:
  Tracker(const TrackingOptions& options, Random& random, Identity& identity, Queue& queue, Attribution& attribution,
          Effects& effects)
      : options_(options),
        random_(random),
        identity_(identity),
        queue_(queue),
        attribution_(attribution),
        effects_(effects),
        writer_(random, queue.journalId()),
        rate_(options.rate) {}

  void setConsent(Consent consent);
  // Every event says that a program made it: "webdriver", "crawler"; "" for a shopper.
  void setBot(const char* bot) { bot_ = bot; }
  // The address that events carry from here on. True if that is another route: not the same page, nor a place on it.
  bool setUrl(std::string url);
  const std::string& url() const { return url_; }
  // Another page view begins, of this id: events are numbered anew.
  void newPage(std::string_view pageId, std::string referrer);
  // What the page shows is not what it showed before: see Serves.
  void newRoute() {
    serves_.newPage();
    pageItem_.clear();
  }
  // The product that the page is about, until another route begins.
  void setPageItem(std::string_view itemId) { pageItem_ = itemId; }
  const std::string& pageItem() const { return pageItem_; }
  // Tells of the page view; of each once.
  void pageView(Moment now);

  // Each answers what is wrong with its input, or null. An event that consent or a bound forbids is dropped and
  // counted.
  Problem serve(const Json& payload, Moment now, int& number, std::shared_ptr<const Slate> slate = nullptr);
  Problem itemEvent(const Serve* serve, std::string_view kind, std::string_view itemId, double position,
                    double quantity, Moment now);
  // An order that is known already is passed over.
  Problem purchase(const Json& payload, Moment now);
  // A watched item was seen. how: JSON object of {rule, ratio, visibleMs}.
  void view(int serve, std::string_view itemId, double position, std::string_view how, Moment now);
  Problem identify(const std::string& userId, Moment now);
  // The shopper meets an experiment's variant for the first time (experiments.h).
  void exposure(std::string_view experiment, std::string_view variant, Moment now);

  const Serve* find(double number) const { return serves_.find(number); }
  std::string serveId(double number) const { return find(number) ? find(number)->serveId : std::string(); }
  double numberOf(std::string_view serveId) const { return serves_.numberOf(serveId); }
  bool isCurrent(double number) const { return serves_.isCurrent(number); }
  void hold(int number, bool isHeld) { serves_.hold(number, isHeld); }

 private:
  // False if it was dropped.
  bool queue(EventKind kind, std::string_view members, Moment now);
  bool drop(DropReason reason);

  const TrackingOptions& options_;
  Random& random_;
  Identity& identity_;
  Queue& queue_;
  Attribution& attribution_;
  Effects& effects_;
  EventWriter writer_;
  RateLimit rate_;
  Serves serves_;
  std::string url_;
  std::string referrer_;
  std::string pageItem_;
  const char* bot_ = "";
  bool isPageTold_ = false;
  Consent consent_ = Consent::kUnknown;
};

}  // namespace vitrine
