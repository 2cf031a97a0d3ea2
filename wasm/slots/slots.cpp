#include "slots/slots.h"

#include <algorithm>

#include "base/number.h"
#include "cards/patch.h"
#include "cards/reorder.h"

namespace vitrine {
namespace {

// The id of closed slots whose products are kept until the next page view, because their elements may come back.
constexpr double kParked = -1;

// Placeholder count for a widget without top-k.
constexpr int kPlaceholders = 12;

// Returns for each product of `after` its index in `before`, or -1.
List<int> sourcesOf(const Slate& before, const Slate& after) {
  List<int> sources(after.products.size(), -1);
  List<char> isTaken(before.products.size(), 0);
  const auto takes = [&](std::size_t i, std::size_t source) {
    if (isTaken[source] != 0 || before.products[source]->id != after.products[i]->id) return false;
    isTaken[source] = 1;
    sources[i] = static_cast<int>(source);
    return true;
  };
  for (std::size_t i = 0; i < sources.size(); ++i) {
    // Fast path: most products keep their position.
    if (i < isTaken.size() && takes(i, i)) continue;
    for (std::size_t source = 0; source < isTaken.size() && !takes(i, source);) ++source;
  }
  return sources;
}

// The markup on the page before a patch: rendered by the core, or read back from the page.
struct Before {
  const Slate& slate;       // only the ids are known if the markup is read from the page
  const CardOptions* card;  // null: the markup is in `page`
  const Json* page;         // {frame, items: [{id, html}]}

  void frame(Text& out) const {
    if (card)
      renderFrame(slate, *card, out);
    else
      out = stringMember(*page, "frame");
  }
  void item(std::size_t i, Text& out) const {
    if (card)
      renderItem(slate, i, *card, out);
    else
      out = stringMember(member(*page, "items")->children[i], "html");
  }
};

// Adds products that have nothing but an id.
void addProducts(const Json* ids, Slate& slate) {
  if (!ids) return;
  for (const Json& item : ids->children) {
    auto product = Shared<Product>::make();
    product->id = item.isObject() ? stringMember(item, "id") : item.text;
    slate.products.push_back(std::move(product));
  }
}

bool hasSameIds(const Slate& a, const Slate& b) {
  return std::equal(a.products.begin(), a.products.end(), b.products.begin(), b.products.end(),
                    [](const auto& one, const auto& other) { return one->id == other->id; });
}

// True if the frames around the items must be equal (cards/card_data.h).
bool isSameAround(const Slate& before, const Slate& after) {
  return before.title == after.title && before.serveId == after.serveId && before.totalResults == after.totalResults &&
         before.products.size() == after.products.size();
}

// Appends the patch from `page` to `after`, rendered with `card`. isSameWay: an unchanged product has unchanged markup.
// Returns false, and appends nothing, if no patch exists.
bool appendPatch(const Before& page, const CardOptions& card, bool isSameWay, const Slate& after, Text& patch) {
  const Slate& before = page.slate;
  Text was;
  Text is;
  Text frame;
  if (page.card != &card || !isSameAround(before, after)) {
    page.frame(was);
    renderFrame(after, card, is);
    if (!patchMarkup(was, is, -1, frame)) return false;
  }

  const List<int> sources = sourcesOf(before, after);
  List<Text> htmls;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i] < 0) renderItem(after, i, card, htmls.emplace_back());
  }
  patchOrder(sources, before.products.size(), htmls, patch);
  patch += frame;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i] < 0) continue;
    const bool hasMoved = sources[i] != static_cast<int>(i);
    // The same object means an unchanged product (model/product.h).
    if (isSameWay && !hasMoved && before.products[i] == after.products[i]) continue;
    was.clear();
    is.clear();
    page.item(static_cast<std::size_t>(sources[i]), was);
    renderItem(after, i, card, is);
    if (!patchMarkup(was, is, static_cast<int>(i), patch)) patchItem(static_cast<int>(i), patch);
  }
  return true;
}

}  // namespace

void Slots::setStrings(const Json& texts, const Json& own) {
  const auto strings = Shared<Strings>::make();
  strings->add(texts);
  strings->add(own);
  strings_ = strings;
}

