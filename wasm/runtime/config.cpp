#include "runtime/config.h"

#include <algorithm>
#include <cmath>

#include "model/error.h"
#include "model/ids.h"
#include "model/names.h"
#include "shopper/identity.h"

namespace vitrine {
namespace {

constexpr std::string_view kBadOption = "bad-option";

// Removes and logs the members that the host could not write as JSON. path: the name of `object`, "" at the top.
void dropUnwritable(Json& object, const Text& path, Effects& effects) {
  for (std::size_t i = 0; i < object.children.size(); ++i) {
    Json& child = object.children[i];
    const Text name = object.isArray() ? indexed(path, i) : path.empty() ? child.name : path + "." + child.name;
    dropUnwritable(child, name, effects);
    if (child.isValid()) continue;
    // The host reads the listeners (onError, onMetrics).
    std::string_view nearest;
    if (!isAmong("beforeTrack onSend onConsent onError onMetrics", child.name, nearest))
      reportMember({}, name, " is a function or another value that JSON cannot express; it is ignored.", nearest,
                   kBadOption, effects);
    object.children.erase(object.children.begin() + static_cast<std::ptrdiff_t>(i--));
  }
}

// Reads the options of one object. When destroyed, logs a warning for each option that no read() or find() named.
class Options {
 public:
  // The options at `path`: `name` of `outer`, if there is an outer one.
  Options(const Json* object, const char* path, Effects& effects);
  Options(Options& outer, const char* path, const char* name) : Options(outer.find(name), path, outer.effects_) {}
  Options(Options& outer, const char* name) : Options(outer, name, name) {}
  ~Options() {
    if (object_) reportUnknown(*object_, path_, known_, kBadOption, effects_);
  }
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;

  const Json* find(const char* name) {
    (known_ += name) += ' ';
    const Json* value = object_ ? member(*object_, name) : nullptr;
    return value && !value->isNull() ? value : nullptr;
  }

  void read(const char* name, bool& value) {
    const Json* given = find(name);
    if (!given) return;
    if (given->isBool())
      value = given->number != 0;
    else
      complain(name, "must be true or false; the default is used");
  }

  // Reads a number of at least `least`.
  void read(const char* name, double& value, int least) {
    const Json* given = find(name);
    if (!given) return;
    const double number = given->isNumber() ? given->number : NAN;
    if (number >= least && std::isfinite(number))
      value = number;
    else
      complain(name, "must be a number in range; the default is used");
  }

  void read(const char* name, int& value, int least) {
    double number = value;
    read(name, number, least);
    value = static_cast<int>(std::min(number, 1e6));
  }

  // Reads a list of texts into `texts`. Returns false if the option is missing or is no such list.
  bool readTexts(const char* name, List<Text>& texts) {
    const Json* given = find(name);
    if (!given) return false;
    bool isRight = given->isArray();
    for (const Json& element : given->children) {
      isRight = isRight && element.isString();
      texts.push_back(element.text);
    }
    if (isRight) return true;
    texts.clear();
    complain(name, "must be a list of texts; the default is used");
    return false;
  }

  // Reads an id of the shopper, which counts on a server only.
  void readShopper(const char* name, bool isServer, Text& id) {
    const Json* given = find(name);
    if (!given) return;
    id = readId(given);
    if (!isServer || id.empty() || id.size() > kMaxUserIdBytes)
      complain(name, "must be an id, and counts on a server only; it is ignored");
    if (!isServer || id.size() > kMaxUserIdBytes) id.clear();
  }

  // Returns the index of the option's value in `words`; -1 if the option is missing or has another value.
  int readWord(const char* name, std::initializer_list<const char*> words,
               const char* otherwise = "the default is used") {
    const Json* given = find(name);
    if (!given) return -1;
    int index = 0;
    Text allowed;
    for (const char* word : words) {
      if (given->isString() && given->text == word) return index;
      allowed.append(index++ ? "', '" : "'").append(word);
    }
    complain(name, "must be one of " + allowed + "'; " + otherwise);
    return -1;
  }

  void complain(const char* name, const Text& what) {
    reportMember(path_, name, " " + what + ".", {}, kBadOption, effects_);
  }

