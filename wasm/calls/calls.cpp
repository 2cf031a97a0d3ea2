#include "calls/calls.h"

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "model/ids.h"
#include "model/retry.h"
#include "services/filters.h"
#include "services/status.h"

namespace vitrine {
namespace {

// More products are requested than shown if some may be excluded. Services limit a reply to 128 products.
constexpr std::size_t kMostExtra = 24;
constexpr std::size_t kMostAsked = 128;
// With filters that Vitrine applies, so many times the products are requested.
constexpr std::size_t kFilteredTimes = 4;

// The longest wait before a retry. If the service names a longer time, the request fails instead.
constexpr double kShortWaitMs = 2 * kSecondMs;
// A retry is made only if at least this much time is left for it.
constexpr double kLeastTryMs = 500;

// Returns the query of a source: 0 is the call's own query, 1 and up are its fallbacks. Null if there is none.
const Json* sourceOf(const Json& query, std::size_t source) {
  if (source == 0) return &query;
  const Json* fallback = member(query, "fallback");
  return fallback && source <= fallback->children.size() ? &fallback->children[source - 1] : nullptr;
}

// Returns a number of the query as a whole number, at most 1000; the fallback if it is not given.
std::size_t countIn(const Json& query, const char* name, double fallback) {
  return static_cast<std::size_t>(std::clamp(numberMember(query, name, fallback), 0.0, 1000.0));
}

}  // namespace

void Calls::start(Listener listener, QueryKind kind, Json query, Asker asker, TimeMs nowMs, bool isNew) {
  if (Problem problem = readIds(query, listener.isSlot())) {
    return refuse(listener, std::move(problem));
  }
  const double budgetMs = numberMember(query, "timeBudget", 0);
  noteAsker(asker);
  addPage(asker, listener);
  Call call{listener, kind, std::move(query), std::move(asker), budgetMs > 0 ? nowMs + budgetMs : kNever, isNew};
  if (ask(call, nowMs)) calls_.push_back(std::move(call));
}

void Calls::start(Listener listener, std::string_view kindName, Json query, Asker asker, TimeMs nowMs) {
  QueryKind kind;
  if (readQueryKind(kindName, kind)) return start(listener, kind, std::move(query), std::move(asker), nowMs);
  refuse(listener, validationError("kind", "bad-argument", "There is no such call."));
}

void Calls::noteAsker(const Asker& asker) {
  if (asker.visitorId == visitorId_ && asker.userId == userId_) return;
  visitorId_ = asker.visitorId;
  userId_ = asker.userId;
  ++epoch_.askers;
}

void Calls::addPage(Asker& asker, Listener listener) const {
  asker.cart = pageProducts_.cart();
  asker.viewing = pageProducts_.viewing();
  asker.isMarkup = listener.isSlot();
}

bool Calls::hasUnsent() const {
  return std::any_of(flights_.begin(), flights_.end(), [](const Flight& flight) { return flight.number == 0; });
}

void Calls::setAsker(const Asker& asker, TimeMs nowMs) {
  noteAsker(asker);
  List<Call> outdated;
  for (const Flight& flight : flights_) {
    if (flight.number == 0) take(flight.key, outdated, &asker);
  }
  flights_.eraseIf([this](const Flight& flight) {
    return flight.number == 0 && !isAwaited(flight.key) && (!flight.isRefresh || flight.epoch.askers != epoch_.askers);
  });
  for (Call& call : outdated) {
    call.asker = asker;
    addPage(call.asker, call.listener);
    if (ask(call, nowMs)) calls_.push_back(std::move(call));
  }
}

bool Calls::isOutdated(const Asker& asker, const Asker& present) const {
  if (asker.isAllowed != present.isAllowed) return true;
  if (options_.isServer || !asker.userId.empty()) return false;
  return asker.visitorId != present.visitorId || asker.userId != present.userId;
}

Problem Calls::build(const Call& call, QueryKind kind, const Json& asked, bool hasFilters,
                     Shared<HttpRequest>& request) const {
  Json numbered;
  // A page has its own products, so more of them would be those of the next page.
  if (const std::size_t wanted = countIn(call.query, "topK", 0); wanted > 0 && !member(asked, "page")) {
    const std::size_t missing = std::max<std::size_t>(wanted - std::min(wanted, countOf(call)), 1);
    const std::size_t extra = std::min(pageProducts_.excluded(call.query, call.listener).size(), kMostExtra);
    std::size_t number = missing + extra;
    if (hasFilters) number *= kFilteredTimes;
    number = std::max(missing, std::min(number, kMostAsked));
    if (number != wanted || call.source > 0) numbered = withNumber(asked, "topK", static_cast<double>(number));
  }
  request = Shared<HttpRequest>::make();
  return service_.ask(kind, numbered.isObject() ? numbered : asked, call.asker, *request);
}

bool Calls::ask(Call& call, TimeMs nowMs) {
  Json asked = *sourceOf(call.query, call.source);
  // The filters of the call count for its fallbacks too.
  const Json* filters = member(asked, "filters");
  if (!filters && (filters = member(call.query, "filters"))) asked.children.push_back(*filters);
  QueryKind kind = call.kind;
  if (call.source > 0 && !readQueryKind(stringMember(asked, "kind"), kind)) {
    return receive(call, nullptr,
                   validationError("fallback", "bad-argument", "A fallback needs a kind: {kind: 'trending', …}."),
                   nowMs);
  }
  Shared<HttpRequest> built;
  Problem problem = build(call, kind, asked, false, built);
  // Whether the service has these filters is known only now.
  if (!problem && !built->filtersJson.empty()) problem = build(call, kind, asked, true, built);
  const HttpRequest& request = *built;
  call.filters = request.filtersJson;
  if (call.source == 0) call.firstFilters = call.filters;
  if (call.source == 0) call.skip = request.skip;
  if (!call.filters.empty())
    call.filteredBy = "vitrine";
  else if (filters && !filters->children.empty() && !*call.filteredBy)
    call.filteredBy = "service";
  if (problem) return receive(call, nullptr, std::move(problem), nowMs);
  call.key = request.method;
  call.key.append(" ").append(request.url).append(request.part).append(request.urlTail);
  call.key.append("\n").append(request.body);
  if (call.source == 0) call.firstKey = call.key;
  bool isStale = false;
  if (const ReplyCache::Reply* reply = known(call, request, nowMs, isStale)) {
    const auto slate = reply->slate;
    if (isStale) fly(call, built, true, nowMs);
    return receive(call, slate, nullptr, nowMs);
  }
  fly(call, built, false, nowMs);
  return true;
}

const ReplyCache::Reply* Calls::known(const Call& call, const HttpRequest& request, TimeMs nowMs, bool& isStale) const {
  const ReplyCache::Reply* reply = replyCache_.find(call.key);
  // An empty reply is not reused: the next request may bring products.
  if (!reply || (reply->slate->products.empty() && reply->slate->terms.empty())) return nullptr;
  const Epoch& epoch = reply->epoch;
  if (epoch.askers != epoch_.askers || request.isOnce || call.isNew) return nullptr;
  if (request.isRecord && epoch.pages != epoch_.pages) return nullptr;
  if (request.isPersonal && epoch.acts != epoch_.acts) return nullptr;
  const double wantedMs = numberMember(call.query, "maxAge", -1);
  const TimeMs ageMs = nowMs - reply->atMs;
  isStale = ageMs >= (wantedMs >= 0 ? wantedMs : options_.maxAgeMs);
  return isStale && (wantedMs >= 0 || ageMs >= options_.maxAgeMs + options_.staleMs) ? nullptr : reply;
}

bool Calls::receive(Call& call, Shared<const Slate> slate, Problem problem, TimeMs nowMs) {
  if (slate) slate = filtered(slate, call.source > 0 ? 0 : call.skip, call.filters, service_.name(), problem);
  if (!slate) {
    // A fallback that the service refuses is a fault of the page, which no caller learns otherwise.
    if (call.source > 0 && problem && problem->type == ErrorType::kValidation && isNew(problem->message))
      effects_.log(LogLevel::kWarn, "fallback-refused", filled("A fallback is left out: %", problem->message));
    if (!call.problem) call.problem = std::move(problem);
  } else if (!call.first) {
    call.first = slate;
  } else {
    if (!call.sum) call.sum = Shared<Slate>::make(*call.first);
    for (const auto& product : slate->products) {
      if (!findProduct(*call.sum, product->id)) call.sum->products.push_back(product);
    }
  }
  const std::size_t least = countIn(call.query, "minResults", 1);
  if (countOf(call) < std::max<std::size_t>(least, 1) && nowMs < call.deadlineMs &&
      sourceOf(call.query, call.source + 1)) {
    ++call.source;
    return ask(call, nowMs);
  }
  finish(call);
  return false;
}

void Calls::finish(Call& call) {
  Shared<const Slate> slate = call.first;
  if (call.sum) slate = call.sum;
  // A caller that named no fallback handles the error itself.
  const bool isSatisfied = call.listener.isSlot() || member(call.query, "fallback");
  const bool isOld = !slate && isSatisfied && call.problem && call.problem->isRetryable();
  if (isOld) {
    const ReplyCache::Reply* last = replyCache_.find(call.firstKey);
    Problem unknown;
    if (last && !last->slate->products.empty())
      slate = filtered(last->slate, call.skip, call.firstFilters, service_.name(), unknown);
  }
  if (!slate) {
    return refuse(call.listener, std::move(call.problem));
  }
  const auto excluded = pageProducts_.excluded(call.query, call.listener);
  const std::size_t topK = countIn(call.query, "topK", 0);
  const std::size_t limit = countIn(call.query, "limit", 1000);
  const std::size_t most = topK > 0 ? topK : slate->products.size();
  const auto isOut = [&](const Shared<const Product>& product) {
    return std::find(excluded.begin(), excluded.end(), product->id) != excluded.end();
  };
  if (slate->products.size() > most || slate->terms.size() > limit ||
      std::any_of(slate->products.begin(), slate->products.end(), isOut)) {
    const auto shown = Shared<Slate>::make(*slate);
    shown->terms.erase(shown->terms.begin() + std::min(shown->terms.size(), limit), shown->terms.end());
    shown->products.eraseIf(isOut);
    shown->products.erase(shown->products.begin() + std::min(shown->products.size(), most), shown->products.end());
    slate = shown;
  }
  replyCache_.handedOut(slate);
  if (call.listener.isSlot()) pageProducts_.show(call.listener, slate);
  OutcomeForm form{.hasTerms = call.kind == QueryKind::kSuggest};
  if (isListing(call.kind)) {
    form = {static_cast<int>(countIn(call.query, "page", 1)), static_cast<int>(topK)};
    if (member(call.query, "page")) form.pagedBy = call.skip > 0 ? "vitrine" : "service";
  }
  outcomes_.push_back(
      {call.listener, std::move(slate), isOld ? std::move(call.problem) : nullptr, call.filteredBy, form});
}

void Calls::fly(const Call& call, const Shared<HttpRequest>& request, bool isRefresh, TimeMs nowMs) {
  for (Flight& flight : flights_) {
    if (flight.key != call.key) continue;
    flight.isRefresh |= isRefresh;
    return;
  }
  flights_.push_back({call.key, call.asker.visitorId, request, 0, 0, nowMs, nowMs, epoch_, isRefresh});
}

bool Calls::cancel(Listener listener) {
  const auto call = std::find_if(calls_.begin(), calls_.end(), [=](const Call& c) { return c.listener == listener; });
  if (call == calls_.end()) return false;
  const Text key = std::move(call->key);
  calls_.erase(call);
  drop(key);
  return true;
}

void Calls::abort(Listener listener) {
  if (!cancel(listener)) return;
  Problem aborted = validationError("", "aborted", "The call was aborted.");
  aborted->type = ErrorType::kAbort;
  refuse(listener, std::move(aborted));
}

void Calls::drop(std::string_view key) {
  const auto flight = std::find_if(flights_.begin(), flights_.end(), [=](const Flight& f) { return f.key == key; });
  if (flight == flights_.end() || isAwaited(key) || flight->isRefresh) return;
  const std::uint32_t number = flight->number;
  flights_.erase(flight);
  const bool isShared =
      std::any_of(flights_.begin(), flights_.end(), [=](const Flight& f) { return f.number == number; });
  if (number != 0 && !isShared) effects_.cancel(number);
}

void Calls::advance(TimeMs nowMs) {
  for (std::size_t i = 0; i < calls_.size();) {
    if (calls_[i].deadlineMs > nowMs) {
      ++i;
      continue;
    }
    List<Call> ended;
    ended.push_back(std::move(calls_[i]));
    calls_.erase(calls_.begin() + i);
    Call& call = ended.front();
    drop(call.key);
    if (!call.problem) {
      call.problem = validationError("timeBudget", "timeout", "No reply within timeBudget.");
      call.problem->type = ErrorType::kTimeout;
    }
    finish(call);
  }
  for (Flight& flight : flights_) {
    if (flight.number != 0 || flight.dueMs > nowMs) continue;
    const HttpRequest& request = *flight.request;
    const std::uint32_t number = ++lastRequest_;
    Text url = request.url;
    for (Flight& other : flights_) {
      const HttpRequest& joined = *other.request;
      const bool isSame = &other == &flight ||
                          (!joined.part.empty() && joined.partKind == request.partKind && joined.url == request.url &&
                           joined.urlTail == request.urlTail && joined.body == request.body);
      if (!isSame || other.number != 0 || other.dueMs > nowMs) continue;
      if (url.size() > request.url.size()) url += kPartSeparator;
      url += joined.part;
      other.number = number;
      ++other.attempts;
    }
    url.append(request.urlTail).append(request.freeTail);
    const double timeoutMs = options_.timeoutMs - (nowMs - flight.startMs);
    if (request.isScript) {
      effects_.script(number, timeoutMs, url);
    } else {
      effects_.ask({.requestId = static_cast<double>(number),
                    .timeoutMs = timeoutMs,
                    .method = request.method,
                    .url = url,
                    .headersJson = request.headersJson,
                    .body = request.body});
    }
  }
}

TimeMs Calls::nextWakeMs() const {
  TimeMs next = kNever;
  for (const Call& call : calls_) next = std::min(next, call.deadlineMs);
  for (const Flight& flight : flights_) {
    if (flight.number == 0) next = std::min(next, flight.dueMs);
  }
  return next;
}

void Calls::requestDone(std::uint32_t number, int status, std::string_view retryAfter, std::string_view body,
                        TimeMs nowMs, TimeMs wallMs) {
  for (std::size_t i = 0; i < flights_.size();) {
    Flight& flight = flights_[i];
    if (flight.number != number) {
      ++i;
      continue;
    }
    const ReplyCache::Reply* last = replyCache_.find(flight.key);
    auto slate =
        last && status >= 200 && status < 300 && !body.empty() && *last->slate->body == body ? last->slate : nullptr;
    const auto fresh = Shared<Slate>::make();
    Problem problem;
    if (!slate) {
      fresh->body = Shared<const Text>::make(body);
      const Slate* before = last ? last->slate.get() : nullptr;
      problem =
          withAddress(service_.read(status, *fresh->body, flight.request->part, before, *fresh), flight.request->url);
    }
    // The reply has it also where its products are refused.
    if (!fresh->ticket.empty()) ticket_ = {flight.visitorId, fresh->ticket};
    const List<Text>& remarks = fresh->remarks;
    for (const Text* remark = remarks.begin(); remark != remarks.end(); remark += 2) {
      if (isNew(*remark)) effects_.log(LogLevel::kWarn, "reply-fault", filled("%%", service_.name(), remark[1]));
    }
    if (problem) problem->retryAfterMs = retryAfterMs(retryAfter, wallMs);
    if (problem && tryAgain(flight, status, problem, nowMs)) {
      ++i;
      continue;
    }
    const Text key = std::move(flight.key);
    const Epoch epoch = flight.epoch;
    fresh->reference = flight.request->reference;
    flights_.erase(flights_.begin() + i);
    if (!problem && !slate) {
      const bool isUnchanged = last && last->slate->frame == fresh->frame;
      if (fresh->serveId.empty()) fresh->serveId = isUnchanged ? last->slate->serveId : newServeId(random_);
      slate = fresh;
    }
    if (slate) slate = replyCache_.keep(key, slate, nowMs, epoch);
    passOn(key, slate, problem, nowMs);
    i = 0;  // a call may have gone on to its next source and changed flights_
  }
}

bool Calls::tryAgain(Flight& flight, int status, const Problem& problem, TimeMs nowMs) {
  // Only errors that may pass in a moment. A 429 is retried only if the service says when.
  const bool isMoment =
      status == kStatusNetwork || (status >= 502 && status <= 504) || (status == 429 && problem->retryAfterMs > 0);
  const double waitMs = std::max(problem->retryAfterMs, kMinBackoffMs * (1 + random_.unit()));
  const bool isInTime = nowMs + waitMs + kLeastTryMs <= flight.startMs + options_.timeoutMs;
  if (!isMoment || !isInTime || waitMs > kShortWaitMs || flight.request->isOnce) return false;
  if (flight.attempts > options_.retries) return false;
  flight.number = 0;
  flight.dueMs = nowMs + waitMs;
  return true;
}

void Calls::take(const Text& key, List<Call>& taken, const Asker* present) {
  for (std::size_t i = 0; i < calls_.size();) {
    if (calls_[i].key != key || (present && !isOutdated(calls_[i].asker, *present))) {
      ++i;
      continue;
    }
    taken.push_back(std::move(calls_[i]));
    calls_.erase(calls_.begin() + i);
  }
}

void Calls::passOn(const Text& key, const Shared<const Slate>& slate, const Problem& problem, TimeMs nowMs) {
  List<Call> waiting;
  take(key, waiting);
  for (Call& call : waiting) {
    if (receive(call, slate, copyOf(problem), nowMs)) calls_.push_back(std::move(call));
  }
}

}  // namespace vitrine
