#include "services/fields.h"

#include <cstdint>

#include "base/json_cursor.h"
#include "base/number.h"

namespace vitrine {
namespace {

class FieldReader {
 public:
  FieldReader(std::string_view text, Field* fields, std::size_t count)
      : text_(text), cursor_(text), fields_(fields), count_(count) {}

  bool run(std::string_view inner, FieldsExtent& extent) {
    extent = {0, text_.size()};
    const bool isObject = object(true, [&](std::string_view name, Json::Type& type) {
      return name == inner && !inner.empty() ? innerObject(extent, type) : cursor_.value(type, 1);
    });
    extent.isUtf8 = cursor_.isUtf8();
    return isObject && cursor_.isAtEnd();
  }

 private:
  // Reads the object that comes next; `value` passes the value of a member.
  template <class Value>
  bool object(bool isOuter, Value value) {
    if (!cursor_.take('{')) return false;
    if (cursor_.take('}')) return true;
    Text unescaped;
    do {
      std::string_view name;
      if (!cursor_.name(name)) return false;
      if (name.find('\\') != std::string_view::npos) {
        unescaped.clear();
        appendUnescaped(unescaped, name);
        name = unescaped;
      }
      Field* const field = wanted(isOuter, name);
      cursor_.peek();
      const char* const start = cursor_.at();
      Json::Type type;
      if (!value(name, type)) return false;
      if (!field) continue;
      const std::size_t quote = type == Json::Type::kString ? 1 : 0;
      const std::string_view whole = cursor_.since(start);
      field->type = type;
      field->raw = whole.substr(quote, whole.size() - 2 * quote);
    } while (cursor_.take(','));
    return cursor_.take('}');
  }

  bool innerObject(FieldsExtent& extent, Json::Type& type) {
    for (std::size_t i = 0; i < count_; ++i) {
      if (!(outer_ >> i & 1)) fields_[i].type = Json::Type::kInvalid;
    }
    extent = {0, text_.size()};
    if (cursor_.peek() != '{') return cursor_.value(type, 1);
    type = Json::Type::kObject;
    const char* const start = cursor_.at();
    if (!object(false, [&](std::string_view, Json::Type& its) { return cursor_.value(its, 2); })) return false;
    extent = {static_cast<std::size_t>(start - text_.data()), cursor_.since(start).size()};
    return true;
  }

  // Returns the field of this name, unless the outer object has it already.
  Field* wanted(bool isOuter, std::string_view name) {
    for (std::size_t i = isOuter ? 0 : 1; i < count_; ++i) {
      const std::string_view its = fields_[i].name;
      if (its.size() != name.size() || name.empty() || its[0] != name[0] || its != name) continue;
      if (isOuter) outer_ |= 1u << i;
      return isOuter || !(outer_ >> i & 1) ? &fields_[i] : nullptr;
    }
    return nullptr;
  }

  const std::string_view text_;
  JsonCursor cursor_;
  Field* const fields_;
  const std::size_t count_;
  std::uint32_t outer_ = 0;  // by field: the outer object has it
};

}  // namespace

Text Field::text() const {
  Text out;
  appendUnescaped(out, raw);
  return out;
}

double Field::number() const { return readNumber(raw); }

bool readFields(std::string_view text, std::string_view inner, Field* fields, std::size_t count, FieldsExtent& extent) {
  for (std::size_t i = 0; i < count; ++i) fields[i].type = Json::Type::kInvalid;
  return FieldReader(text, fields, count).run(inner, extent);
}

}  // namespace vitrine
