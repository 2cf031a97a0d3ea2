// New ids and the current time, which a service adds to received data.
#pragma once

#include <string>

#include "store/event.h"

namespace vitrine::demo {

EpochMs now();

// Returns `prefix` and 80 random bits, such as "sv_7k3h…"; unique for the life of a shop.
std::string newId(const std::string& prefix);
// Returns a random UUID (version 4).
std::string newUuid();

}  // namespace vitrine::demo
