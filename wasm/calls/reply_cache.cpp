#include "calls/reply_cache.h"

#include <algorithm>

namespace vitrine {

const ReplyCache::Reply* ReplyCache::find(std::string_view key) const {
  const auto found =
      std::find_if(replyCache_.begin(), replyCache_.end(), [=](const Reply& reply) { return reply.key == key; });
  return found == replyCache_.end() ? nullptr : &*found;
}

Shared<const Slate> ReplyCache::keep(std::string_view key, Shared<const Slate> slate, TimeMs nowMs,
                                     const Epoch& epoch) {
  if (const Reply* last = find(key)) {
    if (last->slate->frame == slate->frame && last->slate->products == slate->products) slate = last->slate;
    replyCache_.erase(replyCache_.begin() + (last - replyCache_.data()));
  }
  if (replyCache_.size() == kMost) replyCache_.erase(replyCache_.begin());
  replyCache_.push_back({Text(key), slate, nowMs, epoch});
  return slate;
}

void ReplyCache::handedOut(Shared<const Slate> slate) {
  handed_.eraseValue(slate);
  if (handed_.size() == kMost) handed_.erase(handed_.begin());
  handed_.push_back(std::move(slate));
}

Shared<const Slate> ReplyCache::slateOf(std::string_view serveId) const {
  const auto found =
      std::find_if(handed_.rbegin(), handed_.rend(), [=](const auto& slate) { return slate->serveId == serveId; });
  return found == handed_.rend() ? nullptr : *found;
}

}  // namespace vitrine
