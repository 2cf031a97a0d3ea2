// A tab of the simulated world: the host of one Runtime. It does as js/core/host.ts and js/page/page.ts do: effects are
// performed in order when a task ends (at once while the page is hidden), then the one timer is set.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "runtime/runtime.h"
#include "simulation/effect_text.h"

namespace vitrine::test {

class World;

struct TabOptions {
  std::string config = R"({"provider":{"name":"refine","apiKey":"pk","organizationId":"o","catalogId":"c"}})";
  std::string storage = "localStorage";
  std::string url = "https://shop.example/p/1";
  bool visible = true;
  bool online = true;
  bool gpc = false;
  bool prerendering = false;
  std::string userAgent = {};
  bool notify = false;
  std::string viewing = {};  // the product that the page is about
};

// The default configuration with more options: `"events":{…},"consent":…`.
std::string configWith(std::string_view options);

class Tab {
 public:
  Tab(World& world, int tabNumber, const TabOptions& options);

  // One input, with these arguments and the time of now.
  template <class Owner, class R, class... P, class... A>
  R act(const char* name, R (Owner::*input)(P...), A... args) {
    if (!isAlive) return R();
    const double now = wallMs();
    note(name, {text(args)..., text(now)});
    if constexpr (std::is_void_v<R>) {
      (runtime.get()->*input)(args..., now);
      schedule();
    } else {
      const R answer = (runtime.get()->*input)(args..., now);
      schedule();
      return answer;
    }
  }
  // Several inputs in one task: effects are performed when it ends.
  void task(const std::function<void()>& inputs);

  // Inputs in the words of a shop.
  double serve(const std::string& itemIds = R"(["a"])");
  double track(const std::string& kind, const std::string& itemId, double serveNumber = 0);
  double purchase(const std::string& orderId);
  double identify(const std::string& userId) { return act("identify", &Runtime::identify, userId); }
  double setConsent(const std::string& level);
  void reset() { act("reset", &Runtime::reset); }
  void flush(double callId) { act("flush", &Runtime::flush, callId); }
  void ask(double callId, const std::string& kind, const std::string& query);
  void requestDone(double requestId, double status, const std::string& retryAfter = {}, const std::string& body = {});
  void setPage(bool visible, bool online);
  void hide() { setPage(false, isOnline); }
  void show() { setPage(true, isOnline); }
  void suspend();
  void restore();
  void wake();

  Json metrics() { return parseJson(runtime->metrics(wallMs())); }
  double metric(const char* name) { return numberMember(metrics(), name, -1); }
  double dropped(const char* reason = nullptr);     // for all reasons if none is named
  std::string error();                              // field of the last refused input
  std::vector<Effect> take(std::string_view verb);  // performed since the last take of this verb

  const int number;
  bool isAlive = true;
  bool isVisible = true;
  bool isOnline = true;
  bool isSuspended = false;
  std::unique_ptr<Runtime> runtime;
  std::vector<Effect> seen;               // effects performed
  std::vector<std::string> log;           // inputs, one JSON array each, for vitrine-replay
  std::map<double, std::string> settled;  // by call id
  std::map<double, int> settledTimes;
  double refusedMs = -1e18;  // world time at which storage last refused a write
  double hiddenMs = -1;      // world time at which it was last hidden
  double awayMs = 0;         // world time of the last suspend
  double backMs = -1;        // world time of the last restore
  double grantedMs = 0;      // world time of the last consent
  double timerMs = kNever;   // world time

 private:
  friend class World;
  static std::string text(double number);
  static std::string text(const std::string& string);
  double wallMs() const;
  void handOver();
  void note(const char* name, std::initializer_list<std::string> args);
  void schedule();
  void drain();
  void perform(const Effect& effect);
  void save(const Effect& effect);
  void copyLater();
  void checkSegment(const Effect& effect);
  void checkSent(const Effect& effect, const std::string& body);
  void claim(const std::string& journalId, bool isOwn);
  void releaseAll();
  void release(const std::string& journalId);
  std::string segmentsOf(const std::string& journalId);
  void scan();
  void replyToCall(const std::string& requestId, const std::string& url, const std::string& body);

  World& world_;
  int depth_ = 0;
  bool isScheduled_ = false;
  bool isDraining_ = false;
  std::map<std::string, int> claims_;  // locks asked for or held, by the number of the claim
  int lastClaim_ = 0;
  std::vector<Effect> copies_;               // mirror and unmirror effects of this drain
  int copying_ = 0;                          // drains whose copies are under way
  bool isLeaving_ = false;                   // the page is being left: suspend() runs
  std::set<std::string> sharedKeys_;         // in storage when the tab was suspended
  std::vector<std::function<void()>> held_;  // what reaches the page when it comes back
  std::map<std::string, std::size_t> taken_;
  int wakes_ = 0;
  double wakesSinceMs_ = 0;
};

}  // namespace vitrine::test
