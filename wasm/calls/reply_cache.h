// The last replies of the page: what may be shown again without asking, what is shown when nothing else can be had, and
// which products a serve id stands for.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/product.h"

namespace vitrine {

class ReplyCache {
 public:
  struct Reply {
    std::string key;                     // of the question
    std::shared_ptr<const Slate> slate;  // with its body
    TimeMs atMs;                         // logical
    int askers;  // for whom: another number is another shopper, or one who allows something else
  };

  // Null if this question was not answered yet, or too long ago to be among the last kMost.
  const Reply* find(std::string_view key) const;
  // Answers the slate that stands for it from here on: the last one, if that says the same.
  std::shared_ptr<const Slate> keep(std::string_view key, std::shared_ptr<const Slate> slate, TimeMs nowMs, int askers);

  // A slate was handed to somebody who may tell of its products by its serve id.
  void handedOut(std::shared_ptr<const Slate> slate);
  std::shared_ptr<const Slate> slateOf(std::string_view serveId) const;

  // Another shopper: nothing of the last one's is shown again.
  void forget() { replyCache_.clear(); }

  static constexpr std::size_t kMost = 24;  // of each; a page shows a handful

 private:
  std::vector<Reply> replyCache_;                     // oldest first
  std::vector<std::shared_ptr<const Slate>> handed_;  // oldest first
};

}  // namespace vitrine
