// What a status says when a service's reply is no slate.
#pragma once

#include "model/error.h"

namespace vitrine {

inline bool isGood(int status) { return status >= 200 && status < 300; }

// The typed error of a status, with a message of ours for the service to better. A good status means that its body was
// no slate. 0, -1 and -2 are no statuses: no connection, no answer in time, not sent (retry.h).
Problem statusError(int status);

// Puts the service's own words, if it sent any, in place of ours.
void setDetail(Error& error, std::string_view code, std::string_view message, std::string_view field = {});

// Adds a complaint about a field; the first one is the error's own.
void addDetail(Error& error, std::string_view field, std::string_view message);

}  // namespace vitrine
