#include "slots/prerender.h"

#include <algorithm>

#include "base/list.h"
#include "cards/card.h"
#include "services/make_service.h"
#include "services/service.h"

namespace vitrine {
namespace {

// Reads the service's reply.
Problem readReply(const Json& request, Slate& slate) {
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
  Problem problem = readCardOptions(json, options);
  Text out("=");
  if (const int count = intMember(json, "placeholder", 0); count > 0 && !problem) {
    renderPlaceholder(options, static_cast<std::size_t>(std::min(count, 100)), out);
    return out;
  }
  const Json* given = member(json, "slate");
  Slate slate = given ? readSlate(*given) : Slate();
  if (!problem && !given) problem = readReply(json, slate);
  if (problem) return filled("!%", errorJson(*problem));
  if (!slate.products.empty()) out += renderSlate(slate, options);
  return out;
}

}  // namespace vitrine
