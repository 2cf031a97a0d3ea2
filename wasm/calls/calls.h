// Data calls: which listener waits for which products, which requests are in flight, and the outcomes.
//
// Each caller is a listener and receives one outcome per start(). Calls with equal queries share a request, and queries
// that the service can join go out in one request. Members of a query that control the call:
//   fallback [{kind, …}]: further queries, made in this order while there are fewer than minResults (default 1)
//     products, each for the number that is missing
//   timeBudget (ms): after this time the call settles with the products received so far
//   maxAge (ms): a cached reply younger than this is reused, in place of the configuration's calls.maxAge; 0 always
//     makes a request
//   exclude, excludeIds: page_products.h
//   filters, which also count for fallbacks without filters of their own; where the service has none: filters.h. More
//     products are requested then, up to kMostAsked
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/effects.h"
#include "base/list.h"
#include "base/random.h"
#include "base/shared.h"
#include "base/text.h"
#include "base/time.h"
#include "calls/call_options.h"
#include "calls/listener.h"
#include "calls/page_products.h"
#include "calls/reply_cache.h"
#include "services/service.h"

namespace vitrine {

// The outcome of a call: a slate, which never changes again, or a problem, or both. With both, the request failed and
// the slate is the last cached reply to the same query.
struct Outcome {
  Listener listener;
  Shared<const Slate> slate;
  Problem problem;
  const char* filteredBy = "";  // "service" or "vitrine"; "" if the query has no filters
  OutcomeForm form{};
};

// A text that the visitor's next request returns to the service (SlateHead::ticket).
struct VisitorTicket {
  Text visitorId;  // "" without consent to ids
  Text ticket;     // "" for none
};

class Calls {
 public:
  // lastRequest: the counter of request numbers, shared by all requests of this runtime.
  Calls(const Service& service, const CallOptions& options, PageProducts& pageProducts, Random& random,
        Effects& effects, std::uint32_t& lastRequest)
      : service_(service),
        options_(options),
        pageProducts_(pageProducts),
        random_(random),
        effects_(effects),
        lastRequest_(lastRequest) {}

  // Starts a call; advance() sends its request. A listener waits for one call at a time: cancel() the earlier one
  // first. isNew: no cached reply is reused.
  void start(Listener listener, QueryKind kind, Json query, Asker asker, TimeMs nowMs, bool isNew = false);
  // The same, with the kind by name. An unknown name settles the call with an error.
  void start(Listener listener, std::string_view kindName, Json query, Asker asker, TimeMs nowMs);
  bool awaits(Listener listener) const {
    return std::any_of(calls_.begin(), calls_.end(), [=](const Call& call) { return call.listener == listener; });
  }
  // Cancels the listener's call; no outcome follows. Returns false if there is no such call.
  bool cancel(Listener listener);

  // Another page view begins. A reply whose request records the page view is not reused for it.
  void newPage() { ++epoch_.pages; }
  // The shopper has done something. A reply for a visitor or a user from before is not reused.
  void noteAct() { ++epoch_.acts; }

  // As cancel(), but the outcome is an error of the type "abort".
  void abort(Listener listener);

  // True if a request waits to be sent, for the first time or as a retry.
  bool hasUnsent() const;
  // Sets the visitor and user of the page. A call belongs to the user who was known when it was made. Unsent requests
  // are rebuilt only if consent to ids has changed, or if the call was made in a page before its user was known.
  void setAsker(const Asker& asker, TimeMs nowMs);

  // Sends the requests that are due, and settles the calls whose time budget has ended.
  void advance(TimeMs nowMs);
  TimeMs nextWakeMs() const;

  // The reply to a request. Ignored if no call waits for it.
  void requestDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body, TimeMs nowMs,
                   TimeMs wallMs);

  // Returns the outcomes since the last call of this method, in order.
  List<Outcome> takeOutcomes() { return std::exchange(outcomes_, {}); }

  // Returns, once, the ticket of the last reply that had one, and the visitor whose call it was.
  VisitorTicket takeTicket() { return std::exchange(ticket_, {}); }

  // Returns the slate of a recent outcome by its serve id; null if there is none.
  Shared<const Slate> slateOf(std::string_view serveId) const { return replyCache_.slateOf(serveId); }
  // Forgets all replies, because another shopper begins.
  void forget() { replyCache_.forget(); }

