// Removes private data from addresses before they leave the page, and holds the meaning of Global Privacy Control.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/consent.h"

namespace vitrine {

struct PrivacyOptions {
  // The consent of a shopper with Global Privacy Control (globalprivacycontrol.org), until the shop calls setConsent()
  // with the shopper's own decision. kGranted: the signal is ignored.
  Consent withGpc = Consent::kDenied;
  // Query parameters whose name contains one of these lower-case texts are removed from every address.
  std::vector<std::string> scrub = {"mail", "token", "passw", "pwd", "secret", "auth", "phone", "apikey", "api_key"};
};

// Returns the text with its ASCII letters in lower case.
std::string lowerCase(std::string_view text);

// Returns the address without user and password, and without parameters (in query and fragment) whose name is on the
// list or whose value holds an e-mail address.
std::string scrubUrl(std::string_view url, const std::vector<std::string>& names);

}  // namespace vitrine
