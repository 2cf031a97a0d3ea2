// The interface of a recommendation service: how to send it a query, how to read its reply, how to send it events.
// wasm/services/README.md says how to write another.
#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "base/list.h"
#include "base/text.h"
#include "base/time.h"
#include "model/error.h"
#include "model/event.h"
#include "model/product.h"
#include "services/reply.h"

namespace vitrine {

// The kinds of query. A service need not have all of them.
enum class QueryKind {
  kSimilarItems,
  kForVisitor,
  kForUser,
  kBoughtTogether,
  kTrending,
  kCategory,        // recommendations for the page of a category
  kSearchText,      // the products that match words
  kSearchCategory,  // the products of a category
  kSuggest,         // searches that a shopper may want, while typing
};

constexpr int kQueryKinds = 9;
constexpr const char* kQueryKindNames[kQueryKinds] = {"similarItems",   "forVisitor",     "forUser",
                                                      "boughtTogether", "trending",       "category",
                                                      "searchText",     "searchCategory", "suggest"};

// True for the kinds that list products page by page.
constexpr bool isListing(QueryKind kind) {
  return kind == QueryKind::kSearchText || kind == QueryKind::kSearchCategory;
}

bool readQueryKind(std::string_view name, QueryKind& kind);

// Returns "asc" or "desc" for the order of {field, order}, which is "asc" by default.
const char* orderOf(const Json& sortBy);

// The options of a query that Vitrine itself reads, under every service (calls/calls.h).
constexpr char kCallOptions[] = "fallback minResults timeBudget maxAge exclude excludeIds";
// The options that a service is asked for. docs/queries.md says which service takes which.
constexpr char kQueryOptions[] =
    "configId topK anchorId anchorIds itemIds categoryId categoryPath query filters sortBy visualWeight categoryHints "
    "params url brand order page cursor limit";

// The shopper and page behind a call. Ids are "" where consent does not allow sending them.
struct Asker {
  Text visitorId;
  Text sessionId;
  Text userId;
  bool isAllowed = false;  // consent allows sending ids
  Text pageId;             // the page view's id, which identifies no shopper
  Text url;                // the page's address; "" on a server
  Text ticket;             // SlateHead::ticket of the service's last reply (product.h)
  List<Text> cart;         // item ids
  Text viewing{};          // the item that the page is about; "" if it is not known
  TimeMs wallMs = 0;       // wall time of the call; 0 if it is not known
  bool isMarkup = false;   // the query is a widget's, whose attributes also serve its fallbacks
};

struct HttpRequest {
  Text method = "POST";
  Text url;
  Text headersJson;  // "" for none; events go as text/plain then, which needs no CORS preflight
  Text body;
  // Queries that differ only in their part can share a request (RichRelevance's placements of one type of page): their
  // parts are joined by kPartSeparator and stand between url and urlTail. "" for a query that needs a request of its
  // own.
  Text part;
  Text partKind;
  Text urlTail;
  Text freeTail;            // the end of the address, which may differ each time the same query is sent
  bool isScript = false;    // the reply is a script that calls a function of the page (JSON-P)
  bool isOnce = false;      // a second request would count twice, so it is neither repeated nor served from the cache
  bool isNeutral = false;   // the body is neutralBatch(), so the collector may acknowledge its events (docs/wire.md)
  bool isBlind = false;     // the reply is not read, so the service need not allow this page to read it (CORS)
  bool isRecord = false;    // the request records the page view, so a reply serves queries of the same page view only
  bool isPersonal = false;  // the products are this shopper's, so a reply serves until the shopper does something
  Text reference;           // SlateHead::reference of the reply
  Text filtersJson;         // the filters that Vitrine applies to the products of the reply (filters.h); "" for none
  std::size_t skip = 0;     // the products at the head of the reply that belong to earlier pages
  Text refusal;             // message for the console if the events may not be sent
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

