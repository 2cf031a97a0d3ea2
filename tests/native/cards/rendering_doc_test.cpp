// Produces the data printed in docs/rendering.md by running the code, so that the page cannot become false.
//
// Each block of the page stands between <!-- printed: NAME --> and <!-- end -->. To write the blocks anew:
// VITRINE_WRITE_DOCS=1 build/dev/vitrine-core-tests "[rendering-doc]"
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/field_writer.h"
#include "cards/card.h"
#include "cards/patch.h"
#include "services/make_service.h"
#include "services/service.h"
#include "template_inspector.h"

using namespace vitrine;

namespace {

constexpr char kFrame[] =
    R"(<ul>{{#items}}<li data-vitrine-item="{{id}}"><a href="{{url}}">{{title}}</a>{{#onSale}}<em>{{discount}}</em>)"
    R"({{/onSale}}<b>{{price}}</b></li>{{/items}}</ul>)";

// The products of the page; the second one is on sale.
std::string reply(const std::string& firstPrice) {
  return R"({"status": "success", "serveId": "sv_1", "results": [
  {"productId": "SKU-1",
   "metadata": {"title": "Shoe & lace", "price": )" +
         firstPrice + R"(, "currency": "EUR", "url": "/p/1"}},
  {"productId": "SKU-2",
   "metadata": {"title": "Boot", "price": 60, "originalPrice": 80, "currency": "EUR", "url": "/p/2"}},
  {"productId": "SKU-3",
   "metadata": {"title": "Sandal", "price": 25, "currency": "EUR", "url": "/p/3"}},
  {"productId": "SKU-4",
   "metadata": {"title": "Slipper", "price": 15, "currency": "EUR", "url": "/p/4"}}
]}
)";
}

Slate slateOf(const std::string& body) {
  List<Problem> problems;
  const auto service = makeService(
      "refine", parseJson(R"({"name":"refine","apiKey":"pk","organizationId":"org","catalogId":"cat"})"), problems);
  Slate slate;
  REQUIRE_FALSE(service->read(200, body, {}, nullptr, slate));
  return slate;
}

std::string quoted(std::string_view text) {
  Text out = "\"";
  for (const char c : text) (out += c == '"' ? "\\" : "") += c;
  return out + "\"";
}

// One step of a field list a line, with a blank between its fields and "" for an empty one.
std::string stepsOf(std::string_view fields, std::initializer_list<std::string_view> verbs) {
  Text out;
  while (!fields.empty()) {
    fields.remove_prefix(1);
    const std::size_t end = std::min(fields.size(), fields.find(FieldWriter::kSeparator));
    const std::string_view field = fields.substr(0, end);
    fields.remove_prefix(end);
    const bool isVerb = std::find(verbs.begin(), verbs.end(), field) != verbs.end();
    if (!out.empty()) out += isVerb ? "\n" : "  ";
    out += field.empty() ? std::string_view("\"\"") : field;
  }
  return out + "\n";
}

std::string patchSteps(std::string_view patch) { return stepsOf(patch, {"order", "set", "inner", "item"}); }

std::string digitsOf(double number) {
  Text digits;
  appendNumber(digits, number);
  return digits;
}

std::string printProduct(const Product& product) {
  return "id            " + product.id + "\ntitle         " + product.title + "\nurl           " + product.url +
         "\nprice         " + digitsOf(product.price) + "     (major units: euros)" + "\noriginalPrice " +
         digitsOf(product.originalPrice) + "       (-1: none)" + "\ncurrency      " + product.currency + "\n";
}

std::string printValues(const CardData& data, const Value& item) {
  Text out = "name      text           isTrue  isClean\n";
  for (const char* name : {"id", "url", "title", "onSale", "discount", "price", "rating"}) {
    Text scratch;
    const Value value = data.member(item.node, Key{name, CardData::fieldOf(name)}, scratch);
    std::string line = name;
    line.append(10 - line.size(), ' ').append(value.text.empty() ? std::string_view("\"\"") : value.text);
    line.append(25 - line.size(), ' ').append(value.isTrue ? "yes     " : "no      ");
    out += line + (value.isClean ? "yes\n" : "no\n");
  }
  return out;
}

std::string itemHtml(const Slate& slate, std::size_t position, const CardOptions& options) {
  Text out;
  renderItem(slate, position, options, out);
  return out;
}

// The page, with its blocks to be compared or written.
class Page {
 public:
  Page() {
    std::ifstream file(kPath, std::ios::binary);
    text_.assign(std::istreambuf_iterator<char>(file), {});
  }

  void check(const std::string& name, const std::string& printed) {
    const std::string start = "<!-- printed: " + name + " -->\n";
    const std::string block = start + "```\n" + printed + "```\n";
    const std::size_t begin = text_.find(start);
    INFO("docs/rendering.md, block " << name);
    REQUIRE(begin != std::string::npos);
    const std::size_t end = text_.find("<!-- end -->", begin);
    REQUIRE(end != std::string::npos);
    if (std::getenv("VITRINE_WRITE_DOCS"))
      text_.replace(begin, end - begin, block);
    else
      CHECK(text_.substr(begin, end - begin) == block);
  }

  void write() const {
    if (std::getenv("VITRINE_WRITE_DOCS")) std::ofstream(kPath, std::ios::binary) << text_;
  }

 private:
  static constexpr char kPath[] = VITRINE_DOCS "/rendering.md";
  std::string text_;
};

}  // namespace

TEST_CASE("docs/rendering.md prints what the code produces", "[rendering-doc]") {
  Page page;
  page.check("template", std::string(kFrame) + "\n");
  page.check("reply", reply("49.5"));

  const Slate slate = slateOf(reply("49.5"));
  page.check("product", printProduct(*slate.products[0]));

  CardOptions options;
  REQUIRE_FALSE(readCardOptions(
      parseJson(R"({"partials": {"frame": )" + quoted(kFrame) + R"(}, "money": {"suffix": " EUR"}})"), options));
  CardData data(slate, options);
  page.check("data", printValues(data, data.item(0)));
  page.check("operations", TemplateInspector::print(options.cardTemplate->compiled));

  page.check("card", itemHtml(slate, 0, options) + "\n");

  const Slate cheaper = slateOf(reply("39.5"));
  Text patch;
  REQUIRE(patchMarkup(itemHtml(slate, 0, options), itemHtml(cheaper, 0, options), 0, patch));
  page.check("patch", patchSteps(patch));
  const Slate onSale = slateOf(reply(R"(39.5, "originalPrice": 49.5)"));
  Text other;
  REQUIRE(patchMarkup(itemHtml(slate, 0, options), itemHtml(onSale, 0, options), 0, other));
  page.check("patch of another structure", patchSteps(other));
  page.write();
}
