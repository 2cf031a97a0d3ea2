// The compiled template of a widget, shared by all widgets of the page that use the same one.
//
// CardTemplates is the page's cache. readCardOptions() (card.h) takes a CardTemplate from it; the
// functions of card.h render with it.
#pragma once

#include <string_view>

#include "base/json.h"
#include "base/list.h"
#include "base/shared.h"
#include "base/text.h"
#include "model/error.h"
#include "templates/template.h"

namespace vitrine {

struct CardTemplate {
  Template compiled;    // the frame, with the cards in it
  Template::Body item;  // the body of {{#items}}: one card
};

// The last few card templates of a page.
class CardTemplates {
 public:
  // Finds or compiles the built-in template for a layout, with a shop's own partials in the place of the built-in ones
  // of the same names.
  // own: {name: text}, or null. layout: see CardOptions. hasParts: writes part="x" beside class="vitrine-x", for a
  // shadow root.
  // Returns null, and sets `problem`, if the template is refused (`field` of the problem is the partial's name).
  Shared<CardTemplate> find(const Json* own, std::string_view layout, bool hasParts, Problem& problem);

 private:
  struct Entry {
    Text key;
    Shared<CardTemplate> cardTemplate;
  };
  List<Entry> entries_;  // oldest first
};

}  // namespace vitrine
