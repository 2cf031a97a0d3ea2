// The table of docs/queries.md, made by asking each service with each option in each situation: the option appears in
// the request, is left to Vitrine, or is refused. Nothing else may happen to it.
//
// To write the table anew: VITRINE_WRITE_DOCS=1 vitrine-core-tests "The table of docs/queries.md*"
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "native/services/service_bench.h"

using namespace vitrine;

namespace {

struct Situation {
  std::string name;
  QueryKind kind;
  std::string query;  // the members that it needs, without braces
};

struct Column {
  std::string title;
  const char* name;
  const char* options;
  std::vector<Situation> situations;
};

constexpr char kSearch[] = R"("query":"q1","topK":8)", kListing[] = R"("categoryId":"k1","topK":8)",
               kTyped[] = R"("query":"q1")";

// RichRelevance's situations are types of page, which the placement names.
Situation page(const std::string& type, const std::string& more = "") {
  return {type, QueryKind::kForVisitor, "\"configId\":\"" + type + ".a\"" + more};
}

const std::vector<Column>& columns() {
  const auto kinds = [](const std::string& more, int without) {
    const std::vector<Situation> all = {{"similarItems", QueryKind::kSimilarItems, "\"anchorId\":\"A1\"" + more},
                                        {"forVisitor", QueryKind::kForVisitor, "\"configId\":\"c8\"" + more},
                                        {"forUser", QueryKind::kForUser, "\"configId\":\"c8\"" + more},
                                        {"boughtTogether", QueryKind::kBoughtTogether, "\"itemIds\":[\"I1\"]" + more},
                                        {"trending", QueryKind::kTrending, more.empty() ? "" : more.substr(1)},
                                        {"category", QueryKind::kCategory, "\"categoryId\":\"k1\"" + more},
                                        {"searchText", QueryKind::kSearchText, kSearch},
                                        {"searchCategory", QueryKind::kSearchCategory, kListing},
                                        {"suggest", QueryKind::kSuggest, kTyped}};
    std::vector<Situation> some;
    for (int i = 0; i < kQueryKinds; ++i) {
      if (!(without >> i & 1)) some.push_back(all[static_cast<std::size_t>(i)]);
    }
    return some;
  };
  static const std::vector<Column> all = {
      {"Refine", "refine", R"({"apiKey":"pk","organizationId":"o","catalogId":"c"})",
       kinds(",\"topK\":8", 0b110111000)},
      {"Depict", "depict", R"({"tenant":"t","market":"m","locale":"l"})", kinds("", 0)},
      {"RichRelevance",
       "richrelevance",
       R"({"apiKey":"pk","apiClientKey":"pk"})",
       {page("home_page"),
        page("item_page", R"(,"anchorId":"A1")"),
        page("add_to_cart_page", R"(,"itemIds":["I1"])"),
        page("cart_page"),
        page("brand_page", R"(,"brand":"b1")"),
        page("category_page", R"(,"categoryId":"k1")"),
        page("search_page", R"(,"query":"q1")"),
        page("personal_page"),
        page("generic_page"),
        page("error_page"),
        page("purchase_complete_page",
             R"(,"order":{"orderId":"o1","items":[{"itemId":"I1","quantity":1,"unitPrice":1}]})"),
        {"searchText", QueryKind::kSearchText, kSearch},
        {"searchCategory", QueryKind::kSearchCategory, kListing},
        {"suggest", QueryKind::kSuggest, kTyped}}},
      {"Doofinder", "doofinder",
       R"({"hashid":"h","productUrl":"https://shop.example/p/{id}","configs":{"similarItems":"w","forVisitor":"w",)"
       R"("forUser":"w","boughtTogether":"w","trending":"w","category":"w","c8":"w8","c9":"w9"}})",
       kinds("", 0)}};
  return all;
}

// Two values of an option. A service that sends the option sends different requests for them.
std::pair<std::string, std::string> valuesOf(const Column& column, const std::string& option,
                                             const Situation& situation) {
  const auto both = [](const std::string& before, const std::string& after) {
    return std::pair(before + "8" + after, before + "9" + after);
  };
  if (option == "configId" && situation.name.ends_with("_page")) return both("\"" + situation.name + ".", "\"");
  if (option == "configId" && column.name == std::string_view("richrelevance"))
    return both(situation.name == "searchText" ? "\"search_page." : "\"category_page.", "\"");
  if (option == "topK" || option == "limit") return {"7", "9"};
  if (option == "page") return {"2", "3"};
  if (option == "sortBy") return both(R"({"field":"f)", R"(","order":"desc"})");
  if (option == "visualWeight") return {"0.25", "0.5"};
  if (option == "url") return both("\"https://shop.example/u", "\"");
  // With searches and listings Depict takes one name.
  if (option == "params" && column.title == "Depict" && isListing(situation.kind))
    return both(R"({"metadata":{"x":")", "\"}}");
  if (option == "params") return both(R"({"x":")", "\"}");
  if (option == "order") return both(R"({"orderId":"o)", R"(","items":[{"itemId":"I1","quantity":1,"unitPrice":1}]})");
  if (option == "filters") return both(R"([{"field":"color","operator":"eq","value":)", "}]");
  const bool isList = option.ends_with("Ids") || option == "categoryPath" || option == "categoryHints";
  return both(std::string(isList ? "[\"" : "\"") + option.front(), isList ? "\"]" : "\"");
}

