// Reads the members of an untrusted JSON object or the parameters of a query string. Each read states a rule. A value
// that breaks the rule is a complaint, and the read returns an empty value. Each service has a style, which prints
// complaints in the words of the service.
#pragma once

#include <httplib.h>

#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/replies.h"

namespace vitrine::demo {

constexpr std::size_t kMaxIdBytes = 200;  // far longer than any id in use; bounds rows and indices

struct Rule {
  enum Kind { kText, kInteger, kNumber, kFlag, kList, kObject, kWord };
  Kind kind = kText;
  double low = 0, high = 0;                      // limits of a number, of a text's length or of a list's size
  std::span<const std::string_view> words = {};  // kWord: the allowed texts
};

struct Complaint {
  enum Problem { kMissing, kWrongKind, kTooSmall, kTooLarge, kUnknownMember, kOther };
  nlohmann::json path = {};  // names and indices: ["items", 2, "price"]
  Problem problem = kOther;
  Rule rule = {};
  nlohmann::json value = {};
  std::string words = {};  // kOther: the rule in the words of the service
  std::string code = {};   // kOther, kWord: the name of the rule, for services that send one
};
using Complaints = std::vector<Complaint>;

struct FormStyle {
  Refusal (*print)(const Complaints& complaints);  // receives at least one complaint
  bool stopsAtFirst = false;                       // the first complaint is thrown at once
  std::size_t maxTextLength = kMaxIdBytes;
  bool countsCharacters = false;  // the length of a text: characters in place of bytes
  bool acceptsBlank = false;      // a required member may be "", and null is a value of the wrong kind
  bool readsIntegerText = false;  // "12" is an integer, and "" is absent
  bool readsDecimalText = false;  // "1.5" is a number, and "" is absent
};

// The demo's own error format, which Refine shares: a Refusal (400) with the code "invalid-field".
Refusal printInvalidField(const Complaints& complaints);
inline constexpr FormStyle kOwnStyle{.print = printInvalidField, .stopsAtFirst = true};

class Form {
 public:
  // `source` must outlive this. Complains if it is not an object.
  explicit Form(const nlohmann::json& source, const FormStyle& style = kOwnStyle)
      : Form(source, style, nlohmann::json::array(), std::make_shared<Complaints>()) {}
  // Returns the form of an object inside this one, such as {"items", 2}. Both collect the same complaints.
  Form inner(const nlohmann::json& at, const nlohmann::json& source) const;

  bool isObject() const { return source_->is_object(); }
  const nlohmann::json* find(const char* name);                           // nullptr if absent or null
  const nlohmann::json* require(const char* name, const Rule& rule);      // nullptr after a complaint
  std::string text(const char* name, std::size_t maxLength = 0);          // required; 0 means the limit of the style
  std::string optionalText(const char* name, std::size_t maxLength = 0);  // "" if absent
  std::int64_t integer(const char* name, std::int64_t low, std::int64_t high);
  std::optional<std::int64_t> optionalInteger(const char* name, std::int64_t low, std::int64_t high);
  double number(const char* name, double low, double high);
  std::optional<double> optionalNumber(const char* name, double low, double high);
  bool optionalFlag(const char* name, bool fallback);
  const nlohmann::json& list(const char* name, std::size_t atLeast = 0);
  const nlohmann::json& optionalList(const char* name);
  // Returns the texts of a list, and complains about its other entries.
  std::vector<std::string> texts(const char* name, const nlohmann::json& list) const;

  // Check a value that is not a member itself, such as an entry of a list.
  std::optional<std::int64_t> integerAt(const nlohmann::json& at, const nlohmann::json& value, std::int64_t low,
                                        std::int64_t high) const;
  std::optional<double> numberAt(const nlohmann::json& at, const nlohmann::json& value, double low, double high) const;
  // Returns the position of `value` in `words`.
  std::optional<std::size_t> oneOf(const char* name, const std::string& value, std::span<const std::string_view> words,
                                   const char* code = "") const;

  // Adds a complaint in the words of the service. `at`: a name, or a path such as {"items", 2}.
  void complain(const nlohmann::json& at, const std::string& words, const char* code = "") const;
  void complain(const nlohmann::json& at, Complaint complaint) const;
  // Complains about each member that was not read. Must be called last.
  void refuseOthers() const;
  // Throws the printed Refusal if there was a complaint.
  void finish() const;

 private:
  Form(const nlohmann::json& source, const FormStyle& style, nlohmann::json path,
       std::shared_ptr<Complaints> complaints);
  std::string textAt(const char* name, const nlohmann::json& value, std::size_t maxLength) const;
  const nlohmann::json& listAt(const char* name, const nlohmann::json* value, std::size_t atLeast) const;

  const nlohmann::json* source_;
  const FormStyle* style_;
  nlohmann::json path_;
  std::vector<std::string> read_;           // the names of the members that were read
  std::shared_ptr<Complaints> complaints_;  // shared with the inner forms
};

// Returns the query string as an object of texts. The first value of a repeated parameter counts.
nlohmann::json parametersOf(const httplib::Request& request);

// For printers: a limit as text ("12", "1e+09" for kNumber), and words as "a, b or c", each between two `quote`s.
std::string limitText(const Rule& rule, double limit);
std::string wordList(std::span<const std::string_view> words, const char* quote = "");

}  // namespace vitrine::demo
