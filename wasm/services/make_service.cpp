#include "services/make_service.h"

#include "model/names.h"
#include "services/list.h"

namespace vitrine {
namespace {

// Stands for no service. Service::standIn refuses each call before it reaches this class, and no events are sent by
// it.
class None final : public Service {
 public:
  None() : Service({}, "") {}

  Problem read(int, std::string_view, std::string_view, const Slate*, Slate&) const override { return nullptr; }
  int lane(EventKind) const override { return 0; }
  std::size_t laneSize(int) const override { return kMaxBatch; }
  int receipt(int, int status, std::string_view) override { return status; }
  bool encode(int, const List<std::string_view>&, std::string_view, TimeMs, HttpRequest&) override { return false; }

 private:
  unsigned kinds() const override { return 0; }
  Problem build(QueryKind, const Json&, const Asker&, HttpRequest&) const override { return nullptr; }
};

}  // namespace

std::unique_ptr<Service> makeService(std::string_view name, const Json& options, List<Problem>& problems) {
  for (const ServiceEntry* entry = kServices; entry->make; ++entry) {
    if (name == entry->name) return entry->make(options, problems);
  }
  Problem refusal;
  std::string_view nearest;
  const bool isKnown = name.empty() || isAmong(kServiceNames, name, nearest);
  if (!isKnown || (kIsPart && !name.empty() && name != "none")) {
    Text given;
    appendString(given, name);
    Text guess;
    appendGuess(guess, nearest);
    refusal = validationError(
        "provider.name", "unknown-provider",
        kIsPart && isKnown ? "provider.name is %, which this core lacks, and nothing is sent. Name a file with all "
                             "services in data-wasm: vitrine.wasm or vitrine-tracking.wasm."
                           : "provider.name is %, and nothing is sent. It can be: %.%",
        given, kServiceNames, guess);
  } else {
    refusal = validationError("provider", "no-service",
                              "Without a service there are no data calls, and events need events.url. Name one in "
                              "provider.");
  }
  std::unique_ptr<Service> none = std::make_unique<None>();
  none->standIn(refusal);
  problems.push_back(std::move(refusal));
  return none;
}

}  // namespace vitrine
