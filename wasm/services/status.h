// Errors for replies that are no slate, by their status.
#pragma once

#include "model/error.h"

namespace vitrine {

inline bool isGood(int status) { return status >= 200 && status < 300; }

// Returns the typed error of a status, with a message of ours that setDetail() may replace. A 2xx means that the body
// was no slate. 0, -1 and -2 mean no connection, a timeout, not sent (retry.h).
Problem statusError(int status);

// Adds the address of the request to an error whose message is of statusError(), without what stands behind the
// question mark: that may be a key.
Problem withAddress(Problem problem, std::string_view url);

// Replaces our code and message by the service's own, if it sent any.
void setDetail(Error& error, std::string_view code, std::string_view message, std::string_view field = {});

// Adds a complaint about a field. The first becomes the error's own field and message.
void addDetail(Error& error, std::string_view field, std::string_view message);

}  // namespace vitrine