 private:
  const Json* object_;
  const char* path_;
  Effects& effects_;
  Text known_;  // each name with a space behind it
};

Options::Options(const Json* object, const char* path, Effects& effects)
    : object_(object), path_(path), effects_(effects) {
  if (!object_ || object_->isObject()) return;
  complain("", "must be an object; it is ignored");
  object_ = nullptr;
}

void readEvents(Options& all, Config& config) {
  DeliveryOptions& delivery = config.delivery;
  Options options(all, "events");
  options.read("enabled", delivery.enabled);
  options.read("batchSize", delivery.batchSize, 1);
  options.read("flushInterval", delivery.flushIntervalMs, 0);
  options.read("maxQueueSize", delivery.maxQueueSize, 1);
  options.read("maxRetries", delivery.maxRetries, 0);
  if (options.readWord("persistence", {"localStorage", "memory"}) == 1) config.isPersistent = false;
  options.read("sessionTimeout", config.sessionTimeoutMs, 1000);
  options.read("maxBatchSize", delivery.maxBatchSize, 1);
  options.read("maxQueueBytes", delivery.maxQueueBytes, 1024);
  options.read("maxBatchBytes", delivery.maxBatchBytes, 1024);
  options.read("maxAge", delivery.maxAgeMs, 60'000);
  options.read("requestTimeout", delivery.requestTimeoutMs, 100);
  options.read("acknowledge", delivery.acknowledge);
  if (const Json* url = options.find("url")) delivery.url = url->text;
  // The host checks these two and converts the batches to events.url.
  options.find("formatOptions");
  if (const Json* format = options.find("format"); format && format->text != "vitrine") delivery.growth = kFormatGrowth;
  config.tracking.dropsBots = options.readWord("bots", {"tag", "drop"}) == 1;
  Options rate(options, "events.rateLimit", "rateLimit");
  rate.read("burst", config.tracking.rate.burst, 1);
  rate.read("perSecond", config.tracking.rate.perSecond, 0);
  delivery.maxBatchSize = std::max(delivery.maxBatchSize, delivery.batchSize);
}

void readPrivacy(Options& all, PrivacyOptions& privacy) {
  Options options(all, "privacy");
  constexpr Consent kChoices[] = {Consent::kDenied, Consent::kAnonymous, Consent::kGranted};
  const int choice = options.readWord("gpc", {"deny", "anonymous", "ignore"});
  if (choice >= 0) privacy.withGpc = kChoices[choice];
  if (const Json* names = options.find("scrubParameters")) {
    privacy.scrub.clear();
    for (const Json& name : names->children) privacy.scrub.push_back(lowerCase(name.text));
  }
  options.read("scrubValues", privacy.scrubsValues);
}

void readViewability(Options& all, ViewRule& rule) {
  Options options(all, "viewability");
  options.readWord("rule", {"mrc"});  // the only rule; the other options default to its values
  options.read("ratio", rule.ratio, 0);
  options.read("dwellMs", rule.dwellMs, 0);
  options.read("largeAreaPx", rule.largeAreaPx, 0);
  options.read("largeRatio", rule.largeRatio, 0);
  rule.isCumulative = options.readWord("mode", {"continuous", "cumulative"}) == 1;
}

// Checks the names alone: the values have defaults for every type.
void checkExperiments(const Json& experiments, Effects& effects) {
  for (const Json& experiment : experiments.children) {
    reportUnknown(experiment, "experiments", "variants", kBadOption, effects);
    if (const Json* variants = member(experiment, "variants")) {
      for (const Json& variant : variants->children)
        reportUnknown(variant, "experiments.variants", "name weight slot", kBadOption, effects);
    }
  }
}

}  // namespace

Config readConfig(Json object, Effects& effects) {
  const Json* said = object.isObject() ? member(object, "consent") : nullptr;
  const bool saysConsent = said && !said->isNull();
  dropUnwritable(object, {}, effects);
  Config config;
  Options options(&object, "", effects);
  if (const Json* provider = options.find("provider")) {
    config.serviceOptions = *provider;
    config.serviceName = stringMember(*provider, "name", "?");  // a service was meant
    if (config.serviceName == "none") config.serviceName.clear();
  }
  readEvents(options, config);
  readPrivacy(options, config.privacy);
  readViewability(options, config.viewability);
  Options identity(options, "identity");
  if (identity.readWord("otherUser", {"reset", "keep"}) == 1) config.tracking.resetsForOtherUser = false;
  config.isServer = config.calls.isServer = options.readWord("applicationType", {"browser", "server"}) == 1;
  identity.readShopper("visitorId", config.isServer, config.visitorId);
  identity.readShopper("sessionId", config.isServer, config.sessionId);
  identity.readShopper("userId", config.isServer, config.userId);
  Options attribution(options, "attribution");
  attribution.read("windowMs", config.attribution.windowMs, 0);
  attribution.read("maxItems", config.attribution.maxItems, 1);
  options.read("autoTrack", config.tracksPage);
  Options pageViews(options, "pageViews");
  config.pageViews.hasParameters = pageViews.readTexts("parameters", config.pageViews.parameters);
  const int consent =
      options.readWord("consent", {kConsentNames[0], kConsentNames[1], kConsentNames[2], kConsentNames[3]},
                       "nothing is sent until then");
  if (consent >= 0)
    config.consent = static_cast<Consent>(consent);
  else if (saysConsent)
    config.consent = Consent::kUnknown;  // a misspelt refusal must not allow anything
  if (const Json* experiments = options.find("experiments")) config.experiments = *experiments;
  checkExperiments(config.experiments, effects);
  if (const Json* strings = options.find("strings")) config.strings = *strings;
  options.read("timeout", config.calls.timeoutMs, 1);
  Options calls(options, "calls");
  calls.read("retries", config.calls.retries, 0);
  calls.read("maxAge", config.calls.maxAgeMs, 0);
  calls.read("staleWhileRevalidate", config.calls.staleMs, 0);
  bool unused = false;  // checked here, read by the host
  options.read("doofinderCart", unused);
  // The host reads these. What the core gets of them is of another kind.
  for (const char* hook : {"plugins", "beforeTrack", "onSend", "onConsent", "onError"}) {
    if (options.find(hook)) options.complain(hook, "must be a function or list; it is ignored");
  }
  Options debug(options, "debug");
  debug.read("record", unused);
  return config;
}

Consent consentWith(const Config& config, bool hasGpc, Consent said) {
  // Consents are ordered from strict to loose, behind kUnknown.
  const bool isOne = config.consent == Consent::kUnknown || said == Consent::kUnknown;
  const Consent level = isOne ? std::max(config.consent, said) : std::min(config.consent, said);
  if (!hasGpc) return level;
  return config.privacy.withGpc == Consent::kDenied ? Consent::kDenied : std::min(level, config.privacy.withGpc);
}

}  // namespace vitrine
