// What must not leave the page in an address, and what the browser's privacy signal means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/consent.h"

namespace vitrine {

struct PrivacyOptions {
  // What a shopper with Global Privacy Control gets until the shop calls setConsent() with the shopper's own answer
  // (globalprivacycontrol.org). kGranted: the signal is not looked at.
  Consent withGpc = Consent::kDenied;
  // Query parameters whose name contains one of these (written in lower case) are taken out of every address.
  std::vector<std::string> scrub = {"mail", "token", "passw", "pwd", "secret", "auth", "phone", "apikey", "api_key"};
};

// ASCII letters in lower case, the rest as it is.
std::string lowerCase(std::string_view text);

// The address without user and password, and without parameters (in query and fragment) whose name is on the list or
// that hold an e-mail address.
std::string scrubUrl(std::string_view url, const std::vector<std::string>& names);

}  // namespace vitrine