const Slot* Slots::open(double id, const Json& request, Moment now) {
  Slot slot;
  slot.id = id;
  if (const Problem problem = readSlot(request, slot)) {
    close(id);
    fail(id, slot.name, *problem);
    return nullptr;
  }
  const auto card = Shared<CardOptions>::make();
  card->strings = strings_;
  if (const Problem refused = readCardOptions(request, *card, &cardTemplates_)) logRefused(slot, *refused);
  slot.card = card;
  Slot* old = slotOf(id);
  if (old && old->isFilled) {
    slot.shown = std::move(old->shown);
    slot.shownCard = std::move(old->shownCard);
    slot.isFilled = slot.isOutdated = true;
    slot.isAdopted = old->isAdopted;
    slot.serve = old->serve;
  }
  Slot& opened = *slots_.insert(old ? slots_.erase(old) : slots_.end(), std::move(slot));
  const Json* rendered = member(request, "rendered");
  if (!rendered || !rendered->isObject()) {
    if (boolMember(request, "reuse", false) && reuse(opened)) return nullptr;
    Text placeholder;
    const double count = numberMember(opened.query, "topK", kPlaceholders);
    renderPlaceholder(*opened.card, count >= 1 && count <= 100 ? static_cast<std::size_t>(count) : kPlaceholders,
                      placeholder);
    effects_.show(id, opened.serve, "loading", placeholder);
    return &opened;
  }
  adopt(opened, *rendered, now);
  return nullptr;
}

// Logs why a shop's own template was refused. The built-in template shows the products instead.
void Slots::logRefused(const Slot& slot, const Error& refused) {
  Text message = slot.name;
  if (refused.line > 0) {
    message.append(refused.field).append(" ");
    appendInteger(message, static_cast<unsigned>(refused.line));
    message += ':';
    appendInteger(message, static_cast<unsigned>(refused.column));
    message += ": ";
  }
  message += refused.message;
  effects_.log(LogLevel::kError, refused.code, message, errorJson(refused));
}

void Slots::adopt(Slot& slot, const Json& rendered, Moment now) {
  const auto slate = Shared<Slate>::make();
  addProducts(member(rendered, "itemIds"), *slate);
  slate->serveId = stringMember(rendered, "serveId");
  serve(slot, slate, now);
  slot.shown = slate;
  slot.isFilled = slot.isAdopted = true;
  slot.isOutdated = slot.isOpening = false;
  effects_.patch(slot.id, slot.serve, {});
}

void Slots::wait(double id, Moment now) {
  if (Slot* slot = slotOf(id); slot && slot->isOpening) slot->skeletonAtMs = now.logicalMs + kSkeletonMs;
}

Slot* Slots::twinOf(const Slot& slot, const Slate* slate) {
  if (slot.list.empty()) return nullptr;
  for (Slot& other : slots_) {
    if (&other == &slot || other.list != slot.list || !other.isFilled || other.isOutdated ||
        !tracker_.isCurrent(other.serve))
      continue;
    // Without a slate the products must be known; two open slots that exclude others' products show different ones.
    if (slate ? hasSameIds(*other.shown, *slate)
              : !other.isAdopted && (other.id == kParked || !member(slot.query, "exclude")))
      return &other;
  }
  return nullptr;
}

bool Slots::reuse(Slot& slot) {
  Slot* twin = slot.isFilled ? nullptr : twinOf(slot);
  if (!twin) return false;
  slot.shown = twin->shown;
  slot.shownCard = slot.card;
  slot.serve = twin->serve;
  slot.isFilled = true;
  slot.isOpening = false;
  tracker_.hold(slot.serve, true);
  show(slot, *slot.shown);
  // A parked slot has given its products away.
  twin->isFilled = twin->id != kParked;
  return true;
}

void Slots::serve(Slot& slot, const Shared<const Slate>& slate, Moment now) {
  release(slot);
  if (const Slot* twin = twinOf(slot, slate.get()))
    slot.serve = twin->serve;
  else
    tracker_.serve(servedOf(slot, *slate), now, slot.serve, slate);
  tracker_.hold(slot.serve, true);
}

void Slots::release(const Slot& slot) {
  if (std::none_of(slots_.begin(), slots_.end(), [&](const Slot& other) {
        return &other != &slot && other.id != kParked && other.serve == slot.serve;
      }))
    tracker_.hold(slot.serve, false);
}

