// Fresh ids and the time: what a service adds of its own to what it is sent.
#pragma once

#include <string>

#include "store/event.h"

namespace vitrine::demo {

EpochMs now();

// `prefix` and 80 random bits, such as "sv_7k3h…": never the same twice in a shop's life.
std::string newId(const std::string& prefix);
// A random UUID (version 4).
std::string newUuid();

}  // namespace vitrine::demo