 private:
  // A query that waits to be sent or for its reply. Calls with equal queries share it.
  struct Flight {
    Text key;
    Text visitorId;  // the visitor of the first call that needed it; "" without consent to ids
    Shared<const HttpRequest> request;
    std::uint32_t number;  // the request's number, which joined queries share; 0 until it is sent
    int attempts;
    TimeMs startMs;
    TimeMs dueMs;
    Epoch epoch;
    bool isRefresh;  // refreshes the cache, so it goes on when no call waits for it
  };
  struct Call {
    Listener listener;
    QueryKind kind;
    Json query;
    Asker asker;
    TimeMs deadlineMs;
    bool isNew;
    Text key{};              // the key of the flight that the call waits for
    Text firstKey{};         // the key of the call's own query
    std::size_t source = 0;  // 0: the call's own query; then the fallbacks
    Shared<Slate> sum{};     // the products of all sources so far; null while there is only `first`
    Shared<const Slate> first{};
    Problem problem{};  // the error of the first source that failed
    Text filters{};     // those of the current source that Vitrine applies, as JSON
    Text firstFilters{};
    std::size_t skip = 0;  // the products of earlier pages in the reply to the call's own query
    const char* filteredBy = "";
  };

  std::size_t countOf(const Call& call) const {
    return call.sum ? call.sum->products.size() : call.first ? call.first->products.size() : 0;
  }
  void noteAsker(const Asker& asker);
  // Adds what the page knows to the asker.
  void addPage(Asker& asker, Listener listener) const;
  // Builds the request for the call's current source. hasFilters: Vitrine applies filters to its products.
  Problem build(const Call& call, QueryKind kind, const Json& asked, bool hasFilters,
                Shared<HttpRequest>& request) const;
  // Returns whether a call of `asker` must go out with the ids of `present` instead.
  bool isOutdated(const Asker& asker, const Asker& present) const;
  bool isAwaited(std::string_view key) const {
    return std::any_of(calls_.begin(), calls_.end(), [key](const Call& call) { return call.key == key; });
  }
  // Requests the products of the call's current source. Returns false if the call is finished.
  bool ask(Call& call, TimeMs nowMs);
  // Adds the products of the current source (null: it failed). Returns false if the call is finished.
  bool receive(Call& call, Shared<const Slate> slate, Problem problem, TimeMs nowMs);
  // Returns whether the remark is not in the console yet, and notes it.
  bool isNew(const Text& remark) {
    if (std::find(reported_.begin(), reported_.end(), remark) != reported_.end()) return false;
    reported_.push_back(remark);
    return true;
  }
  void finish(Call& call);
  // Adds an outcome that is a problem.
  void refuse(Listener listener, Problem problem) { outcomes_.push_back({listener, nullptr, std::move(problem)}); }
  // Lets the call wait for its request, which another call may have made already.
  void fly(const Call& call, const Shared<HttpRequest>& request, bool isRefresh, TimeMs nowMs);
  void drop(std::string_view key);
  // Returns the cached reply that the call may reuse; null if a request is needed. isStale: the reply is old, and the
  // next one must be fetched.
  const ReplyCache::Reply* known(const Call& call, const HttpRequest& request, TimeMs nowMs, bool& isStale) const;
  // Schedules a retry for a flight that failed. Returns false if there must be none.
  bool tryAgain(Flight& flight, int status, const Problem& problem, TimeMs nowMs);
  // Moves the calls that wait for this flight from calls_ to `taken`; with `present`, only those that are outdated.
  void take(const Text& key, List<Call>& taken, const Asker* present = nullptr);
  // Passes the result of a flight on to the calls that wait for it.
  void passOn(const Text& key, const Shared<const Slate>& slate, const Problem& problem, TimeMs nowMs);

  const Service& service_;
  const CallOptions& options_;
  PageProducts& pageProducts_;
  Random& random_;
  Effects& effects_;
  std::uint32_t& lastRequest_;
  List<Flight> flights_;  // a handful
  List<Call> calls_;      // a handful
  List<Outcome> outcomes_;
  ReplyCache replyCache_;
  List<Text> reported_;  // remarks about replies and fallbacks that are in the console
  VisitorTicket ticket_;
  // The visitor and user of the last call.
  Text visitorId_;
  Text userId_;
  Epoch epoch_;
};

}  // namespace vitrine
