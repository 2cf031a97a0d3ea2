#include "slots/prerender.h"

#include <algorithm>

#include "base/list.h"
#include "cards/card.h"
#include "services/make_service.h"
#include "services/service.h"

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
  List<Problem> problems;
  const auto service = makeService(Text(stringMember(*options, "name")), *options, problems);
  for (Problem& problem : problems) return std::move(problem);
  return service->read(intMember(request, "status", 200), stringMember(request, "reply"), stringMember(request, "part"),
                       nullptr, slate);
}

}  // namespace

Text renderWidget(const Text& request) {
  const Json json = parseJson(request);
  CardOptions options;
  Slate slate;
  Problem problem = readCardOptions(json, options);
  if (const int count = intMember(json, "placeholder", 0); count > 0 && !problem) {
    Text out("=");
    renderPlaceholder(options, static_cast<std::size_t>(std::min(count, 100)), out);
    return out;
  }
  if (!problem) problem = readProducts(json, slate);
  if (problem) return "!" + errorJson(*problem);
  return slate.products.empty() ? "=" : "=" + renderSlate(slate, options);
}

}  // namespace vitrine
