// MD5 (RFC 1321), from which Doofinder makes its product ids. It protects nothing from anybody.
#pragma once

#include <string_view>

#include "base/text.h"

namespace vitrine {

// Returns 32 lower-case hexadecimal digits.
Text md5(std::string_view text);

}  // namespace vitrine
