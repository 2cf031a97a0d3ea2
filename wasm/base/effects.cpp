#include "base/effects.h"

#include <algorithm>

#include "base/number.h"

namespace vitrine {
namespace {

constexpr char kEndOfRecord = '\x1e';
constexpr char kFieldSeparator = '\x1f';

// After so many different lines nobody reads on, and a reply that brings its own text must not fill memory.
constexpr std::size_t kMaxLines = 100;

// FNV-1a
std::uint32_t hash(std::string_view text, std::uint32_t seed) {
  for (const char c : text) seed = (seed ^ static_cast<unsigned char>(c)) * 16777619u;
  return seed;
}

std::string numberText(double value) {
  std::string out;
  appendNumber(out, value);
  return out;
}

}  // namespace

void Effects::record(std::string_view name, std::initializer_list<std::string_view> fields) {
  text_ += name;
  for (const std::string_view field : fields) {
    text_ += kFieldSeparator;
    appendField(field);
  }
  text_ += kEndOfRecord;
}

// Fields made by the core hold no separator; an address from a configuration might, and must not become a second
// effect.
void Effects::appendField(std::string_view field) {
  const std::size_t start = text_.size();
  text_ += field;
  for (const char separator : {kEndOfRecord, kFieldSeparator}) {
    if (field.find(separator) == std::string_view::npos) continue;
    std::replace(text_.begin() + static_cast<std::ptrdiff_t>(start), text_.end(), separator, ' ');
  }
}

void Effects::send(double requestId, bool keepalive, double timeoutMs, std::string_view url, std::string_view body,
                   std::string_view method, std::string_view headersJson, bool isBlind) {
  const std::string id = numberText(requestId), timeout = numberText(timeoutMs);
  const std::string_view isKept = keepalive ? "1" : "0";
  if (method == "POST" && headersJson.empty()) return record("send", {id, isKept, timeout, url, body});
  record("send", {id, isKept, timeout, url, body, method, headersJson, isBlind ? "no-cors" : ""});
}

void Effects::ask(double requestId, double timeoutMs, std::string_view method, std::string_view url,
                  std::string_view headersJson, std::string_view body, bool isScript) {
  if (isScript) return record("script", {numberText(requestId), numberText(timeoutMs), url});
  record("ask", {numberText(requestId), numberText(timeoutMs), method, url, headersJson, body});
}

void Effects::cancel(double requestId) { record("cancel", {numberText(requestId)}); }

void Effects::settle(double callId, bool ok, std::string_view json) {
  record("settle", {numberText(callId), ok ? "1" : "0", json});
}

void Effects::show(double slotId, std::string_view state, std::string_view html, std::string_view cards) {
  record("show", {numberText(slotId), state, html});
  text_.insert(text_.size() - 1, cards);
}

void Effects::patch(double slotId, bool hasNewServe, std::string_view patch) {
  record("patch", {numberText(slotId), hasNewServe ? "1" : "0"});
  text_.insert(text_.size() - 1, patch);
}

void Effects::log(LogLevel level, std::string_view code, std::string_view message) {
  const std::uint32_t line = hash(message, hash(code, 2166136261u));
  if (told_.size() == kMaxLines || std::find(told_.begin(), told_.end(), line) != told_.end()) return;
  told_.push_back(line);
  record("log", {level == LogLevel::kError ? "error" : level == LogLevel::kWarn ? "warn" : "info", code, message});
}

}  // namespace vitrine
