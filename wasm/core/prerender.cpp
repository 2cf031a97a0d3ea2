#include "core/prerender.h"

#include <vector>

#include "providers/provider.h"
#include "render/card.h"

namespace vitrine {
namespace {

Problem readProducts(const Json& request, Slate& slate) {
  if (const Json* given = member(request, "slate")) {
    slate = readSlate(*given);
    return nullptr;
  }
  const Json none;
  const Json* options = member(request, "provider");
  if (!options) options = &none;
  std::vector<Problem> problems;
  const auto provider = makeProvider(std::string(stringMember(*options, "name")), *options, problems);
  for (Problem& problem : problems) return std::move(problem);
  return provider->read(intMember(request, "status", 200), stringMember(request, "reply"),
                        stringMember(request, "part"), nullptr, slate);
}

}  // namespace

std::string renderWidget(const std::string& text) {
  const Json request = parseJson(text);
  CardOptions options;
  Slate slate;
  Problem problem = readCardOptions(request, options);
  if (!problem) problem = readProducts(request, slate);
  if (problem) return "!" + errorJson(*problem);
  return slate.products.empty() ? "=" : "=" + renderSlate(slate, options);
}

}  // namespace vitrine
