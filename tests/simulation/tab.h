// A tab of the simulated world: the host of one Runtime. The tab behaves as js/core/host.ts and js/page/page.ts do:
// effects are performed in order when a task ends (at once while the page is hidden), then the one timer is set.
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
struct Step;

// The most drains of one task and wakes at one moment; more never end.
constexpr int kMostAtOnce = 100;

// The most effects of one drain. A queue of 1000 events (events.maxQueueSize) has at most as many segments; each event
// is sent once, and each segment is written before and after that and once in the mirror. Besides, locks and records.
constexpr std::size_t kMostEffects = 4 * 1000 + 200;

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

// Returns the default configuration with more options: `"events":{…},"consent":…`.
std::string configWith(std::string_view options);

class Tab {
 public:
  Tab(World& world, int tabNumber, const TabOptions& options);

  // Passes one input to the core, with these arguments and the current time.
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
  // Runs several inputs as one task: effects are performed when the task ends.
  void task(const std::function<void()>& inputs);

  // Inputs, named as a shop names them.
  double serve(const std::string& itemIds = R"(["a"])");
  double track(const std::string& kind, const std::string& itemId, double serveNumber = 0);
  // An event about an item outside any list: "viewItem", "addToCart" or "removeFromCart".
  double shopEvent(const std::string& kind, const std::string& itemId);
  // storedOrders: the record of known orders that the page reads from storage; "" if it reads none. Only an order of
  // another tab whose storage event has not arrived yet makes a difference.
  double purchase(const std::string& orderId, const std::string& storedOrders = {});
  double identify(const std::string& userId) { return act("identify", &Runtime::identify, userId); }
  double setConsent(const std::string& level);
  void reset() { act("reset", &Runtime::reset); }
  void flush(double callId) { act("flush", &Runtime::flush, callId); }
  void ask(double callId, const std::string& kind, const std::string& query);
  void requestDone(double requestId, double status, const std::string& retryAfter = {}, const std::string& body = {});
  void setPage(bool visible, bool online);
  void hide() { setPage(false, isOnline); }
  void show() { setPage(true, isOnline); }
  // A storage event: another tab has changed `key`; "" if all keys were removed.
  void storageChanged(const std::string& key);
  void suspend();
  void restore();
  void wake();

  Json metrics() { return parseJson(runtime->metrics(wallMs())); }
  double metric(const char* name) { return numberMember(metrics(), name, -1); }
  double dropped(const char* reason = nullptr);     // sum of all reasons if none is named
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
  // World times.
  double refusedMs = -1e18;  // storage last refused a write
  double hiddenMs = -1;      // the page was last hidden
  double suspendedMs = 0;    // the page was last suspended
  double restoredMs = -1;    // the page was last restored
  double consentMs = 0;      // the consent last changed
  double timerMs = kNever;   // the timer is due

 private:
  friend class World;
  static std::string text(double number);
  static std::string text(const std::string& string);
  double wallMs() const;
  bool isUnsure();
  void handOver(bool isUnsure);
  void note(const char* name, const std::vector<std::string>& args);
  void noteStep(const Step& step);
  void noteDrops();
  void schedule();
  void drain();
  void perform(const Effect& effect);
  void save(const Effect& effect);
  void copyLater();
  void checkSegment(const Effect& effect);
  void checkRecord(const Effect& effect);
  void checkSent(const Effect& effect);
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
  std::map<std::string, int> claims_;  // locks asked for or held: the number of the claim, by journal
  int lastClaim_ = 0;
  std::vector<Effect> copies_;                      // mirror and unmirror effects of the current drain
  int copying_ = 0;                                 // drains whose changes have not reached IndexedDB yet
  bool isLeaving_ = false;                          // the page is being left: suspend() runs
  std::set<std::string> sharedKeys_;                // in storage when the tab was suspended
  std::vector<std::function<void()>> heldReplies_;  // delivered when the page is restored
  std::map<std::string, std::size_t> taken_;
  int wakes_ = 0;
  double wakesSinceMs_ = 0;
  int wakesAtOnce_ = 0;
  double wokenMs_ = -1;
  bool isStuck_ = false;                 // the tab has a fault, and its timer was stopped
  std::map<std::string, double> noted_;  // dropped events that were reported as steps, by reason
};

}  // namespace vitrine::test
