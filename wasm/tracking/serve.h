// The members of each kind of event, checked before anything is queued, and the serves that item events belong to.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/list.h"
#include "base/shared.h"
#include "base/text.h"
#include "model/error.h"
#include "model/event.h"
#include "model/product.h"
#include "shopper/attribution.h"

namespace vitrine {

// One display of a list of products. The clicks, views and add-to-carts of its items name it.
struct Serve {
  Text serveId;
  Text itemFragment;     // `"serveId":…,"surface":…,"source":…`
  bool isAlone = false;  // one item only: a product's own page, not a list that leads there
  bool isHeld = false;   // lives as long as its slot, over any number of page views
  int number = 0;
  int page = 0;
  int shopper = 0;              // counts the shoppers of the page (Tracker)
  bool isInherited = false;     // shown for an earlier shopper first, to whom the service's references belong
  List<Text> parts{};           // the members of its itemsServed events
  Shared<const Slate> slate{};  // the products as the service described them; null if unknown
  Text query{};                 // the search that the products are the reply to; "" for none
};

// The serves of this page view and the one before, by the number that the page holds. Older ones have ended, unless
// their list has stayed in the page. The view before is kept because a click is often reported after the address has
// changed.
class Serves {
 public:
  int open(Serve serve);
  // Returns null for an unknown number, or if the serve has ended.
  const Serve* find(double number) const;
  Serve* find(double number);
  // Returns the number of the latest serve with this id; -1 if there is none.
  int numberOf(std::string_view serveId) const;
  // Returns whether items of this serve may be viewed in this page view.
  bool isCurrent(double number) const;
  // A held serve does not end. When it is released, it belongs to the present page view.
  void hold(int number, bool isHeld);
  // The list of this serve is still in the page, so that the serve belongs to the next page view too.
  void keep(double number);
  void newPage();
  std::size_t size() const { return serves_.size(); }

 private:
  std::size_t placeOf(double number) const;

  List<Serve> serves_;  // by number, ascending
  int opened_ = 0;
  int page_ = 0;
};

// The rule for the kind of an event, as argumentError() takes it.
constexpr char kOtherKind[] = "a kind of event that this call takes";

// Each function below returns the problem with its input, or null and the members (`"name":value,…`) of the event's
// text.

// The data of an itemsServed event. The texts are views into the payload, or into a slot and its slate.
struct Served {
  std::string_view surface;
  std::string_view source;
  std::string_view serveId;  // "": one is made
  List<std::string_view> itemIds;
  double totalResults = -1;  // -1: not known
  // The query that the products are the reply to; "" or null for a field that it does not have.
  std::string_view query;
  std::string_view anchorId;
  const Json* sortBy = nullptr;  // a text or {field, order}
  const Json* filters = nullptr;
};

// The member at fault does not fit into one event.
Problem sizeError(std::string_view field);

// The members of itemsServed events: of one, or of several that share the serve id where one would have more than
// `most` bytes of members. Each part but the first says with `offset` where its first item stands in the list, and only
// the first part has the optional members. `serve` is filled in; a serve without an id gets madeServeId.
Problem serveMembers(const Served& served, std::string_view madeServeId, std::string_view url, std::size_t most,
                     Serve& serve, List<Text>& parts);
// The same from {surface, source, itemIds[], serveId?, query?, totalResults?, anchorId?, filters?,
// sortBy?}.
Problem readServe(const Json& payload, std::string_view madeServeId, std::string_view url, std::size_t most,
                  Serve& serve, List<Text>& parts);

// The members of a view, click or addToCart event. position < 0 and quantity <= 0 mean "not given".
Problem itemMembers(const Serve& serve, std::string_view itemId, double position, double quantity, Text& members);

// Gives the serve another id, in its own members and in those of its itemsServed events.
void renameServe(Serve& serve, std::string_view serveId);

// Adds to an item event the value that the service wants returned with events about this product ("reference"), to a
// click the search, and to an addToCart the product's title and price: those that the shop gives in `details` ({title?,
// unitPrice?, currency?}, or null), else those of the serve's slate.
Problem addProductMembers(const Serve& serve, std::string_view itemId, EventKind kind, const Json* details,
                          Text& members);

// Returns the names of the members that shopEventMembers reads, separated by spaces; "" for a kind that it refuses.
// isLine: those of a line of a purchase.
Text shopEventNames(EventKind kind, bool isLine = false);
// The members of an event without a serve, from the payload of the shop's call, by kind:
//   custom                     {name, properties?}: at most 100 bytes; an object; at most 8 KiB as JSON in all
//   viewItem                   {itemId, title?, unitPrice?, currency?, availability?}: unitPrice not negative
//   addToCart, removeFromCart  the same with quantity? and without availability
//   clearCart                  {}
//   search                     {query, totalResults?, filters?, sortBy?}
//   purchase                   {orderId, value, currency, items: [{itemId, quantity, unitPrice?}]}: value not negative,
//                              at least one item; a negative unitPrice is a discount
// Quantities are finite and above 0. currency: one of ISO 4217 (currency.h). Amounts keep the digits they came with.
// Ids and texts may be numbers. Other members are not sent; null is the same as missing. `attribution`: members to add
// to each item of a cart or purchase (attribution.h). Any other kind is refused ("kind").
Problem shopEventMembers(EventKind kind, const Json& payload, std::string_view url, const Attribution& attribution,
                         TimeMs wallMs, Text& members);

}  // namespace vitrine