// Adds the option to the members of the situation's query, in place of a member that says the same.
Json queryOf(const Situation& situation, const std::string& option, const std::string& value) {
  Json query = parseJson("{" + situation.query + "}");
  query.children.eraseIf(
      [&](const Json& child) { return child.name == option || (child.name == "anchorId" && option == "anchorIds"); });
  Json& added = query.children.emplace_back(parseJson(value));
  REQUIRE(added.isValid());
  added.name = option;
  return query;
}

Text textOf(const HttpRequest& request) {
  return request.method + request.url + request.part + request.urlTail + request.body;
}

enum class Fate { kSent, kVitrine, kRefused };

Fate fateOf(const Column& column, const Situation& situation, const std::string& option) {
  CAPTURE(column.title, situation.name, option);
  ServiceBench bench(column.name, column.options);
  bench.asker.userId = "u1";
  const auto [first, second] = valuesOf(column, option, situation);
  HttpRequest one, other;
  const Problem problem = bench.service->ask(situation.kind, queryOf(situation, option, first), bench.asker, one);
  if (problem) {
    INFO(problem->message);
    CHECK(problem->type == ErrorType::kValidation);
    CHECK(problem->code == "unsupported-option");
    CHECK(problem->field == option);
    CHECK(problem->message == column.title + " takes no " + option + " with " + situation.name +
                                  ": leave it out, or name a service that takes it (docs/queries.md).");
    return Fate::kRefused;
  }
  REQUIRE_FALSE(bench.service->ask(situation.kind, queryOf(situation, option, second), bench.asker, other));
  // Calls leaves out the products of earlier pages.
  if (one.skip > 0) {
    CHECK(option == "page");
    CHECK(one.skip == 8);
    CHECK(other.skip == 16);
    return Fate::kVitrine;
  }
  if (textOf(one) != textOf(other)) return Fate::kSent;
  // Calls cuts the reply to topK or limit, and applies the filters that a request leaves.
  CHECK((option == "topK" || option == "limit" || (option == "filters" && !one.filtersJson.empty())));
  return Fate::kVitrine;
}

std::string cellOf(const Column& column, const std::string& option) {
  std::string lists[3];
  std::size_t counts[3] = {};
  for (const Situation& situation : column.situations) {
    const Fate fate = fateOf(column, situation, option);
    ++counts[static_cast<int>(fate)];
    std::string& list = lists[static_cast<int>(fate)];
    list += (list.empty() ? "" : ", ") + situation.name;
  }
  const std::size_t all = column.situations.size();
  if (counts[0] == all) return "sent";
  if (counts[1] == all) return "Vitrine";
  if (counts[2] == all) return "refused";
  if (counts[1] == 0 && counts[2] < 3 && all > 5) return "sent; refused with " + lists[2];
  std::string cell = counts[0] > 0 ? "sent with " + lists[0] : "";
  if (counts[1] > 0) cell += (cell.empty() ? "Vitrine with " : "; Vitrine with ") + lists[1];
  return cell;
}

