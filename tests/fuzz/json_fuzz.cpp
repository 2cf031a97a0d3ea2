// Reads any bytes as JSON, as a string, as a number and as a stored event. JSON must be read as nlohmann/json reads it,
// and written so that it reads the same again.
#include <cstdlib>
#include <cstring>

#include "base/json.h"
#include "base/number.h"
#include "base/utf8.h"
#include "check.h"
#include "delivery/segment_key.h"
#include "json_oracle.h"
#include "model/event.h"
#include "model/retry.h"

using namespace vitrine;

namespace {

int depthOf(const Json& value) {
  int deepest = 0;
  for (const Json& child : value.children) deepest = std::max(deepest, depthOf(child));
  return deepest + (value.isArray() || value.isObject() ? 1 : 0);
}

bool isUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = static_cast<unsigned char>(text[i]) < 0x80 ? 1 : sequenceLength(text, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

// nlohmann/json takes a NUL for the end of the text, rejects bytes that are not UTF-8, and has no bound of depth.
void checkOracle(const Json& value, std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return;
  const nlohmann::json oracle = oracleOf(text);
  if (value.isValid() && oracle.is_discarded()) {
    check(!isUtf8(text), "only text that is not UTF-8 is read by us alone");
    return;
  }
  if (!value.isValid() && !oracle.is_discarded()) {
    if (oracle == std::string(2, '\0')) return;  // kUnwritable stands for no value
    check(oracleDepth(oracle) > kMaxJsonDepth, "only deep text is read by nlohmann/json alone");
    return;
  }
  check(isSame(value, oracle), "a document says what nlohmann/json finds in it");
}

void checkDocument(std::string_view text) {
  const Json value = parseJson(text);
  checkOracle(value, text);
  if (!value.isValid()) return;
  check(depthOf(value) <= kMaxJsonDepth, "bounded depth");
  Text once, twice;
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
  Text quoted;
  appendString(quoted, text);
  const Json value = parseJson(quoted);
  if (text == std::string_view("\0\0", 2)) return;  // kUnwritable stands for no value
  check(value.isString(), "any bytes become a JSON string");
  Text again;
  appendString(again, value.text);
  check(again == quoted, "a string that was read is written the same");
}

void checkNumber(std::string_view bytes) {
  if (bytes.size() < sizeof(double)) return;
  double value;
  std::memcpy(&value, bytes.data(), sizeof value);
  Text text;
  appendNumber(text, value);
  if (text == "null") return;
  std::size_t length = 0;
  check(readNumber(text, &length) == value && length == text.size(), "a number reads back as itself");
  check(parseJson(text).number == value, "a number reads back as itself in JSON");
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
    const Text key = segmentKey(journalId, number);
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
  std::size_t length = 0;
  readNumber(text, &length);
  check(length <= text.size(), "reading a number stays within the text");
  return 0;
}
