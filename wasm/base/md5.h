// MD5 (RFC 1321), of which Doofinder makes its product ids. Not for anything that must be safe.
#pragma once

#include <string>
#include <string_view>

namespace vitrine {

// 32 lower-case hex digits.
std::string md5(std::string_view text);

}  // namespace vitrine
