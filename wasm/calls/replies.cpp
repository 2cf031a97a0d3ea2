#include "calls/replies.h"

#include <algorithm>

namespace vitrine {

const Replies::Reply* Replies::find(std::string_view key) const {
  const auto found =
      std::find_if(replies_.begin(), replies_.end(), [=](const Reply& reply) { return reply.key == key; });
  return found == replies_.end() ? nullptr : &*found;
}

std::shared_ptr<const Slate> Replies::keep(std::string_view key, std::shared_ptr<const Slate> slate, TimeMs nowMs,
                                           int askers) {
  if (const Reply* last = find(key)) {
    if (last->slate->frame == slate->frame && last->slate->products == slate->products) slate = last->slate;
    replies_.erase(replies_.begin() + (last - replies_.data()));
  }
  if (replies_.size() == kMost) replies_.erase(replies_.begin());
  replies_.push_back({std::string(key), slate, nowMs, askers});
  return slate;
}

void Replies::handedOut(std::shared_ptr<const Slate> slate) {
  std::erase(handed_, slate);
  if (handed_.size() == kMost) handed_.erase(handed_.begin());
  handed_.push_back(std::move(slate));
}

std::shared_ptr<const Slate> Replies::slateOf(std::string_view serveId) const {
  const auto found =
      std::find_if(handed_.rbegin(), handed_.rend(), [=](const auto& slate) { return slate->serveId == serveId; });
  return found == handed_.rend() ? nullptr : *found;
}

}  // namespace vitrine
