// What a recommendation service must answer to be one of ours: how to ask it, how to read its reply, how to send it
// events. wasm/services/README.md says how to write another.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "model/error.h"
#include "model/event.h"
#include "model/product.h"

namespace vitrine {

// The one vocabulary of questions. A service need not know all of them.
enum class QueryKind { kSimilarItems, kForVisitor, kForUser, kBoughtTogether, kTrending, kCategory, kSearchText };

constexpr int kQueryKinds = 7;
constexpr const char* kQueryKindNames[kQueryKinds] = {"similarItems", "forVisitor", "forUser",   "boughtTogether",
                                                      "trending",     "category",   "searchText"};

bool readQueryKind(std::string_view name, QueryKind& kind);

// Who asks, and where. Ids are "" where consent does not allow to send them.
struct Asker {
  std::string visitorId;
  std::string sessionId;
  std::string userId;
  bool isAllowed = false;         // to say who it is
  std::string pageId;             // of this page view and no shopper's
  std::string url;                // of the page; "" on a server
  std::string ticket;             // of the service's last slate (product.h)
  std::vector<std::string> cart;  // item ids
};

struct HttpRequest {
  std::string method = "POST";
  std::string url;
  std::string headersJson;  // "" for none; events go as text/plain then, which needs no CORS preflight
  std::string body;
  // Questions that differ only in their part, and have parts of one kind, can travel together (RichRelevance's
  // placements of one type of page): their parts are joined by kPartSeparator and stand between url and urlTail. "" for
  // a question that travels alone.
  std::string part;
  std::string partKind;
  std::string urlTail;
  std::string freeTail;   // the end of the address: what the same question may say differently each time
  bool isScript = false;  // the reply is a call of a function of the page's (JSON-P), not fetched but run
  bool isOnce = false;    // a second question would count a second time: it is not repeated, nor answered from memory
  bool isBlind = false;   // nothing is read of the reply, so that the service need not allow this page to (CORS)
};
constexpr char kPartSeparator[] = "%7C";

constexpr unsigned kindBits(std::initializer_list<QueryKind> kinds) {
  unsigned bits = 0;
  for (const QueryKind kind : kinds) bits |= 1u << static_cast<int>(kind);
  return bits;
}

class Service {
 public:
  virtual ~Service() = default;

  // The request for this query, or what is wrong with it, before anything leaves the page. Arguments by kind:
  // similarItems anchorId or anchorIds[]; boughtTogether itemIds[] or anchorId, else what is in the cart; category
  // categoryId; searchText query; any: configId, topK (whole, 1 to 1000).
  Problem ask(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const;

  // Reads a reply of any status with a body. part: the request's. Entries that are no product are counted, not fatal;
  // products that are in `last` (the last reply to the same question, or null) word for word are taken from there.
  virtual Problem read(int status, std::string_view body, std::string_view part, const Slate* last,
                       Slate& slate) const = 0;

  // How events of this kind travel: those of one lane share requests, in order. kNoLane: the service has no place for
  // them.
  static constexpr int kNoLane = -1;
  virtual int lane(EventKind kind) const = 0;
  // Most events that one request of this lane carries.
  virtual std::size_t laneSize(int lane) const = 0;
  // The request for these events of one lane (JSON texts, docs/event.schema.json). False if the service has no place
  // for what they say, although it has one for their kind.
  virtual bool encode(int lane, const std::vector<std::string_view>& events, std::string_view batchId, TimeMs wallMs,
                      HttpRequest& request) const = 0;
  // The status that an answer to events stands for: a service may refuse with a good one, and what timed out (-1) may
  // have arrived, so where a second time would be counted twice it is taken for delivered.
  virtual int receipt(int lane, int status, std::string_view body) const = 0;

  // What to tell a developer of the options that the service asks to keep out of pages, if any were given; else "".
  std::string exposure() const;

 protected:
  // Reads what all services have: configs {configId or kind: the service's own name}, currency.
  Service(const Json& options, const char* name);

  // The request for a query whose arguments are there and which is of a kind that the service has.
  virtual Problem build(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const = 0;

  // kindBits() of what it has.
  virtual unsigned kinds() const = 0;

  // An option that the service cannot do without: told in `problems`, and each call is refused until it is given.
  std::string require(const Json& options, const char* name, std::vector<Problem>& problems);
  // The option if it was given, noted as one that a page gives away.
  void noteSecret(const Json& options, const char* name);
  // An address without a slash at its end.
  static std::string address(const Json& options, const char* name, std::string_view fallback);

  // The service's own name for what is asked: configs[configId], else configs[kind], else "".
  std::string_view configFor(QueryKind kind, const Json& query) const;

  std::string name_;
  std::string currency_;

 private:
  Json configs_;
  std::string missing_;  // the first required option that was not given; "" if all were
  std::string exposedKeys_;
};

// Appends ["a","b",…].
void appendTextList(std::string& out, const std::vector<std::string>& texts);

// The neutral wire (docs/event.schema.json): {batchId, sentAt, events: [...]}, the events as they were written.
std::string neutralBatch(const std::vector<std::string_view>& events, std::string_view batchId, TimeMs wallMs);

// Larger batches are cut by maxBatchSize and maxBatchBytes of the configuration.
constexpr std::size_t kMaxBatch = 1000;

// A good reply, of whichever service, with a few products in it.
std::string sampleReply();

// The ids that a query is about: anchorIds, itemIds or anchorId, else `fallback`.
std::vector<std::string> itemsOf(const Json& query, const std::vector<std::string>& fallback = {});

}  // namespace vitrine
