// The list of services: one name each. Only provider.cpp reads it.
#pragma once

#include "services/provider.h"

// A service `name` is the file providers/<name>.cpp with a namespace of that name in which this function makes it.
// `npm run build -- --providers refine,doofinder` defines a shorter list; what is not in it leaves the build.
#ifndef VITRINE_PROVIDERS
#define VITRINE_PROVIDERS(X) X(refine) X(depict) X(richrelevance) X(doofinder)
#endif

namespace vitrine {

using MakeProvider = std::unique_ptr<Provider>(const Json& options, std::vector<Problem>& problems);

struct ProviderEntry {
  const char* name;
  MakeProvider* make;
};

#define VITRINE_DECLARE(name) \
  namespace name {            \
  MakeProvider make;          \
  }
#define VITRINE_ENTRY(name) {#name, name::make},
VITRINE_PROVIDERS(VITRINE_DECLARE)
inline constexpr ProviderEntry kProviders[] = {VITRINE_PROVIDERS(VITRINE_ENTRY)};
#undef VITRINE_DECLARE
#undef VITRINE_ENTRY

}  // namespace vitrine
