#include "tracking/tracker.h"

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "model/ids.h"
#include "model/names.h"

namespace vitrine {

namespace {

// Bytes of the members that every event has, besides the ids of the shopper (EventWriter), and of `bot`.
constexpr std::size_t kCommonBytes = 192;

}  // namespace

Problem unknownServe() {
  return validationError(
      "context", "unknown-serve",
      "No list with this number is shown: it belongs to an earlier page view. Open a context first.");
}

void Tracker::setConsent(Consent consent) {
  consent_ = consent;
  if (!mayHoldIds(consent)) attribution_.clear();
}

void Tracker::beginShopper() {
  setPageId(newPageId(random_));
  random_.beginUlids();
  attribution_.clear();
  ++shopper_;
  who_.clear();
  noteShopper();
}

void Tracker::noteShopper(bool isSame) {
  if (!maySendEvents(consent_)) return;
  const std::string_view who = maySendIds(consent_) ? std::string_view(identity_.visitorId()) : "-";
  if (!who_.empty() && who_ != who && !isSame) return beginShopper();
  who_ = who;
}

void Tracker::setPageId(Text pageId) {
  pageId_ = std::move(pageId);
  writer_.setPage(pageId_);
}

const Serve* Tracker::serveNow(double number, Moment now) {
  Serve* serve = serves_.find(number);
  if (!serve || serve->shopper == shopper_) return serve;
  serve->shopper = shopper_;
  serve->isInherited = true;
  renameServe(*serve, newServeId(random_));
  for (const Text& members : serve->parts) queue(EventKind::kItemsServed, members, now);
  return serve;
}

void Tracker::newPage(std::string_view pageId, Text referrer) {
  setPageId(Text(pageId));
  pageUrl_ = url_;
  referrer_ = std::move(referrer);
  isPageTold_ = false;
}

bool Tracker::drop(DropReason reason) {
  queue_.countDropped(reason);
  return false;
}

std::size_t Tracker::room(std::size_t mostBytes) const {
  const std::size_t used = identity_.fragment().size() + kCommonBytes;
  return mostBytes > used ? mostBytes - used : 0;
}

Problem Tracker::tooLarge(const char* field) {
  drop(DropReason::kTooLarge);
  return sizeError(field);
}

bool Tracker::queue(EventKind kind, std::string_view members, Moment now) {
  if (!queue_.isEnabled()) return false;
  if (*bot_ != '\0' && options_.dropsBots) return drop(DropReason::kBot);
  if (!allows(kind)) return drop(DropReason::kConsent);
  if (!rate_.allows(kind, now.logicalMs)) {
    effects_.log(LogLevel::kWarn, "rateLimit",
                 "Events come faster than events.rateLimit allows and are dropped. Is a handler calling itself?");
    return drop(DropReason::kRateLimit);
  }
  Text tagged;
  if (*bot_ != '\0') {
    tagged = members;
    members = appendMember(tagged, "bot", bot_);
  }
  identity_.touch(now.wallMs);
  return queue_.add(kind, now, [&] {
    // While consent is unknown the held event keeps its ids; they are removed if consent becomes "anonymous".
    const std::string_view ids =
        consent_ == Consent::kAnonymous ? std::string_view() : std::string_view(identity_.fragment());
    return writer_.write(kind, now.wallMs, ids, members);
  });
}

void Tracker::release(std::string_view text, Moment now) {
  Event event;
  if (!readEvent(text, event)) {
    drop(DropReason::kHook);
  } else if (!allows(event.kind)) {
    drop(DropReason::kConsent);
  } else {
    if (consent_ == Consent::kAnonymous) event.text = unrecognised(event.text, event.kind);
    queue_.keep(std::move(event), now);
  }
}

void Tracker::pageView(Moment now) {
  if (std::exchange(isPageTold_, true)) return;
  Text members;
  appendMember(members, "url", url_);
  if (!referrer_.empty()) appendMember(members, "referrer", referrer_);
  if (!pageItem_.empty()) appendMember(members, "itemId", pageItem_);
  queue(EventKind::kPageView, members, now);
}

Problem Tracker::serve(const Json& payload, Moment now, int& number, Shared<const Slate> slate) {
  Serve serve;
  serve.slate = std::move(slate);
  const std::size_t most = room(queue_.mostBytes(EventKind::kItemsServed));
  if (Problem problem = readServe(payload, newServeId(random_), url_, most, serve, serve.parts)) return problem;
  number = open(std::move(serve), now);
  return nullptr;
}

Problem Tracker::serve(const Served& served, Moment now, int& number, Shared<const Slate> slate) {
  Serve serve;
  serve.slate = std::move(slate);
  const std::size_t most = room(queue_.mostBytes(EventKind::kItemsServed));
  if (Problem problem = serveMembers(served, newServeId(random_), url_, most, serve, serve.parts)) return problem;
  number = open(std::move(serve), now);
  return nullptr;
}

int Tracker::open(Serve serve, Moment now) {
  serve.shopper = shopper_;
  for (const Text& members : serve.parts) queue(EventKind::kItemsServed, members, now);
  return serves_.open(std::move(serve));
}

Problem Tracker::itemEvent(double serveNumber, std::string_view kindName, std::string_view itemId, double position,
                           double quantity, Moment now, const Json* details) {
  EventKind kind;
  const bool isKnown = readEventKind(kindName, kind);
  if (!isKnown || (kind != EventKind::kView && kind != EventKind::kClick && kind != EventKind::kAddToCart)) {
    return argumentError("kind", kOtherKind);
  }
  if (!find(serveNumber)) return unknownServe();
  if (!isId(itemId)) return idError("itemId");
  const Serve* serve = serveNow(serveNumber, now);
  const bool isCart = kind == EventKind::kAddToCart;
  if (isCart && quantity == 0) quantity = 1;
  Text members;
  if (Problem problem = itemMembers(*serve, itemId, position, quantity, members)) return problem;
  if (isCart && !isPositive(quantity)) return argumentError("quantity", "a number above 0");
  if (Problem problem = addProductMembers(*serve, itemId, kind, details, members)) return problem;
  addUrl(members);
  // A product put in the cart on its own page was found elsewhere, so an earlier touch of another list counts.
  const bool isTouch =
      kind == EventKind::kClick || (isCart && !(serve->isAlone && attribution_.isTouched(itemId, now.wallMs)));
  const bool isFree = queue_.isEnabled() && mayRecord(consent_);
  if (isTouch && isFree) attribution_.touch(itemId, serve->itemFragment, position, now.wallMs);
  if (isCart) {
    JsonObject json = JsonObject::within(members);
    attribution_.describe(itemId, now.wallMs, json);
  }
  if (members.size() > room(queue_.mostBytes(kind))) return tooLarge("itemId");
  queue(kind, members, now);
  return nullptr;
}

void Tracker::addUrl(Text& members) const {
  if (!options_.sendsAddress || url_.empty()) return;
  appendMember(members, "url", url_);
}

void Tracker::view(int serveNumber, std::string_view itemId, double position, std::string_view how, Moment now) {
  const Serve* serve = serveNow(serveNumber, now);
  Text members;
  if (!serve || itemMembers(*serve, itemId, position, 0, members)) return;
  addProductMembers(*serve, itemId, EventKind::kView, nullptr, members);
  addUrl(members);
  appendMembers(members, how);
  queue(EventKind::kView, members, now);
}

Problem Tracker::shopEvent(std::string_view kindName, const Json& payload, Moment now) {
  EventKind kind;
  if (!readEventKind(kindName, kind)) kind = EventKind::kView;  // refused as no kind of these
  const bool isOrder = kind == EventKind::kPurchase;
  if (const Text known = shopEventNames(kind); !known.empty())
    reportUnknown(payload, kindName, kind == EventKind::kAddToCart ? known + "serve position" : known, kUnknownField,
                  effects_);
  if (const double serve = kind == EventKind::kAddToCart ? numberMember(payload, "serve", -1) : -1; serve >= 0) {
    const Json* given = member(payload, "quantity");
    const double quantity = numberMember(payload, "quantity", -1);
    return itemEvent(serve, kindName, readId(member(payload, "itemId")), numberMember(payload, "position", -1),
                     !given || given->isNull() ? 0
                     : quantity > 0            ? quantity
                                               : -1,
                     now, &payload);
  }
  if (const Json* items = isOrder ? member(payload, "items") : nullptr) {
    const Text known = shopEventNames(kind, true);
    for (const Json& item : items->children) reportUnknown(item, "purchase.items", known, kUnknownField, effects_);
  }
  const Attribution none({});
  const std::size_t most = room(queue_.mostBytes(kind));
  Text members;
  for (int shed = 0; shed < (isOrder ? 3 : 1); ++shed) {
    const std::string_view url = shed < 2 ? std::string_view(url_) : std::string_view();
    if (Problem problem = shopEventMembers(kind, payload, url, shed < 1 ? attribution_ : none, now.wallMs, members))
      return problem;
    if (members.size() > (shed < 1 ? std::min(most, room(kMaxEventBytes)) : most)) continue;
    if (shed > 0) {
      effects_.log(
          LogLevel::kWarn, "too-large",
          "An order of more than 64 KiB was recorded without the attribution of its lines. Report it in parts.");
    }
    break;
  }
  if (members.size() > most) {
    return tooLarge(isOrder                      ? "items"
                    : kind == EventKind::kSearch ? "filters"
                    : kind == EventKind::kCustom ? "properties"
                                                 : "itemId");
  }
  const std::string_view orderId = readId(member(payload, "orderId"));
  if (isOrder && orders_.isKnown(orderId))
    drop(DropReason::kDuplicate);
  else if (queue(kind, members, now) && isOrder)
    orders_.add(orderId);
  return nullptr;
}

void Tracker::exposure(std::string_view experiment, std::string_view variant, Moment now) {
  Text members;
  appendMember(members, "experiment", experiment);
  appendMember(members, "variant", variant);
  queue(EventKind::kExposure, members, now);
}

Problem Tracker::identify(const Text& userId, SharedState& sharedState, Moment now) {
  if (!isId(userId)) return idError("userId");
  if (userId.size() > kMaxUserIdBytes) return argumentError("userId", "at most 256 bytes long");
  if (userId == identity_.userId()) return nullptr;
  Text members;
  if (!identity_.userId().empty()) {
    appendMember(members, "previousUserId", identity_.userId());
    if (options_.resetsForOtherUser) {
      sharedState.reset(now.wallMs);
      beginShopper();
    }
  }
  identity_.identify(userId);
  queue(EventKind::kIdentify, members, now);
  return nullptr;
}

}  // namespace vitrine
