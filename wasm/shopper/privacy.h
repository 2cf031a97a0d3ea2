// Removes private data from addresses before they leave the page, and holds the meaning of Global Privacy Control.
#pragma once

#include <string_view>

#include "base/list.h"
#include "base/query_string.h"
#include "base/text.h"
#include "base/words.h"
#include "model/consent.h"

namespace vitrine {

struct PrivacyOptions {
  // The consent of a shopper with Global Privacy Control (globalprivacycontrol.org), until the shop calls setConsent()
  // with the shopper's own decision. kGranted: the signal is ignored.
  Consent withGpc = Consent::kDenied;
  // Parameters are removed from every address if their name contains one of these lower-case texts, or is the text
  // behind "=".
  List<Text> scrub = wordsOf(
      "mail token passw pwd secret auth phone apikey api_key session sessid jwt iban =code =otp =sig =signature =tel");
  // Removes values that look private by themselves, whatever their name: see scrubUrl().
  bool scrubsValues = true;
};

// Returns the address without user and password and without private parts. Names and values are compared decoded,
// however often they were encoded. A private part of the path becomes "redacted"; a private parameter (in path, query
// or fragment) is removed. Private are parameters with a name on the list, also within an address that is a value, and
// with scrubsValues: any e-mail address; a telephone number with "+" or, if it begins with 0, with separators (a bare
// row of digits is an article number); a JSON Web Token (RFC 7519); a card number of 15 or 16 digits with a right check
// digit (ISO/IEC 7812); an IBAN with right check digits (ISO 13616).
Text scrubUrl(std::string_view url, const PrivacyOptions& options);

}  // namespace vitrine
