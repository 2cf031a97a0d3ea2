#include "core/runtime.h"

#include <algorithm>

#include "render/card.h"

namespace vitrine {
namespace {

// The journal id is also the id of the page view. 50 random bits: two pages of one browser never draw the same.
constexpr int kJournalIdLength = 10;

// An undelivered event reaches the crash-proof copy this long after it was tracked: short, since a killed browser loses
// what is not there yet, but long enough that a burst of events makes one write.
constexpr double kMirrorDelayMs = 250;

// Journals of pages that ended are looked for soon after a start (the page before this one may still be ending), then
// seldom.
constexpr double kFirstScanMs = 1.5 * kSecondMs;
constexpr double kScanIntervalMs = 60 * kSecondMs;

constexpr double kStorageRetryMs = 30 * kSecondMs;

// The one key that exists for a shopper who refused: the refusal.
constexpr char kOptOutKey[] = "vitrine:1:optout";

std::string slateJson(const Slate& slate) {
  std::string out;
  JsonObject json(out);
  json.add("serveId", slate.serveId);
  if (!slate.title.empty()) json.add("title", slate.title);
  if (slate.totalResults >= 0) json.add("totalResults", slate.totalResults);
  std::string& list = json.key("results");
  char separator = '[';
  for (const Product& product : slate.products) {
    list += separator;
    separator = ',';
    JsonObject item(list);
    item.add("productId", product.id).add("title", product.title);
    if (product.price >= 0) item.add("price", product.price);
    if (product.originalPrice >= 0) item.add("originalPrice", product.originalPrice);
    if (!product.currency.empty()) item.add("currency", product.currency);
    if (!product.imageUrl.empty()) item.add("imageUrl", product.imageUrl);
    if (!product.url.empty()) item.add("url", product.url);
    if (!product.brand.empty()) item.add("brand", product.brand);
    if (product.rating >= 0) item.add("rating", product.rating);
    if (product.ratingCount > 0) item.add("ratingCount", product.ratingCount);
    item.addJson("metadata", product.attributes);
    item.close();
  }
  list += slate.products.empty() ? "[]" : "]";
  json.close();
  return out;
}

std::string_view stateOf(const Json& boot, const char* key) {
  const Json* state = member(boot, "state");
  return state ? stringMember(*state, key) : std::string_view();
}

std::string_view pageUrlOf(const Json& boot) {
  const Json* page = member(boot, "page");
  return page ? stringMember(*page, "url") : std::string_view();
}

Consent firstConsent(const Config& config, bool hasGpc) {
  if (!hasGpc || config.privacy.withGpc == Consent::kGranted) return config.consent;
  if (config.privacy.withGpc == Consent::kDenied) return Consent::kDenied;
  return config.consent == Consent::kGranted ? Consent::kAnonymous : config.consent;
}

// What Date can say; NaN is not.
bool isTime(double ms) { return ms >= 0 && ms <= 8.64e15; }

const Json& configOf(const Json& boot) {
  const Json* config = member(boot, "config");
  return config ? *config : boot;  // never so from our own host; every option is then unknown, and told
}

}  // namespace

Runtime::Runtime(const std::string& boot, double nowMs)
    : wallMs_(isTime(nowMs) ? nowMs : 0),
      clock_(wallMs_),
      nowMs_(wallMs_),
      boot_(parseJson(boot)),
      config_(readConfig(configOf(boot_), effects_)),
      random_(stringMember(boot_, "seed")),
      provider_(makeProvider(config_.provider, config_.providerOptions, problems_)),
      identity_(random_, config_.events.sessionTimeoutMs),
      outbox_(config_.events, random_.token(kJournalIdLength)),
      delivery_(config_.events, outbox_, *provider_, random_, effects_, lastRequest_),
      writer_(random_, outbox_.ownId()),
      rate_(config_.events.rate),
      pageUrl_(scrubUrl(pageUrlOf(boot_), config_.privacy.scrub)),
      consent_(Consent::kUnknown),
      askedConsent_(firstConsent(config_, numberMember(boot_, "gpc", 0) != 0)),
      isStorageUsed_(stringMember(boot_, "storage") == "localStorage" && config_.events.isPersistent &&
                     !config_.isServer) {
  for (const Problem& problem : problems_) effects_.log(LogLevel::kError, problem->code, problem->message);
  identity_.load(isStorageUsed_ ? stateOf(boot_, kIdentityKey) : std::string_view(), wallMs_);
  isOptedOut_ = isStorageUsed_ && !stateOf(boot_, kOptOutKey).empty();
  isMetricsHeard_ = numberMember(boot_, "notify", 0) != 0;
  isVisible_ = numberMember(boot_, "visible", 1) != 0;
  delivery_.setVisible(isVisible_);
  delivery_.setOnline(numberMember(boot_, "online", 1) != 0);
  delivery_.setAllowed(false);
  applyConsent();
  if (const Json* journals = member(boot_, "journals")) {
    for (const Json& journal : journals->children) claimForeign(journal.text);
  }
  boot_ = {};
}

void Runtime::tick(double nowMs) {
  if (isTime(nowMs)) wallMs_ = nowMs;
  nowMs_ = clock_.tick(wallMs_);
}

double Runtime::fail(const Problem& problem) {
  error_ = errorJson(*problem);
  return -1;
}

std::string Runtime::takeError() { return std::exchange(error_, {}); }

// ---- events

double Runtime::accept(EventKind kind, std::string_view members) {
  if (!config_.events.enabled) return 0;
  const bool saysOnlyWho = kind == EventKind::kIdentify && consent_ == Consent::kAnonymous;
  if (!mayRecord(consent_) || saysOnlyWho) {
    outbox_.countDropped(DropReason::kConsent, 1);
    return 0;
  }
  if (!rate_.allows(kind, nowMs_)) {
    outbox_.countDropped(DropReason::kRateLimit, 1);
    if (!std::exchange(isRateTold_, true)) {
      effects_.log(LogLevel::kWarn, "rateLimit",
                   "Events come faster than events.rateLimit allows and are dropped. Is a handler calling itself?");
    }
    return 0;
  }
  identity_.touch(wallMs_);
  // Unknown consent keeps the ids on the held event: they are taken off again if the answer is "anonymous".
  const std::string_view ids =
      consent_ == Consent::kAnonymous ? std::string_view() : std::string_view(identity_.fragment());
  Event event = writer_.write(kind, wallMs_, ids, members);
  if (static_cast<double>(event.text.size()) >= std::min<double>(kMaxEventBytes, config_.events.maxQueueBytes)) {
    outbox_.countDropped(DropReason::kTooLarge, 1);
    effects_.log(LogLevel::kWarn, "tooLarge", "An event of more than 64 KiB (or events.maxQueueBytes) was dropped.");
    return 0;
  }
  const Ordinals dropped = outbox_.add(std::move(event));
  if (!dropped.empty()) {
    effects_.log(LogLevel::kWarn, "queueFull",
                 "The event queue is full (events.maxQueueSize); the oldest views are dropped first.");
    delivery_.gone(dropped);
  }
  delivery_.queued(nowMs_, false);
  if (mirrorMs_ == kNever) mirrorMs_ = nowMs_ + kMirrorDelayMs;
  return 0;
}

double Runtime::openServe(const Json& payload) {
  Serve serve;
  std::string members;
  if (Problem problem = readServe(payload, "sv_" + random_.token(24), pageUrl_, serve, members)) return fail(problem);
  accept(EventKind::kItemsServed, members);
  return serves_.open(std::move(serve));
}

double Runtime::serve(const std::string& payload, double nowMs) {
  tick(nowMs);
  return openServe(parseJson(payload));
}

std::string Runtime::serveId(double serve) const {
  const Serve* found = serves_.find(serve);
  return found ? found->serveId : std::string();
}

double Runtime::itemEventOf(const Serve* serve, const std::string& kindName, const std::string& itemId, double position,
                            double quantity) {
  EventKind kind;
  const bool isKnown = readEventKind(kindName, kind);
  if (!isKnown || (kind != EventKind::kView && kind != EventKind::kClick && kind != EventKind::kAddToCart)) {
    return fail(validationError("kind", "bad-argument", "An item event is a view, a click or an addToCart."));
  }
  if (!serve)
    return fail(
        validationError("context", "unknown-serve", "This list is not shown (any more): open a context first."));
  std::string members;
  if (Problem problem = itemMembers(*serve, itemId, position, quantity, members)) return fail(problem);
  return accept(kind, members);
}

double Runtime::itemEvent(double serve, const std::string& kind, const std::string& itemId, double position,
                          double quantity, double nowMs) {
  tick(nowMs);
  return itemEventOf(serves_.find(serve), kind, itemId, position, quantity);
}

double Runtime::purchase(const std::string& payload, double nowMs) {
  tick(nowMs);
  std::string members;
  if (Problem problem = purchaseMembers(parseJson(payload), pageUrl_, members)) return fail(problem);
  return accept(EventKind::kPurchase, members);
}

// ---- identity and consent

double Runtime::identify(const std::string& userId, double nowMs) {
  tick(nowMs);
  if (userId.empty() || userId.size() > 256) {
    return fail(validationError("userId", "bad-argument", "userId must be a non-empty string of at most 256 bytes."));
  }
  if (userId == identity_.userId()) return 0;
  std::string members;
  if (!identity_.userId().empty()) {
    JsonObject(members).add("previousUserId", identity_.userId());
    members.erase(0, 1);
  }
  identity_.identify(userId);
  return accept(EventKind::kIdentify, members);
}

void Runtime::reset(double nowMs) {
  tick(nowMs);
  identity_.reset(wallMs_);
}

double Runtime::setConsent(const std::string& level, double nowMs) {
  tick(nowMs);
  Consent consent;
  if (!readConsent(level, consent)) {
    return fail(
        validationError("consent", "bad-argument", "Consent must be 'unknown', 'denied', 'anonymous' or 'granted'."));
  }
  askedConsent_ = consent;
  applyConsent();
  return 0;
}

void Runtime::optOut(double nowMs) {
  tick(nowMs);
  isOptedOut_ = true;
  applyConsent();
  if (isStorageUsed_) effects_.save(kOptOutKey, "1");
}

void Runtime::optIn(double nowMs) {
  tick(nowMs);
  isOptedOut_ = false;
  if (isStorageUsed_) effects_.forget(kOptOutKey);
  applyConsent();
}

void Runtime::applyConsent() {
  const Consent next = isOptedOut_ ? Consent::kDenied : askedConsent_;
  if (next == consent_) return;
  const bool couldStore = isStorageUsed_ && mayStore(consent_);
  consent_ = next;
  delivery_.setAllowed(maySendEvents(next));
  if (next == Consent::kDenied) identity_.reset(wallMs_);  // a later yes begins with a new visitor
  obeyConsent();
  const bool isRefused = next == Consent::kDenied || next == Consent::kAnonymous;
  if (isStorageUsed_ && (couldStore || isRefused)) {
    outbox_.withdraw(effects_);
    effects_.forget(kIdentityKey);
  }
  if (couldStore) {
    effects_.release(outbox_.ownId());
    isOwnHeld_ = false;
    if (isRefused) effects_.scan();  // what earlier pages left goes too
  }
  if (mayStoreAtAll()) {
    identity_.markUnsaved();
    claimOwn();
  }
  delivery_.queued(nowMs_, true);
}

// What was queued when more was allowed.
void Runtime::obeyConsent() {
  if (consent_ == Consent::kDenied) delivery_.gone(outbox_.dropAll(DropReason::kConsent));
  if (consent_ == Consent::kAnonymous) delivery_.gone(outbox_.stripIds());
}

std::string Runtime::consent() const { return consentName(consent_); }
std::string Runtime::visitorId() const { return identity_.visitorId(); }
std::string Runtime::userId() const { return identity_.userId(); }

std::string Runtime::sessionId(double nowMs) {
  tick(nowMs);
  return identity_.sessionId(wallMs_);
}

// ---- data calls and slots

Problem Runtime::ask(QueryKind kind, const Json& query, std::uint32_t& number) {
  Asker asker;
  if (maySendIds(consent_)) {
    asker.visitorId = identity_.visitorId();
    asker.sessionId = identity_.sessionId(wallMs_);
    asker.userId = identity_.userId();
  } else if (kind == QueryKind::kForUser) {
    return validationError("consent", "consent-required",
                           "forUser sends the user's id, which the shopper has not agreed to.");
  }
  HttpRequest request;
  if (Problem problem = provider_->ask(kind, query, asker, request)) return problem;
  number = ++lastRequest_;
  effects_.ask(number, config_.callTimeoutMs, request.method, request.url, request.headersJson, request.body);
  return nullptr;
}

void Runtime::request(double callId, const std::string& kindName, const std::string& query, double nowMs) {
  tick(nowMs);
  QueryKind kind;
  std::uint32_t number = 0;
  Problem problem = readQueryKind(kindName, kind) ? ask(kind, parseJson(query), number)
                                                  : validationError("kind", "bad-argument", "There is no such call.");
  if (problem)
    effects_.settle(callId, false, errorJson(*problem));
  else
    calls_.push_back({callId, number});
}

void Runtime::abort(double callId, double nowMs) {
  tick(nowMs);
  std::erase_if(calls_, [&](const Call& call) {
    if (call.callId != callId) return false;
    effects_.cancel(call.request);
    const Problem aborted = validationError({}, "aborted", "The call was aborted.");
    aborted->type = ErrorType::kAbort;
    effects_.settle(callId, false, errorJson(*aborted));
    return true;
  });
}

void Runtime::requestDone(double requestId, double statusNumber, const std::string& retryAfter, const std::string& body,
                          double nowMs) {
  tick(nowMs);
  const auto number = requestId >= 1 ? static_cast<std::uint32_t>(std::min(requestId, 4294967295.0)) : 0;
  const int status = statusNumber >= kStatusUnsent ? static_cast<int>(std::min(statusNumber, 999.0)) : kStatusNetwork;
  if (number == 0) return;  // of no request
  if (delivery_.requestDone(number, status, retryAfter, nowMs_, wallMs_)) {
    // A batch may end inside a segment; its copy is written again without what was delivered.
    if (outbox_.size() > 0 && mirrorMs_ == kNever) mirrorMs_ = nowMs_ + kMirrorDelayMs;
    return;
  }
  const auto call = std::find_if(calls_.begin(), calls_.end(), [&](const Call& c) { return c.request == number; });
  Slot* slot = slots_.findByRequest(number);
  if (call == calls_.end() && !slot) return;  // nobody waits for it any more
  Slate slate;
  const Problem problem = provider_->read(status, body, slate);
  if (problem) problem->retryAfterMs = retryAfterMs(retryAfter, wallMs_);
  if (slate.serveId.empty()) slate.serveId = "sv_" + random_.token(24);
  if (slot) {
    slot->request = 0;
    if (problem)
      showError(*slot, *problem);
    else
      showSlate(*slot, slate);
    return;
  }
  const double callId = call->callId;
  calls_.erase(call);
  effects_.settle(callId, !problem, problem ? errorJson(*problem) : slateJson(slate));
}

void Runtime::openSlot(double slotId, const std::string& request, double nowMs) {
  tick(nowMs);
  closeSlot(slotId, nowMs);
  Slot slot;
  slot.id = slotId;
  Problem problem = readSlot(parseJson(request), slot);
  if (!problem) problem = ask(slot.kind, slot.query, slot.request);
  if (problem) return showError(slot, *problem);
  slots_.open(std::move(slot));
  effects_.show(slotId, "loading", {});
}

void Runtime::closeSlot(double slotId, double nowMs) {
  tick(nowMs);
  if (const Slot* slot = slots_.find(slotId); slot && slot->request != 0) effects_.cancel(slot->request);
  slots_.close(slotId);
}

void Runtime::showSlate(Slot& slot, const Slate& slate) {
  if (slate.products.empty()) return effects_.show(slot.id, "empty", {});
  slot.serve = static_cast<int>(openServe(parseJson(servePayload(slot, slate))));
  effects_.show(slot.id, "ready", renderSlate(slate, slot.card));
}

void Runtime::showError(Slot& slot, const Error& error) {
  effects_.log(LogLevel::kWarn, error.code, error.message);
  effects_.show(slot.id, "error", {});
}

double Runtime::slotEvent(double slotId, const std::string& kind, const std::string& itemId, double position,
                          double quantity, double nowMs) {
  tick(nowMs);
  const Slot* slot = slots_.find(slotId);
  return itemEventOf(slot ? serves_.find(slot->serve) : nullptr, kind, itemId, position, quantity);
}

// ---- the page

void Runtime::flush(double callId, double nowMs) {
  tick(nowMs);
  delivery_.flush(callId, kNever);
}

void Runtime::flushWithin(double callId, double timeoutMs, double nowMs) {
  tick(nowMs);
  delivery_.flush(callId, nowMs_ + std::max(0.0, timeoutMs));
}

void Runtime::pause(double nowMs) {
  tick(nowMs);
  delivery_.setPaused(true);
}

void Runtime::resume(double nowMs) {
  tick(nowMs);
  delivery_.setPaused(false);
  delivery_.queued(nowMs_, true);
}

void Runtime::setPageState(double visible, double online, double nowMs) {
  tick(nowMs);
  const bool wasVisible = std::exchange(isVisible_, visible != 0);
  delivery_.setVisible(isVisible_);
  delivery_.setOnline(online != 0);
  if (isVisible_ == wasVisible || !isStorageUsed_ || isSuspended_) return;
  if (!isVisible_ && mirrorMs_ != kNever) mirrorMs_ = nowMs_;  // on a phone, a hidden page may be dead in a moment
  scanMs_ = isVisible_ ? nowMs_ + kFirstScanMs : kNever;  // a page nobody looks at adopts nothing
}

void Runtime::navigate(const std::string& url, const std::string&, const std::string&, double nowMs) {
  tick(nowMs);
  pageUrl_ = scrubUrl(url, config_.privacy.scrub);
}

void Runtime::suspend(double nowMs) {
  tick(nowMs);
  save();
  if (mirrorMs_ != kNever && mayStoreAtAll()) outbox_.mirror(effects_);
  park();
  delivery_.setSuspended(true);
  isSuspended_ = true;
  scanMs_ = mirrorMs_ = kNever;
}

// Gives up all locks and what is stored under them.
void Runtime::park() {
  delivery_.gone(outbox_.leave(random_.token(kJournalIdLength), effects_));
  delivery_.forgetRequests();
  claims_.clear();
  isOwnHeld_ = false;
}

void Runtime::restore(double nowMs) {
  tick(nowMs);
  isSuspended_ = false;
  delivery_.setSuspended(false);
  writer_.setPage(outbox_.ownId());
  delivery_.gone(outbox_.rejoin());
  obeyConsent();
  delivery_.queued(nowMs_, true);
  claimOwn();
}

// ---- storage

void Runtime::claimOwn() {
  if (!mayStoreAtAll() || isSuspended_) return;
  effects_.claim(outbox_.ownId());
  scanMs_ = nowMs_ + kFirstScanMs;
}

void Runtime::claimForeign(std::string_view journalId) {
  std::string_view id;
  int number = 0;
  if (!isStorageUsed_ || consent_ == Consent::kUnknown || isSuspended_) return;
  if (!readSegmentName(std::string(journalId) + ":0", id, number) || outbox_.owns(journalId)) return;
  if (std::find(claims_.begin(), claims_.end(), journalId) != claims_.end()) return;
  claims_.emplace_back(journalId);
  effects_.claim(journalId);
}

void Runtime::claimed(const std::string& journalId, const std::string& segments, double nowMs) {
  tick(nowMs);
  const bool wasAsked = std::erase(claims_, journalId) > 0;
  if (journalId != outbox_.ownId() && !wasAsked) return effects_.release(journalId);  // asked before a suspend
  if (!wasAsked) isOwnHeld_ = true;
  if (consent_ == Consent::kUnknown) return effects_.release(journalId);
  delivery_.gone(outbox_.adopt(journalId, segments));
  obeyConsent();
  if (!mayStore(consent_)) outbox_.withdraw(effects_);
  delivery_.queued(nowMs_, true);
}

void Runtime::claimRefused(const std::string& journalId, double nowMs) {
  tick(nowMs);
  std::erase(claims_, journalId);  // its page is alive; the next scan asks again
  // Without Web Locks a page that slept for too long loses what it had: others send what is stored of it now.
  const bool isLost = journalId == outbox_.ownId() ? isOwnHeld_ : outbox_.owns(journalId);
  if (!isLost) return;
  park();
  delivery_.gone(outbox_.rejoin());
  claimOwn();
}

void Runtime::found(const std::string& stored, const std::string& mirrored, double nowMs) {
  tick(nowMs);
  std::vector<std::string_view> storedNames;
  const Json lists[] = {parseJson(stored), parseJson(mirrored)};
  for (const Json& list : lists) {
    for (const Json& name : list.children) {
      std::string_view journalId;
      int number = 0;
      if (!readSegmentName(name.text, journalId, number)) continue;
      if (&list == &lists[0]) storedNames.push_back(name.text);
      claimForeign(journalId);
    }
  }
  if (mayStoreAtAll()) outbox_.markMissing(storedNames);
}

void Runtime::saveFailed(const std::string& key, double nowMs) {
  tick(nowMs);
  if (key == kIdentityKey)
    identity_.markUnsaved();
  else
    outbox_.markUnsaved(key);
  if (nowMs_ >= storageRetryMs_) {
    effects_.log(LogLevel::kWarn, "storage",
                 "localStorage takes no more (full or switched off); events are kept in memory meanwhile.");
  }
  storageRetryMs_ = nowMs_ + kStorageRetryMs;
}

void Runtime::storageChanged(const std::string& key, const std::string& value, double nowMs) {
  tick(nowMs);
  if (!isStorageUsed_) return;
  if (key == kOptOutKey) {
    isOptedOut_ = !value.empty();
    applyConsent();
  }
  if (!mayStore(consent_)) return;
  if (key == kIdentityKey) identity_.merge(value, wallMs_);
  if (key.empty()) {  // all of it was cleared
    identity_.markUnsaved();
    outbox_.markMissing({});
  }
}

void Runtime::save() {
  if (!mayStoreAtAll()) return;
  outbox_.tidy(effects_);  // a full storage takes no writes, but gets emptier by this
  if (!mayStoreNow()) return;
  if (const std::string record = identity_.unsaved(wallMs_); !record.empty()) effects_.save(kIdentityKey, record);
  outbox_.save(effects_);
}

// ---- time

void Runtime::wake(double nowMs) {
  tick(nowMs);
  if (nowMs_ >= scanMs_) {
    scanMs_ = nowMs_ + kScanIntervalMs;
    if (mayStoreNow()) effects_.scan();
  }
}

double Runtime::nextWakeMs() const {
  const TimeMs retryMs = nowMs_ < storageRetryMs_ ? storageRetryMs_ : kNever;
  return clock_.wall(std::min({delivery_.nextWakeMs(), mirrorMs_, scanMs_, retryMs}));
}

std::string Runtime::drainEffects() {
  save();  // before anything is sent: what the receiver may have seen is never unknown to storage
  if (nowMs_ >= mirrorMs_ || isSuspended_) {
    mirrorMs_ = kNever;
    if (mayStoreAtAll()) outbox_.mirror(effects_);
  }
  // Nobody holds the lock of what was just written, so it is not ours any more.
  if (isSuspended_ && outbox_.size() > 0) park();
  delivery_.advance(nowMs_, wallMs_);
  if (isMetricsHeard_) notifyMetrics();
  return effects_.drain();
}

void Runtime::notifyMetrics() {
  std::string now = metrics(wallMs_);
  now.erase(now.find("\"oldestMs\""));  // age alone is no news
  if (now == heardMetrics_) return;
  heardMetrics_ = std::move(now);
  effects_.notify("metrics");
}

std::string Runtime::metrics(double nowMs) const {
  std::string out;
  JsonObject json(out);
  json.add("queued", static_cast<double>(outbox_.size()))
      .add("sent", delivery_.sent())
      .add("failed", delivery_.failed());
  json.add("retrying", static_cast<double>(delivery_.retrying()));
  JsonObject dropped(json.key("dropped"));
  for (int i = 0; i < kDropReasons; ++i) {
    if (outbox_.dropped()[i] > 0) dropped.add(kDropReasonNames[i], outbox_.dropped()[i]);
  }
  dropped.close();
  const TimeMs oldest = outbox_.oldestAtMs();
  json.add("bytes", static_cast<double>(outbox_.bytes()));
  if (delivery_.lastError().empty())
    json.addNull("lastError");
  else
    json.add("lastError", delivery_.lastError());
  json.add("storage", mayStoreNow() ? "localStorage" : "memory");
  json.add("oldestMs", oldest == kNever ? 0 : std::max(0.0, nowMs - oldest));
  json.close();
  return out;
}

}  // namespace vitrine
