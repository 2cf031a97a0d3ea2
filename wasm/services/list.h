// The list of services: one name each. Only the files of this folder include it.
#pragma once

#include "services/service.h"

// A service `name` is the file services/<name>.cpp with a namespace of that name in which this function makes it.
// `npm run build -- --services refine,doofinder` defines a shorter list; services that are not in it leave the build.
#ifndef VITRINE_SERVICES
#define VITRINE_SERVICES(X) X(refine) X(depict) X(richrelevance) X(doofinder)
#endif

namespace vitrine {

using MakeService = std::unique_ptr<Service>(const Json& options, List<Problem>& problems);

struct ServiceEntry {
  const char* name;
  MakeService* make;
};

#define VITRINE_DECLARE(name) \
  namespace name {            \
  MakeService make;           \
  }
#define VITRINE_ENTRY(name) {#name, name::make},
VITRINE_SERVICES(VITRINE_DECLARE)
inline constexpr ServiceEntry kServices[] = {VITRINE_SERVICES(VITRINE_ENTRY)};
#undef VITRINE_DECLARE
#undef VITRINE_ENTRY

}  // namespace vitrine