void Slots::close(double id) {
  Slot* slot = slotOf(id);
  if (!slot) return;
  release(*slot);
  slot->id = kParked;
  slot->isFilled = slot->isFilled && !slot->isOutdated;
  slot->skeletonAtMs = kNever;
  slots_.eraseIf([&](const Slot& one) {
    return one.id == kParked && !(one.isFilled && !one.list.empty() && tracker_.isCurrent(one.serve));
  });
}

Slot* Slots::slotOf(double id) {
  const auto found = std::find_if(slots_.begin(), slots_.end(), [id](const Slot& slot) { return slot.id == id; });
  return found == slots_.end() ? nullptr : &*found;
}

const Slot* Slots::find(double id) const {
  return const_cast<Slots*>(this)->slotOf(id);  // slotOf changes nothing
}

void Slots::settle(double id, const Shared<const Slate>& slate, const Problem& problem, Moment now) {
  Slot* slot = slotOf(id);
  if (!slot) return;
  slot->skeletonAtMs = kNever;
  slot->isOpening = false;
  // With a problem, the slate is the last cached reply: better than an empty slot, but no better than products on show.
  if (problem && (!slate || slot->isFilled)) return fail(id, slot->name, *problem);
  const bool wasOutdated = std::exchange(slot->isOutdated, false);
  slot->isFilled = !slate->products.empty();
  if (!slot->isFilled) {
    slot->shown = nullptr;
    slot->isAdopted = false;
    return effects_.show(id, slot->serve, "empty", {});
  }
  if (slate == slot->shown && !wasOutdated) return effects_.patch(id, slot->serve, {});
  const bool isNewServe = wasOutdated || !slot->shown || slot->shown->serveId != slate->serveId;
  if (isNewServe) serve(*slot, slate, now);
  const Slate* before = std::exchange(slot->isAdopted, false) ? nullptr : slot->shown.get();
  Text patch;
  if (before &&
      appendPatch({*before, wasOutdated ? slot->shownCard.get() : slot->card.get(), nullptr}, *slot->card,
                  !wasOutdated && before->currency == slate->currency && before->money == slate->money, *slate, patch))
    effects_.patch(id, slot->serve, {patch});
  else
    show(*slot, *slate);
  slot->shown = slate;
  slot->shownCard = slot->card;
}

void Slots::show(const Slot& slot, const Slate& slate) {
  effects_.show(slot.id, slot.serve, "ready", renderSlate(slate, *slot.card));
}

void Slots::fail(double id, const Text& name, const Error& error) {
  effects_.log(LogLevel::kWarn, error.code, filled("%%", name, error.message), errorJson(error));
  Slot* slot = slotOf(id);
  const bool isStale = slot && slot->isFilled && !slot->isOutdated;
  if (slot && !isStale) {
    slot->shown = nullptr;
    slot->isFilled = slot->isAdopted = false;
  }
  effects_.show(id, slot ? slot->serve : -1, isStale ? "stale" : "error", {});
}

Text Slots::html(double id) const {
  const Slot* slot = find(id);
  return slot && slot->shown && !slot->isAdopted ? renderSlate(*slot->shown, *slot->card) : Text();
}

Text Slots::patchOf(double id, const Json& page) const {
  const Slot* slot = find(id);
  if (!slot || !slot->shown || slot->isAdopted) return {};
  Slate before;
  addProducts(member(page, "items"), before);
  Text patch("=");
  return appendPatch({before, nullptr, &page}, *slot->card, false, *slot->shown, patch) ? patch : Text();
}

Text Slots::itemJson(double id, std::string_view itemId) const {
  const Slot* slot = find(id);
  if (!slot || !slot->shown) return {};
  const Product* product = findProduct(*slot->shown, itemId);
  return product ? productJson(*product, *slot->shown) : Text();
}

TimeMs Slots::nextWakeMs() const {
  TimeMs next = kNever;
  for (const Slot& slot : slots_) next = std::min(next, slot.skeletonAtMs);
  return next;
}

void Slots::wake(Moment now) {
  for (Slot& slot : slots_) {
    if (slot.skeletonAtMs > now.logicalMs) continue;
    slot.skeletonAtMs = kNever;
    effects_.show(slot.id, slot.serve, "skeleton", {});
  }
}

}  // namespace vitrine
