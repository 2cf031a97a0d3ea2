// The list of services: one name each. Only the files of this folder include it. CMakeLists.txt and tools/build.mjs
// read the names from it.
#pragma once

#include "services/service.h"

// A service `name` is the file services/<name>.cpp with a namespace of that name in which this function makes it.
#define VITRINE_ALL_SERVICES(X) X(refine) X(depict) X(richrelevance) X(doofinder)

// The services of this core. A file with one service, or with none, defines a shorter list, and so does
// `npm run build -- --services refine,doofinder`. The linker drops the code of services that are not in the list.
#ifdef VITRINE_SERVICES
#define VITRINE_IS_PART true
#else
#define VITRINE_IS_PART false
#define VITRINE_SERVICES VITRINE_ALL_SERVICES
#endif

namespace vitrine {

// True if this core may lack a service.
inline constexpr bool kIsPart = VITRINE_IS_PART;

using MakeService = std::unique_ptr<Service>(const Json& options, List<Problem>& problems);

struct ServiceEntry {
  const char* name;
  MakeService* make;
};

// The names that a configuration may use, separated by spaces.
#define VITRINE_NAME(name) #name " "
inline constexpr char kServiceNames[] = VITRINE_ALL_SERVICES(VITRINE_NAME) "none";

#define VITRINE_DECLARE(name) \
  namespace name {            \
  MakeService make;           \
  }
#define VITRINE_ENTRY(name) {#name, name::make},
VITRINE_SERVICES(VITRINE_DECLARE)
// The last entry ends the list, which may be empty otherwise.
inline constexpr ServiceEntry kServices[] = {VITRINE_SERVICES(VITRINE_ENTRY){nullptr, nullptr}};
#undef VITRINE_NAME
#undef VITRINE_IS_PART
#undef VITRINE_DECLARE
#undef VITRINE_ENTRY

}  // namespace vitrine
