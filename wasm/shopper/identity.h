// Knows who the shopper is: a visitor id that is stored, a session id that ends after a time without activity, and a
// user id once it is known.
//
// All tabs share one small stored record. The last writer wins, and every tab reads what another one wrote.
#pragma once

#include <string_view>

#include "base/random.h"
#include "base/storage_keys.h"
#include "base/text.h"
#include "base/time.h"

namespace vitrine {

constexpr std::size_t kMaxUserIdBytes = 256;

class Identity {
 public:
  Identity(Random& random, double sessionTimeoutMs) : random_(random), sessionTimeoutMs_(sessionTimeoutMs) {}

  // Reads the text of the stored record. If it is empty or unreadable, new ids are made.
  void load(std::string_view text, TimeMs wallMs);

  // The ids that the shop knows already, in place of new ones; "" for none.
  void assume(std::string_view visitorId, std::string_view sessionId, std::string_view userId);

  // Reads the text that another tab wrote. If it is empty (the key was removed), the known ids stay and are written
  // again with the next save.
  void merge(std::string_view text, TimeMs wallMs);

  // True from load() on if storage held no ids, until the visitor is known to be a new one.
  bool isNew() const { return isNew_; }
  // Reads the record of the mirror, whose ids were missing in storage when this page began: the visitor goes on, unless
  // this page has identified another user. Without a record the visitor is new.
  void restore(std::string_view text, TimeMs wallMs);

  const Text& visitorId() const { return visitorId_; }
  const Text& userId() const { return userId_; }  // "" if none
  // Begins a new session first if the shopper was idle for longer than the timeout.
  const Text& sessionId(TimeMs wallMs);

  // Called when the shopper did something: continues the session, or begins a new one.
  void touch(TimeMs wallMs);

  void identify(std::string_view userId);
  // The value that the service wants returned with each query of this visitor (RichRelevance's cookie string).
  const Text& ticket() const { return ticket_; }
  void setTicket(std::string_view ticket);
  // Begins a new visitor and a new session without a user.
  void reset(TimeMs wallMs);

  // Returns `"visitorId":…,"sessionId":…,"userId":…` for an event of this moment.
  const Text& fragment();

  // Returns the record to store, or "" if the stored one is up to date. Activity alone is written only every
  // kSeenStepMs.
  Text unsaved(TimeMs wallMs);
  void markUnsaved() { isDirty_ = true; }
  // More than the time of activity is not stored yet.
  bool hasChanged() const { return isDirty_; }

 private:
  void startSession(TimeMs wallMs);
  void changed();

  Random& random_;
  double sessionTimeoutMs_;
  Text visitorId_;
  Text sessionId_;
  Text userId_;
  Text ticket_;
  TimeMs seenMs_ = 0;       // last activity, wall time
  TimeMs savedSeenMs_ = 0;  // last activity in the stored record
  bool isDirty_ = false;
  bool isNew_ = false;
  Text fragment_;
};

}  // namespace vitrine
