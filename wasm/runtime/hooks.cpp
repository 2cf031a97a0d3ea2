// The part of the tracking half that serves the page's hooks (docs/plugins.md).
#include "runtime/tracking_runtime.h"
#include "tracking/amend.h"

namespace vitrine {

Text TrackingRuntime::hold(const Text& event, double nowMs) {
  tick(nowMs);
  if (!event.empty()) tracker_.release(event, now_);
  return queue_.hold();
}

Text TrackingRuntime::amend(const Text& before, const Text& after) {
  Text text;
  return resultOf(amendEvent(parseJson(before), parseJson(after), text)) < 0 ? Text() : text;
}

}  // namespace vitrine
