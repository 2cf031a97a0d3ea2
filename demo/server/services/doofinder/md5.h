// MD5 (RFC 1321), which is how Doofinder's `dfid` names an item: no protection against anybody.
#pragma once

#include <string>
#include <string_view>

namespace vitrine::demo {

// 32 lower-case hexadecimal digits.
std::string md5(std::string_view text);

}  // namespace vitrine::demo
