// How the cards of a widget look: its template, compiled once for all widgets that look alike.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cards/card_shape.h"
#include "model/error.h"
#include "templates/template.h"

namespace vitrine {

struct CardTemplate {
  Template code;
  Template::Body item;     // of its items
  bool isOneList = false;  // it has one place for them
  CardShapes shapes;       // of its items, as they were met
};

// The looks of a page.
class CardTemplates {
 public:
  // The built-in template for `layout` (card_view.h) with a shop's own partials, {name: text} or null, in the place of
  // those of their names. hasParts: part="x" beside class="vitrine-x", for a shadow root. `look` stays as it is if
  // there is something wrong with them (`field` is the partial's name).
  Problem find(const Json* own, std::string_view layout, bool hasParts, std::shared_ptr<CardTemplate>& cardTemplate);

 private:
  struct Known {
    std::string key;
    std::shared_ptr<CardTemplate> cardTemplate;
  };
  std::vector<Known> known_;  // the last ones
};

}  // namespace vitrine
