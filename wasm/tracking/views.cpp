#include "tracking/views.h"

#include <algorithm>
#include <cmath>

#include "base/hash.h"
#include "base/number.h"
#include "model/ids.h"

namespace vitrine {
namespace {

// A new route has drawn itself after this time. Items of the route before that are still there belong to the new one
// too.
constexpr double kSettleMs = kSecondMs;

// The key of an item begins with the number of its serve, so that the keys of ended serves can be found.
constexpr int kServeShift = 40;

// Rounds to three decimals: a thousandth of an item.
double rounded(double ratio) { return std::floor(ratio * 1000 + 0.5) / 1000; }

}  // namespace

Problem Views::watch(double serve, std::string_view itemId, double position, double& number) {
  if (!tracker_.find(serve)) return unknownServe();
  if (!isId(itemId)) return idError("itemId");
  Text name;
  appendNumber(name, position);
  const auto key = static_cast<std::uint64_t>(serve) << kServeShift | hash(itemId, hash(name)) >> (64 - kServeShift);
  const int index = viewability_.watch(key);
  if (!tracker_.isCurrent(serve)) viewability_.mute(index);
  if (static_cast<std::size_t>(index) >= items_.size()) items_.resize(static_cast<std::size_t>(index) + 1);
  items_[static_cast<std::size_t>(index)] = {static_cast<int>(serve), Text(itemId), position};
  number = index;
  return nullptr;
}

bool Views::report(double number, double visiblePx, double areaPx, double mostPx, TimeMs atMs) {
  viewability_.report(indexOf(number), visiblePx, areaPx, mostPx, atMs);
  // Without isCumulative a clock starts at zero, so it is full no sooner than the clocks that already run.
  const bool isSooner = lookMs_ == kNever || rule_.isCumulative;
  return viewability_.isAwaited() || (isSooner && viewability_.dueInMs() < kNever);
}

bool Views::look(TimeMs pageMs, Moment now) {
  viewability_.look(pageMs);
  const TimeMs knownMs = lookMs_;
  // While the page scrolls, another item is the first due one in each frame. A look that comes too early only schedules
  // the next one.
  const TimeMs dueMs = now.logicalMs + viewability_.dueInMs();
  if (lookMs_ <= now.logicalMs || lookMs_ > dueMs) lookMs_ = dueMs;
  const List<Viewed> all = viewability_.take();
  for (const Viewed& viewed : all) {
    const Item& item = items_[static_cast<std::size_t>(viewed.watch)];
    Text rule = rule_.isMrc() ? "mrc" : "custom";
    if (viewed.isLarge) rule += "-large";
    if (viewed.isOversize) rule += "-viewport";
    Text how;
    appendMember(how, "rule", rule);
    appendMember(how, "ratio", rounded(viewed.ratio));
    appendMember(how, "visibleMs", std::floor(smaller(viewed.visibleMs + 0.5, 1e15)));
    tracker_.view(item.serve, item.itemId, item.position, how, now);
  }
  return lookMs_ != knownMs || !all.empty();
}

Text Views::ratios() const {
  Text out;
  appendNumber(out, smaller(rule_.ratio, rule_.largeRatio));
  appendNumber(out += ',', larger(rule_.ratio, rule_.largeRatio));
  return out;
}

void Views::setVisible(bool isVisible) {
  if (!viewability_.setVisible(isVisible)) return;
  lookMs_ = kNever;
  if (isVisible) effects_.reportViews(false);
}

void Views::newPage() {
  viewability_.newPage();
  lookMs_ = kNever;
  effects_.reportViews(false);
}

void Views::newRoute() {
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (viewability_.isWatched(static_cast<int>(i))) tracker_.keep(items_[i].serve);
  }
  tracker_.newRoute();
  viewability_.forget([this](std::uint64_t key) { return !tracker_.find(static_cast<double>(key >> kServeShift)); });
}

void Views::settleLater(TimeMs logicalMs) { settledMs_ = logicalMs + kSettleMs; }

void Views::wake(TimeMs logicalMs) {
  if (logicalMs >= settledMs_) {
    settledMs_ = lookMs_ = kNever;
    effects_.reportViews(true);
  } else if (logicalMs >= lookMs_) {
    lookMs_ = kNever;  // the look schedules the next one
    effects_.reportViews(false);
  }
}

}  // namespace vitrine
