#include "base/effects.h"

#include <algorithm>

#include "base/field_writer.h"
#include "base/hash.h"
#include "base/number.h"

namespace vitrine {
namespace {

// Most different lines of a page. Bounded, because a log line may quote a reply, whose texts must not fill memory.
constexpr std::size_t kMaxLines = 100;

// Fields made by the core hold no separator; an address from a configuration might, and must not become a second
// effect.
void appendText(Text& out, std::string_view text) {
  const std::size_t start = out.size();
  out += text;
  for (const char separator : {FieldWriter::kRecordEnd, FieldWriter::kSeparator}) {
    if (text.find(separator) == std::string_view::npos) continue;
    std::replace(out.begin() + static_cast<std::ptrdiff_t>(start), out.end(), separator, ' ');
  }
}

}  // namespace

void Effects::record(std::string_view verb, std::initializer_list<Field> values) {
  text_ += verb;
  FieldWriter writer(text_);
  for (const Field& field : values) {
    if (field.kind == Field::Kind::kFields) {
      text_ += field.text;
      continue;
    }
    writer.begin();
    if (field.kind == Field::Kind::kText)
      appendText(text_, field.text);
    else
      appendNumber(text_, field.number);
  }
  text_ += FieldWriter::kRecordEnd;
}

void Effects::log(LogLevel level, std::string_view code, std::string_view message, std::string_view error) {
  const std::uint32_t line = hash32(message, hash32(code));
  if (loggedLines_.size() == kMaxLines ||
      std::find(loggedLines_.begin(), loggedLines_.end(), line) != loggedLines_.end())
    return;
  loggedLines_.push_back(line);
  log(std::string_view(level == LogLevel::kError  ? "error"
                       : level == LogLevel::kWarn ? "warn"
                                                  : "info"),
      code, message, error);
}

}  // namespace vitrine
