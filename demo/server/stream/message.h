// An event as a message of the stream. The payload is the row of GET /_events, a JSON object, so that other programs
// can read the stream. The header `Vitrine-Event` has what the store and the recommender need besides, as JSON:
//
//   {"service","eventId","type","at","seq","visitorId"?,"sessionId"?,"userId"?,"serveId"?,"anchorId"?,"orderId"?,
//    "items":[{"itemId","quantity","unitPrice"}]}
#pragma once

#include <string>

#include "store/event.h"
#include "stream/nats.h"

namespace vitrine::demo {

// Returns the subject, such as `vitrine.events.refine.click`.
std::string streamSubject(const StoredEvent& event);

// Returns the id by which the stream recognizes a repeated event: the event id of Vitrine's own format, and
// `SERVICE/ID` for other protocols, whose ids are unique within the service only. Other characters than printable ASCII
// are percent-encoded, because the id is sent as a header.
std::string streamMessageId(const StoredEvent& event);

// Throws StreamError if there is no memory.
NatsMessage toMessage(const StoredEvent& event);

// Returns the size of the message with all headers, in bytes; a few more than it has.
std::size_t messageBytes(const StoredEvent& event);

// Throws Refusal that names what is wrong.
StoredEvent fromMessage(natsMsg* message);

}  // namespace vitrine::demo