// Returns the filters that the service applies itself. Others are left to Vitrine, or refused for a listing.
std::string filtersOf(const Column& column, const std::string& name = "") {
  const auto named = [&](const Situation& situation) { return situation.name == name; };
  const auto found = std::find_if(column.situations.begin(), column.situations.end(), named);
  if (!name.empty() && found == column.situations.end()) return "-";
  const Situation& situation = name.empty() ? column.situations[1] : *found;
  const ServiceBench bench(column.name, column.options);
  std::string fields;
  int count = 0;
  for (const char* field : {"price", "brand", "color"}) {
    std::string operators;
    for (const std::string op : {"eq", "ne", "gt", "gte", "lt", "lte", "in", "nin", "exists", "match"}) {
      const std::string value = op == "exists"                   ? "true"
                                : op == "in" || op == "nin"      ? "[\"x\"]"
                                : op == "match" || *field != 'p' ? "\"x\""
                                                                 : "5";
      const std::string filters =
          std::string(R"([{"field":")") + field + R"(","operator":")" + op + R"(","value":)" + value + "}]";
      HttpRequest request;
      const Problem problem =
          bench.service->ask(situation.kind, queryOf(situation, "filters", filters), bench.asker, request);
      if (problem) CHECK(problem->code == "unsupported-filter");
      if (problem || !request.filtersJson.empty()) {
        CHECK((problem != nullptr) == !name.empty());
        continue;
      }
      ++count;
      operators += (operators.empty() ? "" : " ") + op;
    }
    if (!operators.empty()) fields += (fields.empty() ? "`" : ", `") + std::string(field) + "` (" + operators + ")";
  }
  if (count == 30) return "sent";
  const std::string others = name.empty() ? "Vitrine" : "refused";
  return count == 0 ? others : "sent: " + fields + "; others " + others;
}

std::string table() {
  std::string out = "| option |";
  for (const Column& column : columns()) out += " " + column.title + " |";
  out += "\n|---|---|---|---|---|\n";
  std::istringstream options(kQueryOptions);
  for (std::string option; options >> option;) {
    out += "| `" + option + "` |";
    for (const Column& column : columns())
      out += " " + (option == "filters" ? filtersOf(column) : cellOf(column, option)) + " |";
    out += "\n";
    if (option != "filters") continue;
    for (const char* listing : {"searchText", "searchCategory"}) {
      out += "| `filters` with " + std::string(listing) + " |";
      for (const Column& column : columns()) out += " " + filtersOf(column, listing) + " |";
      out += "\n";
    }
  }
  std::istringstream own(kCallOptions);
  for (std::string option; own >> option;) out += "| `" + option + "` | Vitrine | Vitrine | Vitrine | Vitrine |\n";
  return out;
}

}  // namespace

TEST_CASE("The table of docs/queries.md is true: each option is sent, honoured by Vitrine, or refused by name") {
  const std::string path = VITRINE_DOCS "/queries.md";
  std::stringstream file;
  file << std::ifstream(path).rdbuf();
  std::string text = file.str();
  const std::size_t begin = text.find("| option |");
  REQUIRE(begin != std::string::npos);
  const std::size_t end = text.find("\n\n", begin) + 1;
  const std::string made = table();
  if (std::getenv("VITRINE_WRITE_DOCS")) std::ofstream(path) << text.replace(begin, end - begin, made);
  CHECK(text.substr(begin, made.size()) == made);
  CHECK(text[begin + made.size()] == '\n');
}

TEST_CASE("Depict takes the same options in version 3") {
  const Column& two = columns()[1];
  Column three = two;
  three.options = R"({"tenant":"t","market":"m","locale":"l","version":3})";
  three.situations.erase(three.situations.begin() + 5);  // the category
  std::istringstream options(kQueryOptions);
  for (std::string option; options >> option;) {
    for (const Situation& situation : three.situations)
      CHECK(fateOf(three, situation, option) == fateOf(two, situation, option));
  }
}

TEST_CASE("An option without a value is none, and a widget's option that a fallback needs is left out") {
  for (const Column& column : columns()) {
    ServiceBench bench(column.name, column.options);
    const auto asked = [&](const std::string& more) {
      const Situation& home = column.situations[column.name == std::string("richrelevance") ? 0 : 1];
      HttpRequest request;
      const Problem problem =
          bench.service->ask(home.kind, parseJson("{" + home.query + "," + more + "}"), bench.asker, request);
      return problem ? std::string(problem->field) : "accepted";
    };
    CAPTURE(column.title);
    for (const char* empty :
         {"\"brand\":null", "\"brand\":\"\"", "\"anchorIds\":[]", "\"params\":{}", "\"filters\":[]"})
      CHECK(asked(empty) == "accepted");
    CHECK(asked(R"("anchorId":"A1")") == "anchorId");
    bench.asker.isMarkup = true;
    CHECK(asked(R"("anchorId":"A1")") == "accepted");
    CHECK(asked(R"("visualWeight":1,"brand":"b","order":{"orderId":"o"})") != "accepted");
  }
}
