// Data calls: who waits for what, which requests are under way, what came of them.
//
// Whoever asks is a listener and hears one outcome for each start. Equal questions share a request; questions that can travel
// together do. What a query may say of how it is to be answered:
//   fallback [{kind, …}]: asked in this order while there are fewer than minResults (1) products, each for as many as
//     are missing; timeBudget (ms): what there is by then counts
//   maxAge (ms): an answer this young will do, in place of what the configuration says; 0 asks in any case
//   exclude, excludeIds: page_products.h
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/effects.h"
#include "base/random.h"
#include "base/time.h"
#include "calls/call_options.h"
#include "calls/listener.h"
#include "calls/page_products.h"
#include "calls/reply_cache.h"
#include "services/service.h"

namespace vitrine {

// What a listener asked for: a slate that is never changed again, or what is wrong, or both: then it is the last answer
// to that question, for want of a new one.
struct Outcome {
  Listener listener;
  std::shared_ptr<const Slate> slate;
  Problem problem;
};

class Calls {
 public:
  // lastRequest: the counter from which every request of this runtime takes its number.
  Calls(const Service& service, const CallOptions& options, PageProducts& pageProducts, Random& random,
        Effects& effects, std::uint32_t& lastRequest)
      : service_(service),
        options_(options),
        pageProducts_(pageProducts),
        random_(random),
        effects_(effects),
        lastRequest_(lastRequest) {}

  // A listener waits for one thing at a time: cancel() what it waits for first. The request leaves with advance().
  // isNew: no answer from before will do.
  void start(Listener listener, QueryKind kind, Json query, Asker asker, TimeMs nowMs, bool isNew = false);
  // The same with the kind by its name.
  void start(Listener listener, std::string_view kindName, Json query, Asker asker, TimeMs nowMs);
  bool awaits(Listener listener) const;
  // No outcome follows. False if the listener waits for nothing.
  bool cancel(Listener listener);

  // As cancel(), but it hears of an error of the type "abort".
  void abort(Listener listener);

  // Something waits to leave, for the first time or once more.
  bool hasUnsent() const;
  // Who asks now: what has not left yet for anybody else is asked for this one.
  void setAsker(const Asker& asker, TimeMs nowMs);

  // Sends what is due and gives up waiting where the time is over.
  void advance(TimeMs nowMs);
  TimeMs nextWakeMs() const;

  // An answer; of a request that nobody waits for (any more) it is ignored.
  void requestDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body, TimeMs nowMs,
                   TimeMs wallMs);

  // What was decided since the last time, in order.
  std::vector<Outcome> takeOutcomes() { return std::exchange(outcomes_, {}); }

  // The products of a recent outcome, by its serve id; null if it is none.
  std::shared_ptr<const Slate> slateOf(std::string_view serveId) const { return replyCache_.slateOf(serveId); }
  // Another shopper from here on: nothing of the last one's is shown again.
  void forget() { replyCache_.forget(); }

 private:
  // A question under way. Equal ones share it.
  struct Flight {
    std::string key;
    HttpRequest request;
    std::uint32_t number;  // of its request, which others may share; 0 until it is sent
    int attempts;
    TimeMs startMs;
    TimeMs dueMs;
    int askers;
    bool isRefresh;  // for the next one who asks, whoever waits for it now
  };
  struct Call {
    Listener listener;
    QueryKind kind;
    Json query;
    Asker asker;
    TimeMs deadlineMs;
    bool isNew;
    std::string key{};             // of the flight that it waits for
    std::string firstKey{};        // of what was asked first
    std::size_t source = 0;        // 0: what was asked; then the fallbacks
    std::shared_ptr<Slate> sum{};  // of several sources; null while there is only `first`
    std::shared_ptr<const Slate> first{};
    Problem problem{};  // of the first source that failed
  };

  std::size_t countOf(const Call& call) const {
    return call.sum ? call.sum->products.size() : call.first ? call.first->products.size() : 0;
  }
  void noteAsker(const Asker& asker);
  // Asks the call's present source. False if the call is finished.
  bool ask(Call& call, TimeMs nowMs);
  // What the source gave; null: it failed. False if the call is finished.
  bool hear(Call& call, const std::shared_ptr<const Slate>& slate, Problem problem, TimeMs nowMs);
  void finish(Call& call);
  void fly(std::string key, HttpRequest request, bool isRefresh, TimeMs nowMs);
  void drop(std::string_view key);
  // The last answer to the same question, if the call takes it; null: it has to be asked.
  const ReplyCache::Reply* known(const Call& call, const HttpRequest& request, TimeMs nowMs, bool& isStale) const;
  // Whether there is another try for the flight that ended so; then it is due again.
  bool tryAgain(Flight& flight, int status, const Problem& problem, TimeMs nowMs);
  // Takes those out who wait for this question.
  void take(const std::string& key, std::vector<Call>& taken);
  // Those who wait for this question hear of it.
  void tell(const std::string& key, const std::shared_ptr<const Slate>& slate, const Problem& problem, TimeMs nowMs);

  const Service& service_;
  const CallOptions& options_;
  PageProducts& pageProducts_;
  Random& random_;
  Effects& effects_;
  std::uint32_t& lastRequest_;
  std::vector<Flight> flights_;  // a handful
  std::vector<Call> calls_;      // a handful
  std::vector<Outcome> outcomes_;
  ReplyCache replyCache_;
  // Who asked last; askers_ counts the changes.
  std::string visitorId_;
  std::string userId_;
  int askers_ = 0;
};

}  // namespace vitrine
