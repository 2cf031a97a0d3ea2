#include "shopper/identity.h"

#include <algorithm>

#include "base/json.h"

namespace vitrine {
namespace {

// An id of 120 random bits fits the 32 characters that the strictest service allows (Doofinder session ids).
constexpr int kIdLength = 24;

constexpr std::size_t kMaxTicketBytes = 4096;  // the limit of a browser's cookie

// The stored time of activity may lag this far behind. A tenth of the shortest session timeout in use (1 min); a
// click every second then costs one write in six.
constexpr double kSeenStepMs = 6 * kSecondMs;

bool isId(std::string_view text, char prefix) {
  return text.size() > 2 && text.size() <= 64 && text[0] == prefix && text[1] == '_' &&
         text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz", 2) == std::string_view::npos;
}

}  // namespace

void Identity::load(std::string_view text, TimeMs wallMs) {
  merge(text, wallMs);
  if (!visitorId_.empty()) return;
  reset(wallMs);
  isNew_ = true;
}

void Identity::assume(std::string_view visitorId, std::string_view sessionId, std::string_view userId) {
  if (!visitorId.empty()) visitorId_ = visitorId;
  if (!sessionId.empty()) sessionId_ = sessionId;
  userId_ = userId;
  changed();
}

void Identity::restore(std::string_view text, TimeMs wallMs) {
  const Text user = userId_;
  merge(text, wallMs);
  if (!user.empty() && !userId_.empty() && user != userId_) reset(wallMs);
  if (!user.empty()) userId_ = user;
  isNew_ = false;
  changed();
}

void Identity::merge(std::string_view text, TimeMs wallMs) {
  const Json record = parseJson(text);
  const std::string_view visitor = stringMember(record, "v");
  const std::string_view session = stringMember(record, "s");
  if (!isId(visitor, 'v') || !isId(session, 's')) {
    isDirty_ = true;
    return;
  }
  // A stored time ahead of the clock (which was set back since) must not keep a session alive for hours.
  const TimeMs seen = smaller(numberMember(record, "t", 0), wallMs);
  seenMs_ = session == sessionId_ ? larger(seen, seenMs_) : seen;
  savedSeenMs_ = seen;
  visitorId_ = visitor;
  sessionId_ = session;
  const std::string_view user = stringMember(record, "u");
  userId_ = user.size() <= kMaxUserIdBytes ? user : std::string_view();
  ticket_ = stringMember(record, "k");
  if (ticket_.size() > kMaxTicketBytes) ticket_.clear();
  isDirty_ = isNew_ = false;
  fragment_.clear();
}

const Text& Identity::sessionId(TimeMs wallMs) {
  if (wallMs - seenMs_ > sessionTimeoutMs_) startSession(wallMs);
  return sessionId_;
}

void Identity::touch(TimeMs wallMs) {
  sessionId(wallMs);
  seenMs_ = wallMs;
}

void Identity::identify(std::string_view userId) {
  if (userId_ == userId) return;
  userId_ = userId;
  changed();
}

void Identity::setTicket(std::string_view ticket) {
  if (ticket_ == ticket || ticket.size() > kMaxTicketBytes) return;
  ticket_ = ticket;
  isDirty_ = true;
}

void Identity::reset(TimeMs wallMs) {
  isNew_ = false;
  ticket_.clear();
  visitorId_ = "v_" + random_.token(kIdLength);
  userId_.clear();
  startSession(wallMs);
}

void Identity::startSession(TimeMs wallMs) {
  sessionId_ = "s_" + random_.token(kIdLength);
  seenMs_ = wallMs;
  changed();
}

void Identity::changed() {
  isDirty_ = true;
  fragment_.clear();
}

const Text& Identity::fragment() {
  if (fragment_.empty()) {
    appendMember(fragment_, "visitorId", visitorId_);
    appendMember(fragment_, "sessionId", sessionId_);
    if (userId_.empty())
      appendName(fragment_, "userId") += "null";
    else
      appendMember(fragment_, "userId", userId_);
  }
  return fragment_;
}

Text Identity::unsaved(TimeMs wallMs) {
  seenMs_ = smaller(seenMs_, wallMs);  // the clock was set back
  if (!isDirty_ && seenMs_ - savedSeenMs_ < kSeenStepMs && savedSeenMs_ <= wallMs) return {};
  isDirty_ = false;
  savedSeenMs_ = seenMs_;
  Text out;
  JsonObject record(out);
  record.add("v", visitorId_).add("s", sessionId_).add("t", seenMs_);
  if (!userId_.empty()) record.add("u", userId_);
  if (!ticket_.empty()) record.add("k", ticket_);
  record.close();
  return out;
}

}  // namespace vitrine