  // Builds the request for this query, or returns what is wrong with it before anything leaves the page. Arguments by
  // kind: similarItems anchorId or anchorIds[]; boughtTogether itemIds[] or anchorId, else the cart; category and
  // searchCategory categoryId; searchText and suggest query; any: configId, topK (whole, 1 to 1000). An option of
  // kQueryOptions that neither the service nor Vitrine can honour is refused.
  Problem ask(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const;

  // Reads a reply of any status with a body. part: the request's. Entries that are no product are counted, not fatal;
  // products whose text is the same in `last` (the last reply to the same query, or null) are taken from there.
  virtual Problem read(int status, std::string_view body, std::string_view part, const Slate* last,
                       Slate& slate) const = 0;

  // Returns the lane of events of this kind: events of one lane share requests, in order. kNoLane: the service does not
  // take them.
  static constexpr int kNoLane = -1;
  static constexpr int kMostLanes = 4;  // lanes are numbered from 0
  virtual int lane(EventKind kind) const = 0;
  // Returns how many events one request of this lane may carry.
  virtual std::size_t laneSize(int lane) const = 0;
  // Builds the request for these events of one lane (JSON texts, docs/event.schema.json). Returns false if the service
  // takes events of this kind but not these. Not const: Doofinder remembers the session that it has begun.
  virtual bool encode(int lane, const List<std::string_view>& events, std::string_view batchId, TimeMs wallMs,
                      HttpRequest& request) = 0;
  // Returns the status by which a reply to events is judged. A service may refuse with a 2xx. A request that timed out
  // (-1) may have arrived; where a second one would be counted twice, it is reported as delivered.
  virtual int receipt(int lane, int status, std::string_view body) = 0;

  // Lends the id of the present visitor and the text that the service wants returned with this visitor's requests
  // (SlateHead::ticket), for requests of events. Both must outlive this object and may change.
  void lend(const Text& visitorId, const Text& ticket) {
    visitorId_ = &visitorId;
    ticket_ = &ticket;
  }
  // Returns, once, the ticket that the reply to an event of the present visitor had; "" for none.
  Text takeTicket() { return std::exchange(newTicket_, {}); }
  // Item events need the address of their page, which the neutral wire leaves out.
  bool wantsAddress() const { return wantsAddress_; }

  // The options of a query that a service takes in one situation: a kind of query, or a type of page. `filters` is not
  // among them, because Vitrine applies those that a service does not.
  struct Takes {
    const char* situation = "";
    const char* options = "";  // separated by spaces
  };

  // Returns the names of all options of the configuration, separated by spaces.
  Text optionNames() const;

  // Makes this object stand for no service (makeService): each call is refused with this error, and no events may be
  // sent by it.
  void standIn(const Problem& refusal) {
    refusal_ = copyOf(refusal);
    isNone_ = true;
  }
  bool isNone() const { return isNone_; }
  const Text& name() const { return name_; }

  // Returns a warning for the developer if options were given that the service wants kept out of pages; else "".
  Text exposure() const;

 protected:
  // Reads the options that all services have: configs {configId or kind: the service's own name}, currency,
  // htmlEntities, zeroSalePrice. ownOptions: the names of the other options, separated by spaces. hasEntities: the
  // default of htmlEntities. Reads sessionId too, which a service names among its own options if it uses it.
  Service(const Json& options, const char* name, const char* ownOptions = "", bool hasEntities = false);

  // Builds the request for a query of a kind that the service has, with its required arguments present.
  virtual Problem build(QueryKind kind, const Json& query, const Asker& asker, HttpRequest& request) const = 0;

  // Returns kindBits() of the kinds that the service has.
  virtual unsigned kinds() const = 0;

  // Returns a required option. If it is missing, that is reported in `problems` and each call is refused.
  Text require(const Json& options, const char* name, List<Problem>& problems);
  // Notes the option, if it was given, as a secret that the page exposes.
  void noteSecret(const Json& options, const char* name);
  // Returns an address option without a slash at its end.
  static Text address(const Json& options, const char* name, std::string_view fallback);

  // Returns the service's own name for the query: configs[configId], else the configId where it has the form of the
  // service's own names (isOwn), else configs[kind], else "".
  std::string_view configFor(QueryKind kind, const Json& query, bool isOwn = false) const;

  // Returns the currency that the reply names, else that of the configuration.
  Text currencyIn(const Json& reply) const;
  // Returns the member, a text for shoppers (reply.h).
  Text wordsIn(const Json& reply, const char* member) const;

  // Returns the id of the session for a request. own: Vitrine's; "" where consent does not allow ids, and then the page
  // view's, which identifies no shopper, stands for it. If the shop has given the id of the service's own script on the
  // page (provider.sessionId), that counts in place of Vitrine's.
  std::string_view sessionOf(std::string_view own, std::string_view pageId) const {
    return own.empty() ? pageId : sessionId_.empty() ? own : std::string_view(sessionId_);
  }

  // Returns a problem with the first option of the query that is not taken. The attributes that a widget shares with
  // its fallbacks are none.
  Problem refuseOthers(const Json& query, const Asker& asker, const Takes& takes) const;

  Text name_;
  Text currency_;
  Reading reading_;
  const Text* visitorId_ = nullptr;  // lend()
  const Text* ticket_ = nullptr;
  Text newTicket_;  // takeTicket()
  bool wantsAddress_ = false;
  bool mayCartBeEmpty_ = false;  // boughtTogether without any product is a query
  bool hasLists_ = false;        // a search has fields whose values are lists

 private:
  Json configs_;
  Text sessionId_;
  const char* ownOptions_ = "";
  bool isNone_ = false;
  Problem refusal_;  // why each call is refused, such as the first required option that was not given; null if none is
  Text exposedKeys_;
};

// A line of an order or a cart for a service that takes whole quantities only: a weight is reported as one piece at the
// price of the whole line. A discount has a negative price, and is left out where a service takes none.
struct WholeLine {
  double quantity;
  double unitPrice;  // 0 if it is not known
};
// item: {quantity?, unitPrice?}, where a missing quantity is 1. currency: of the price, "" if it is not known.
// otherwise: the price of an item that has none.
WholeLine wholeLine(const Json& item, std::string_view currency, double otherwise = 0);
// Returns the lines of an order or of a purchase event, which storage may have spoilt: none if it has no list.
const List<Json>& linesOf(const Json& order);
// Returns the price of an item without one in {value?, currency?, items: [{quantity, unitPrice?}]}: services sum the
// lines up, so such items share evenly what the other lines leave of the order's value.
double missingPrice(const Json& order);

// Adds the member if its text is not empty.
void addIfGiven(JsonObject& json, const char* name, std::string_view value);

// Appends ["a","b",…].
void appendTextList(Text& out, const List<Text>& texts);

// Returns a batch of the neutral wire (docs/wire.md): {batchId, sentAt, events: [...]}.
Text neutralBatch(const List<std::string_view>& events, std::string_view batchId, TimeMs wallMs);

// Larger batches are cut by maxBatchSize and maxBatchBytes of the configuration.
constexpr std::size_t kMaxBatch = 1000;

// Returns the textOf() a member.
const Text& textMember(const Json& object, const char* name);
// Returns a whole number of at least 0 that a reply may give as a text; -1 for anything else.
int countMember(const Json& object, const char* name);

// Returns a reply with eight products that every service can read.
Text sampleReply();

// Returns the ids that a query is about: those of anchorIds, itemIds and anchorId, else `fallback`.
List<Text> itemsOf(const Json& query, const List<Text>& fallback = {});

}  // namespace vitrine
