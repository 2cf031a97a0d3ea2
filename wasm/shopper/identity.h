// Who the shopper is: a visitor id that is kept, a session id with an idle timeout, a user id once known.
//
// One small stored record is shared by all tabs; the last writer wins, and every tab takes over what another wrote.
#pragma once

#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"

namespace vitrine {

constexpr char kIdentityKey[] = "vitrine:1:id";
constexpr std::size_t kMaxUserIdBytes = 256;

class Identity {
 public:
  Identity(Random& random, double sessionTimeoutMs) : random_(random), sessionTimeoutMs_(sessionTimeoutMs) {}

  // Takes over the stored record; an unreadable or empty one counts as none, and new ids are made.
  void load(std::string_view record, TimeMs wallMs);

  // Takes over what another tab wrote. An empty record (the key was removed) is answered by keeping what is known
  // and writing it again with the next save.
  void merge(std::string_view record, TimeMs wallMs);

  const std::string& visitorId() const { return visitorId_; }
  const std::string& userId() const { return userId_; }  // "" if none
  // Rolls to a new session first, if the shopper was idle for longer than the timeout.
  const std::string& sessionId(TimeMs wallMs);

  // The shopper did something: the session goes on, or a new one begins.
  void touch(TimeMs wallMs);

  void identify(std::string_view userId);
  // What the recommendation service wants back with each question of this visitor (RichRelevance's cookie string).
  const std::string& ticket() const { return ticket_; }
  void setTicket(std::string_view ticket);
  // A new visitor and a new session, no user.
  void reset(TimeMs wallMs);

  // `"visitorId":…,"sessionId":…,"userId":…` for an event of this moment.
  const std::string& fragment();

  // The record to store, or "" if the stored one is still good. Activity alone is written only every kSeenStepMs.
  std::string unsaved(TimeMs wallMs);
  void markUnsaved() { isDirty_ = true; }

 private:
  void startSession(TimeMs wallMs);
  void changed();

  Random& random_;
  double sessionTimeoutMs_;
  std::string visitorId_;
  std::string sessionId_;
  std::string userId_;
  std::string ticket_;
  TimeMs seenMs_ = 0;       // last activity, wall time
  TimeMs savedSeenMs_ = 0;  // what the stored record says of it
  bool isDirty_ = false;
  std::string fragment_;
};

}  // namespace vitrine
