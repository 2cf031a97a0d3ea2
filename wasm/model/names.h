// Misspelt names: of options, of arguments, of services.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/text.h"

namespace vitrine {

class Effects;

// The code of a line about an argument that has an unknown member.
constexpr std::string_view kUnknownField = "unknown-field";

// Returns whether `name` is one of `words`, which are separated by spaces. If it is none, `nearest` becomes the word
// that was probably meant, or "". Near is a word that differs in case, in one place of up to two letters (added,
// missing, replaced, transposed), or that begins with `name`.
bool isAmong(std::string_view words, std::string_view name, std::string_view& nearest);

// Appends ` Did you mean "word"?`, or nothing if there is no word.
void appendGuess(Text& out, std::string_view nearest);

// Logs a warning for each member of `object` whose name is not among `words`.
// path: where the object stands, such as "events"; "" for the outermost. hasOwnNames: a name that is not near to one of
// `words` is a name of the shop's own.
void reportUnknown(const Json& object, std::string_view path, std::string_view words, std::string_view code,
                   Effects& effects, bool hasOwnNames = false);

// Logs a warning about the member `name` at `path`: "<path>.<name>"<fault><guess>
void reportMember(std::string_view path, std::string_view name, std::string_view fault, std::string_view nearest,
                  std::string_view code, Effects& effects);

}  // namespace vitrine
