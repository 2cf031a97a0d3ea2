// Turns what the shopper saw and did into queued events: checks it, stamps it, keeps it within bounds.
#pragma once

#include <string>
#include <string_view>

#include "core/delivery.h"
#include "core/event.h"
#include "core/identity.h"
#include "core/rate.h"
#include "core/serve.h"

namespace vitrine {

class Tracker {
 public:
  Tracker(const EventOptions& options, Random& random, Identity& identity, Outbox& outbox, Delivery& delivery,
          Effects& effects)
      : options_(options),
        random_(random),
        identity_(identity),
        outbox_(outbox),
        delivery_(delivery),
        effects_(effects),
        writer_(random, outbox.ownId()),
        rate_(options.rate) {}

  void setConsent(Consent consent) { consent_ = consent; }
  // The address that events carry from here on.
  void setUrl(std::string url) { url_ = std::move(url); }
  // The outbox writes another journal from here on: another page view.
  void newPage() { writer_.setPage(outbox_.ownId()); }

  // Each answers what is wrong with its input, or null. An event that consent or a bound forbids is dropped and
  // counted.
  Problem serve(const Json& payload, Moment now, int& number);
  Problem itemEvent(const Serve* serve, std::string_view kind, std::string_view itemId, double position,
                    double quantity, Moment now);
  Problem purchase(const Json& payload, Moment now);
  Problem identify(const std::string& userId, Moment now);

  const Serve* find(double number) const { return serves_.find(number); }

 private:
  void queue(EventKind kind, std::string_view members, Moment now);

  const EventOptions& options_;
  Random& random_;
  Identity& identity_;
  Outbox& outbox_;
  Delivery& delivery_;
  Effects& effects_;
  EventWriter writer_;
  RateLimit rate_;
  Serves serves_;
  std::string url_;
  Consent consent_ = Consent::kUnknown;
};

}  // namespace vitrine
