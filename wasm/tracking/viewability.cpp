#include "tracking/viewability.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vitrine {
namespace {

// Browsers round rectangles to their own units (64ths of a pixel): half of an item may be reported as 49.98 %.
constexpr double kRounding = 0.0005;

// After a gap this long the computer was asleep, and the items were not seen. A page that is only busy looks again
// within seconds.
constexpr double kAsleepMs = 5 * kSecondMs;

}  // namespace

bool ViewRule::isMrc() const {
  const ViewRule mrc;
  return ratio == mrc.ratio && dwellMs == mrc.dwellMs && largeAreaPx == mrc.largeAreaPx &&
         largeRatio == mrc.largeRatio && !isCumulative;
}

int Viewability::watch(std::uint64_t key) {
  if (free_.empty()) {
    free_.push_back(static_cast<int>(items_.size()));
    items_.emplace_back();
  }
  const int watch = free_.back();
  free_.pop_back();
  Item& item = items_[static_cast<std::size_t>(watch)] = {};
  item.key = key;
  item.isUsed = true;
  item.isOver = std::binary_search(counted_.begin(), counted_.end(), key);
  return watch;
}

void Viewability::unwatch(int watch) {
  Item* item = find(watch);
  if (!item) return;
  stop(*item, item->sinceMs);
  item->isUsed = false;
  free_.push_back(watch);
}

void Viewability::mute(int watch) {
  Item* item = find(watch);
  if (!item) return;
  stop(*item, item->sinceMs);
  item->isOver = true;
}

Viewability::Item* Viewability::find(int watch) {
  if (watch < 0 || static_cast<std::size_t>(watch) >= items_.size()) return nullptr;
  Item& item = items_[static_cast<std::size_t>(watch)];
  return item.isUsed ? &item : nullptr;
}

void Viewability::start(int watch, TimeMs atMs) {
  Item& item = items_[static_cast<std::size_t>(watch)];
  if (item.place >= 0 || item.isOver || !item.isInView || !isVisible_ || isStanding_) return;
  item.place = static_cast<int>(running_.size());
  running_.push_back(watch);
  item.sinceMs = atMs;
  dueMs_ = smaller(dueMs_, atMs + leftMs(item, atMs));
}

void Viewability::stop(Item& item, TimeMs atMs) {
  if (item.place < 0) return;
  item.beforeMs = rule_.isCumulative ? item.beforeMs + atMs - item.sinceMs : 0;
  const int last = running_.back();
  running_[static_cast<std::size_t>(item.place)] = last;
  items_[static_cast<std::size_t>(last)].place = item.place;
  running_.pop_back();
  item.place = -1;
  if (running_.empty()) dueMs_ = kNever;
}

// Counts the item if its clock was full at atMs.
void Viewability::judge(int watch, TimeMs atMs) {
  Item& item = items_[static_cast<std::size_t>(watch)];
  if (item.place < 0 || leftMs(item, atMs) > 0) return;
  const double visibleMs = item.beforeMs + atMs - item.sinceMs;
  stop(item, atMs);
  item.isOver = true;
  const auto place = std::lower_bound(counted_.begin(), counted_.end(), item.key);
  if (place != counted_.end() && *place == item.key) return;  // a clone of the item, as an endless carousel makes them
  counted_.insert(place, item.key);
  viewed_.push_back({watch, item.ratio, visibleMs, item.isLarge, item.isOversize});
}

// The page's clock never goes back. If it did, time would stand still until it has caught up.
void Viewability::hear(TimeMs pageMs) {
  if (!(pageMs > nowMs_) || !std::isfinite(pageMs)) return;
  if (pageMs > dueMs_ + kAsleepMs) restart(pageMs);
  nowMs_ = pageMs;
}

// Starts all running clocks anew. With isCumulative they keep the time that is known to have passed.
void Viewability::restart(TimeMs atMs) {
  for (const int watch : running_) {
    Item& item = items_[static_cast<std::size_t>(watch)];
    if (rule_.isCumulative) item.beforeMs += larger(0, nowMs_ - item.sinceMs);
    item.sinceMs = atMs;
  }
  dueMs_ = running_.empty() ? kNever : atMs;
}

void Viewability::report(int watch, double visiblePx, double areaPx, double mostPx, TimeMs atMs) {
  Item* item = find(watch);
  if (!item) return;
  hear(atMs);
  // A report is never dated before the item's last report, nor after the present time.
  const TimeMs whenMs = atMs >= item->changedMs && atMs <= nowMs_ ? atMs : nowMs_;
  item->changedMs = whenMs;
  const bool isThere = areaPx > 0 && visiblePx > 0 && std::isfinite(areaPx) && std::isfinite(visiblePx);
  const bool isOversize = mostPx > 0 && mostPx < areaPx * (1 - kRounding);
  const double ratio = isThere ? std::min(1.0, visiblePx / (isOversize ? mostPx : areaPx)) : 0;
  const bool isLarge = areaPx >= rule_.largeAreaPx;
  const double least = isLarge ? rule_.largeRatio : rule_.ratio;
  item->isInView = isThere && ratio >= least - kRounding;
  if (!item->isInView) {
    judge(watch, whenMs);
    return stop(*item, whenMs);
  }
  item->ratio = ratio;
  item->isLarge = isLarge;
  item->isOversize = isOversize;
  start(watch, whenMs);
}

void Viewability::look(TimeMs pageMs) {
  hear(pageMs);
  if (isStanding_ && isVisible_) {
    isStanding_ = false;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      if (items_[i].isUsed) start(static_cast<int>(i), nowMs_);
    }
  }
  dueMs_ = kNever;
  for (std::size_t i = running_.size(); i > 0; --i) judge(running_[i - 1], nowMs_);
  for (const int watch : running_) {
    dueMs_ = smaller(dueMs_, nowMs_ + leftMs(items_[static_cast<std::size_t>(watch)], nowMs_));
  }
}

bool Viewability::setVisible(bool isVisible) {
  if (isVisible == isVisible_) return false;
  isVisible_ = isVisible;
  isStanding_ = true;
  while (!running_.empty()) {
    Item& item = items_[static_cast<std::size_t>(running_.back())];
    stop(item, larger(nowMs_, item.sinceMs));
  }
  return true;
}

void Viewability::newPage() {
  counted_.clear();
  running_.clear();
  for (Item& item : items_) {
    item.place = -1;
    item.beforeMs = 0;
    item.isOver = false;
  }
  dueMs_ = kNever;
  isStanding_ = true;
}

List<Viewed> Viewability::take() { return std::exchange(viewed_, {}); }

double Viewability::dueInMs() const {
  if (running_.empty()) return kNever;
  return larger(0, dueMs_ - nowMs_);
}

}  // namespace vitrine
