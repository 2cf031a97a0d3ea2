// Reads the text of drained effects back, with the fields by their names (base/effects.inc), as js/core/effects.ts
// does.
#pragma once

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/effects.h"
#include "base/field_writer.h"

namespace vitrine::test {

// The fields of one verb, in their order. A last field of the kind "fields" stands for any number of fields.
struct EffectForm {
  std::vector<std::string_view> names;
  std::vector<std::string_view> kinds;

  bool isOpen() const { return !kinds.empty() && kinds.back() == "fields"; }
};

// Every effect of the list, by its verb.
inline const std::map<std::string, EffectForm, std::less<>>& effectForms() {
  static const std::map<std::string, EffectForm, std::less<>> forms = {
#define EFFECT(verb, ...) \
  {#verb, {{VITRINE_LIST(VITRINE_NAME_TEXT, __VA_ARGS__)}, {VITRINE_LIST(VITRINE_KIND_TEXT, __VA_ARGS__)}}},
#include "base/effects.inc"
#undef EFFECT
  };
  return forms;
}

// The verb, then its fields.
struct Effect : std::vector<std::string> {
  using std::vector<std::string>::vector;
  using std::vector<std::string>::operator[];

  const std::string& verb() const { return front(); }
  // Returns a field by its name. Throws for a name that the verb does not have.
  const std::string& operator[](std::string_view name) const {
    const std::vector<std::string_view>& names = effectForms().at(verb()).names;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return at(i + 1);
    }
    throw std::out_of_range(verb() + " has no field " + std::string(name));
  }
  double number(std::string_view name) const { return std::stod((*this)[name]); }
  bool flag(std::string_view name) const { return (*this)[name] == "1"; }
  // Returns whether the effect has every field of its verb, and no other.
  bool isWhole() const {
    const auto form = effectForms().find(verb());
    if (form == effectForms().end()) return false;
    const std::size_t fields = form->second.names.size() - (form->second.isOpen() ? 1 : 0);
    return form->second.isOpen() ? size() > fields : size() == fields + 1;
  }
};

// Splits a record, or a patch, into its fields.
inline Effect splitFields(std::string_view record) {
  Effect fields;
  for (std::size_t end = 0; end != std::string_view::npos; record.remove_prefix(end + 1)) {
    end = record.find(FieldWriter::kSeparator);
    fields.emplace_back(record.substr(0, end));
    if (end == std::string_view::npos) break;
  }
  return fields;
}

inline std::vector<Effect> readEffects(std::string_view text) {
  std::vector<Effect> effects;
  while (!text.empty()) {
    const std::string_view record = text.substr(0, text.find(FieldWriter::kRecordEnd));
    text.remove_prefix(std::min(record.size() + 1, text.size()));
    effects.push_back(splitFields(record));
  }
  return effects;
}

// Returns a list of fields with | in the place of the separators, such as "|text|0|0.1|old|new".
inline std::string readableFields(std::string fields) {
  std::replace(fields.begin(), fields.end(), FieldWriter::kSeparator, '|');
  return fields;
}

// The effects with this verb.
inline std::vector<Effect> named(std::string_view verb, const std::vector<Effect>& effects) {
  std::vector<Effect> found;
  for (const Effect& effect : effects) {
    if (effect.verb() == verb) found.push_back(effect);
  }
  return found;
}

inline std::vector<Effect> drained(Effects& effects) { return readEffects(effects.drain()); }

}  // namespace vitrine::test
