// Any bytes as JSON, as a string, as a number: what is read is written so that it reads the same.
#include <cstdlib>
#include <cstring>

#include "base/json.h"
#include "base/number.h"
#include "check.h"
#include "delivery/segment_key.h"
#include "model/event.h"
#include "model/retry.h"

using namespace vitrine;

namespace {

int depthOf(const Json& value) {
  int deepest = 0;
  for (const Json& child : value.children) deepest = std::max(deepest, depthOf(child));
  return deepest + (value.isArray() || value.isObject() ? 1 : 0);
}

void checkDocument(std::string_view text) {
  const Json value = parseJson(text);
  if (!value.isValid()) return;
  check(depthOf(value) <= kMaxJsonDepth, "bounded depth");
  std::string once, twice;
  appendJson(once, value);
  check(isPrintable(once), "no control character is written");
  const Json again = parseJson(once);
  check(again.isValid(), "what is written can be read");
  appendJson(twice, again);
  check(once == twice, "reading and writing changes nothing");
  for (const Json& child : value.children) {
    if (value.isObject()) check(member(value, child.name) != nullptr, "every member is found");
  }
}

void checkString(std::string_view text) {
  std::string quoted;
  appendString(quoted, text);
  const Json value = parseJson(quoted);
  check(value.isString(), "any bytes become a JSON string");
  std::string again;
  appendString(again, value.text);
  check(again == quoted, "a string that was read is written the same");
}

void checkNumber(std::string_view bytes) {
  if (bytes.size() < sizeof(double)) return;
  double value;
  std::memcpy(&value, bytes.data(), sizeof value);
  std::string text;
  appendNumber(text, value);
  if (text == "null") return;
  const char* end = nullptr;
  check(readNumber(text.c_str(), &end) == value && *end == '\0', "a number reads back as itself");
  check(parseJson(text).number == value, "and so it does as JSON");
}

void checkStored(std::string_view text) {
  Event event;
  if (readEvent(text, event)) {
    check(event.atMs >= 0 && event.text == text, "an event is taken as it is");
    check(parseJson(withoutIds(text)).isObject(), "without ids it is still an object");
  }
  std::string_view journalId;
  int number = 0;
  if (readSegmentName(text, journalId, number)) {
    const std::string key = segmentKey(journalId, number);
    check(key.ends_with(text), "a segment's name leads back to its key");
  }
  const double waitMs = retryAfterMs(text, 1700000000000);
  check(waitMs >= 0 && waitMs <= kRetryAfterCapMs, "Retry-After is bounded");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = textOf(data, size);
  checkDocument(text);
  checkString(text);
  checkNumber(text);
  checkStored(text);
  const std::string longer = text + '\0';
  const char* end = nullptr;
  readNumber(longer.c_str(), &end);
  check(end >= longer.c_str() && end <= longer.c_str() + text.size(), "reading a number stays within the text");
  return 0;
}
