// The keys under which localStorage and the mirror hold the segments of journals: `vitrine:1:j:<journal id>:<number>`.
#pragma once

#include <string_view>

#include "base/storage_keys.h"
#include "base/text.h"

namespace vitrine {

Text segmentKey(std::string_view journalId, int number);

// Returns whether a text from storage can be the id of a journal.
bool isJournalId(std::string_view text);

// Splits a storage key, with or without kJournalPrefix, into journal id and segment number. Returns false if the key is
// not exactly one that segmentKey() returns.
bool readSegmentName(std::string_view name, std::string_view& journalId, int& number);

}  // namespace vitrine
