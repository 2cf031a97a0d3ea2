// What the core asks of the page: a list of commands, written as text, performed by the host in order.
//
// One string crosses per drain: records end with \x1e, fields are separated by \x1f. Neither character can occur in a
// field: JSON text escapes all control characters, keys, addresses and ids have none, and rendered HTML drops them. So
// nothing has to be escaped a second time, and the page splits instead of parsing.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vitrine {

enum class LogLevel { kInfo, kWarn, kError };

class Effects {
 public:
  // localStorage: write or remove one key. Answered only by saveFailed().
  void save(std::string_view key, std::string_view value) { record("save", {key, value}); }
  void forget(std::string_view key) { record("forget", {key}); }

  // IndexedDB, write-behind: the copy of a key that survives a killed browser.
  void mirror(std::string_view key, std::string_view value) { record("mirror", {key, value}); }
  void unmirror(std::string_view key) { record("unmirror", {key}); }

  // Events. Answered once by requestDone(). The last three fields are left out where they say POST, text/plain and ''.
  void send(double requestId, bool keepalive, double timeoutMs, std::string_view url, std::string_view body,
            std::string_view method = "POST", std::string_view headersJson = {}, bool isBlind = false);
  // A data call. Answered once by requestDone(), unless cancelled. `headersJson` is an object of strings. isScript: the
  // address, its end completed with the name of a function, is a script that calls that function with the reply.
  void ask(double requestId, double timeoutMs, std::string_view method, std::string_view url,
           std::string_view headersJson, std::string_view body, bool isScript = false);
  void cancel(double requestId);

  // The lock of a journal: claim answers claimed(), for a journal that is not this page's own with what is stored of
  // it, or claimRefused(). Held until released.
  void claim(std::string_view journalId, bool isOwn) { record("claim", {journalId, isOwn ? "1" : ""}); }
  void release(std::string_view journalId) { record("release", {journalId}); }
  // List the journals in storage again and answer with found().
  void scan() { record("scan", {}); }

  // The outcome of a promise: JSON of the result, or of an Error (error.h).
  void settle(double callId, bool ok, std::string_view json);

  // What a slot shows now. State "loading" with the HTML of a placeholder, "skeleton" (it takes long), "ready" with its
  // HTML and, if that is the first card only, the others (cards/card_clones.h), "stale" (what it shows is of an earlier
  // answer), "empty" or "error".
  void show(double slotId, std::string_view state, std::string_view html, std::string_view cards = {});
  // What a slot shows is right once this is done to it (cards/patch.h). hasNewServe: its items count as shown anew.
  void patch(double slotId, bool hasNewServe, std::string_view patch);

  // Report what the observer knows by now, then answer with look(). isNewPage: read the page's own markup again first.
  void look(bool isNewPage) { record("look", {isNewPage ? "1" : "0"}); }

  // A metric changed since the last drain: read metrics() if anybody listens.
  void notify(std::string_view what) { record("notify", {what}); }

  // One line for the console; the same line is told once. `code` is stable, so that it can be looked up.
  void log(LogLevel level, std::string_view code, std::string_view message);

  bool empty() const { return text_.empty(); }
  std::string drain() { return std::exchange(text_, {}); }

 private:
  void record(std::string_view name, std::initializer_list<std::string_view> fields);

  void appendField(std::string_view field);

  std::string text_;
  std::vector<std::uint32_t> told_;  // hashes of log lines
};

}  // namespace vitrine
