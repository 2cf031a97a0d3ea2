// Reads the text of drained effects back, as js/core/effects.ts does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/effects.h"

namespace vitrine::test {

using Effect = std::vector<std::string>;  // the verb, then its fields

inline std::vector<Effect> readEffects(std::string_view text) {
  std::vector<Effect> effects;
  while (!text.empty()) {
    std::string_view record = text.substr(0, text.find('\x1e'));
    text.remove_prefix(std::min(record.size() + 1, text.size()));
    Effect& effect = effects.emplace_back();
    for (std::size_t end = 0; end != std::string_view::npos; record.remove_prefix(end + 1)) {
      end = record.find('\x1f');
      effect.emplace_back(record.substr(0, end));
      if (end == std::string_view::npos) break;
    }
  }
  return effects;
}

// Those with this verb.
inline std::vector<Effect> named(std::string_view verb, const std::vector<Effect>& effects) {
  std::vector<Effect> found;
  for (const Effect& effect : effects) {
    if (effect[0] == verb) found.push_back(effect);
  }
  return found;
}

inline std::vector<Effect> drained(Effects& effects) { return readEffects(effects.drain()); }

}  // namespace vitrine::test
