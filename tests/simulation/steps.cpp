#include "simulation/steps.h"

#include <cmath>
#include <cstdio>

#include "model/retry.h"

namespace vitrine::test {
namespace {

constexpr std::size_t kLongest = 100;  // longest text that a step quotes, in bytes

std::string shortened(std::string text) {
  if (text.size() <= kLongest) return text;
  text.resize(kLongest);
  return text + "…";
}

std::string idText(const std::string& number) { return "#" + number; }

// Returns "https://shop.example/collect" of an address with a query.
std::string hostAndPath(const std::string& url) { return shortened(url.substr(0, url.find('?'))); }

std::string itemsOf(const Wire& wire) {
  std::string out;
  for (const WireEvent& event : wire.events) {
    if (!event.itemId.empty()) out += " " + labelOf(event.itemId);
  }
  return out.empty() ? " no items" : out;
}

// Returns a JSON string without its quotes.
std::string unquoted(const std::string& json) { return json.size() < 2 ? json : json.substr(1, json.size() - 2); }

}  // namespace

std::string lineOf(const Step& step) {
  char start[64];
  const std::string tab = step.tab < 0 ? "-" : "tab " + std::to_string(step.tab);
  std::snprintf(start, sizeof start, "%12.3f  %-6s  %-9s  ", step.atMs / 1000, tab.c_str(), step.kind);
  return start + step.text;
}

Step stepOf(const Effect& effect) {
  const std::string& verb = effect.verb();
  if (verb == "save")
    return {0, 0, "storage", "writes " + effect["key"] + ", " + std::to_string(effect["value"].size()) + " bytes"};
  if (verb == "forget") return {0, 0, "storage", "removes " + effect["key"]};
  if (verb == "mirror")
    return {0, 0, "mirror", "will write " + effect["key"] + ", " + std::to_string(effect["value"].size()) + " bytes"};
  if (verb == "unmirror") return {0, 0, "mirror", "will remove " + effect["key"]};
  if (verb == "claim")
    return {0, 0, "lock", "asks for journal " + effect["journalId"] + (effect.flag("isOwn") ? ", its own" : "")};
  if (verb == "release") return {0, 0, "lock", "releases journal " + effect["journalId"]};
  if (verb == "scan") return {0, 0, "storage", "lists the journals"};
  if (verb == "send") {
    const Wire wire(effect["url"], effect["body"]);
    return {0, 0, "request",
            idText(effect["requestId"]) + " to " + hostAndPath(effect["url"]) +
                (effect.flag("keepalive") ? ", keepalive" : "") + ":" + itemsOf(wire)};
  }
  if (verb == "ask" || verb == "script")
    return {0, 0, "call", idText(effect["requestId"]) + " to " + hostAndPath(effect["url"])};
  if (verb == "settle")
    return {0, 0, "promise",
            idText(effect["callId"]) + (effect.flag("ok") ? " resolves: " : " rejects: ") + shortened(effect["json"])};
  if (verb == "log") return {0, 0, "console", shortened(effect["message"] + " (" + effect["code"] + ")")};
  return {0, 0, "", {}};
}

Step stepOf(const std::string& input, const std::vector<std::string>& args) {
  if (input == "saveFailed") return {0, 0, "storage", "refuses " + unquoted(args[0])};
  if (input == "claimed") return {0, 0, "lock", "gets journal " + unquoted(args[0])};
  if (input == "claimRefused") return {0, 0, "lock", "does not get journal " + unquoted(args[0])};
  if (input == "copied") return {0, 0, "mirror", "is written"};
  if (input == "storageChanged")
    return {0, 0, "storage", "event: " + (args[0] == "\"\"" ? "cleared" : unquoted(args[0]) + " has changed")};
  if (input == "new") return {0, 0, "page", "is opened"};
  if (input == "requestDone") return {0, 0, "reply", replyText(std::stod(args[0]), std::stod(args[1]))};
  return {0, 0, "", {}};
}

std::string requestText(double requestId) { return idText(std::to_string(static_cast<long>(requestId))); }

std::string replyText(double requestId, double status) {
  const int code = static_cast<int>(status);
  std::string text = requestText(requestId) + " ";
  if (code == kStatusTimeout) return text + "timed out";
  if (code == kStatusNetwork) return text + "failed in the network";
  if (code == kStatusUnsent) return text + "was not sent: the browser refuses keepalive";
  return text + std::to_string(code);
}

std::string arrivalText(const Wire& wire, const Reply& reply) {
  return itemsOf(wire) + (reply.isStored ? ": stored" : ": not stored") +
         (reply.status <= 0 ? ", its reply gets lost" : ", replies " + std::to_string(reply.status));
}

}  // namespace vitrine::test
