// The encoding of a parameter of a click address.
#pragma once

#include <string>

namespace vitrine::demo {

// Percent-encodes all but letters, digits and -._~.
std::string encodeComponent(const std::string& text);

}  // namespace vitrine::demo
