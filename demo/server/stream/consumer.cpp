#include "stream/consumer.h"

#include <utility>

#include "http/replies.h"
#include "store/ids.h"
#include "stream/message.h"

namespace vitrine::demo {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

// The most messages of one transaction. An event has 1 MiB at most, and about 500 bytes usually.
constexpr int kMaxMessages = 128;
constexpr milliseconds kFetchWait{2000};
constexpr milliseconds kPause{500};
// A message without an acknowledgement is delivered again after this time, also to a server that was started again.
constexpr std::chrono::seconds kAckWait{10};
constexpr milliseconds kStoreRetry{1000};
constexpr milliseconds kCatchUpWait{2000};
constexpr milliseconds kCatchUpPause{10};

void take(natsMsgList& list, std::vector<NatsMessage>& messages) {
  for (int i = 0; i < list.Count; ++i) messages.emplace_back(std::exchange(list.Msgs[i], nullptr));
  natsMsgList_Destroy(&list);
}

struct Delivery {
  std::uint64_t sequence = 0;
  std::uint64_t behind = 0;
};

Delivery deliveryOf(natsMsg* message) {
  jsMsgMetaData* data = nullptr;
  if (natsMsg_GetMetaData(&data, message) != NATS_OK) return {};
  const Delivery delivery{data->Sequence.Stream, data->NumPending};
  jsMsgMetaData_Destroy(data);
  return delivery;
}

}  // namespace

Consumer::Consumer(const StreamOptions& options, Store& store, std::function<void(const StoredEvent&)> onFresh)
    : name_(store.streamName()), store_(store), onFresh_(std::move(onFresh)), link_(options, "receiving") {
  jsOptions prepared;
  jsOptions_Init(&prepared);
  context_ = link_.context(prepared);
  thread_ = std::thread([this] { run(); });
}

Consumer::~Consumer() {
  {
    const std::lock_guard lock(mutex_);
    isEnding_ = true;
  }
  ending_.notify_all();
  {
    const std::lock_guard lock(keeping_);  // so that the acknowledgements are sent
    link_.close();
  }
  thread_.join();
}

void Consumer::run() {
  NatsSubscription subscription;
  std::string fault;
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (isEnding_) return;
    }
    try {
      if (!subscription) subscription = subscribe();
      const Messages messages = fetch(subscription.get());
      if (!fault.empty() && !messages.empty()) {
        logStream("events are received again");
        fault.clear();
      }
      if (!messages.empty()) keep(messages);
    } catch (const StreamError& error) {
      subscription.reset();
      {
        const std::lock_guard lock(mutex_);
        if (isEnding_) return;
      }
      if (fault.empty()) logStream(std::string("no events are received from now on: ") + error.what());
      fault = error.what();
      pause();
    }
  }
}

NatsSubscription Consumer::subscribe() {
  jsConsumerConfig config;
  jsConsumerConfig_Init(&config);
  config.Durable = name_.c_str();
  config.Description = "A database of vitrine-demo-server";
  config.DeliverPolicy = js_DeliverAll;
  config.AckPolicy = js_AckExplicit;
  config.AckWait = duration_cast<nanoseconds>(kAckWait).count();
  config.MaxAckPending = kMaxMessages * 4;
  config.InactiveThreshold = duration_cast<nanoseconds>(kStreamAge).count();
  jsErrCode code = {};
  natsStatus status = js_AddConsumer(nullptr, context_.get(), kStreamName, &config, nullptr, &code);
  if (status != NATS_OK) throw StreamError(natsText("cannot follow the stream as " + name_, status, code));
  // A subscription that is bound to a consumer leaves it in place when it ends.
  jsSubOptions bound;
  jsSubOptions_Init(&bound);
  bound.Stream = kStreamName;
  bound.Consumer = name_.c_str();
  natsSubscription* made = nullptr;
  status = js_PullSubscribe(&made, context_.get(), kStreamSubjects, name_.c_str(), nullptr, &bound, &code);
  if (status != NATS_OK) throw StreamError(natsText("cannot receive from the stream as " + name_, status, code));
  return NatsSubscription(made);
}

// Waits for one message and then takes what else is there: a request for many would wait until all have come.
Consumer::Messages Consumer::fetch(natsSubscription* subscription) {
  Messages messages;
  natsMsgList list{};
  jsErrCode code = {};
  const natsStatus status = natsSubscription_Fetch(&list, subscription, 1, kFetchWait.count(), &code);
  take(list, messages);
  if (status == NATS_TIMEOUT) return messages;
  if (status != NATS_OK) throw StreamError(natsText("cannot receive from the stream", status, code));
  jsFetchRequest more;
  jsFetchRequest_Init(&more);
  more.Batch = kMaxMessages - 1;
  more.NoWait = true;
  natsMsgList rest{};
  // Without a rest there is a timeout; every other failure shows in the next call.
  natsSubscription_FetchRequest(&rest, subscription, &more);
  take(rest, messages);
  return messages;
}

void Consumer::keep(const Messages& messages) {
  const std::lock_guard lock(keeping_);
  std::vector<StoredEvent> events;
  std::vector<natsMsg*> sources;
  for (const NatsMessage& message : messages) {
    try {
      events.push_back(fromMessage(message.get()));
      sources.push_back(message.get());
    } catch (const Refusal& refusal) {
      dropUnreadable(message.get(), refusal.message);
    }
  }
  try {
    store_.add(events, now(), onFresh_);
  } catch (const DatabaseError& error) {
    logStream(std::string("the database takes no events; they stay in the stream and come again: ") + error.what());
    for (natsMsg* source : sources) natsMsg_NakWithDelay(source, kStoreRetry.count(), nullptr);
    return;
  }
  for (natsMsg* source : sources) natsMsg_Ack(source, nullptr);
  behind_ = deliveryOf(messages.back().get()).behind;
}

bool Consumer::catchUp() {
  const auto deadline = std::chrono::steady_clock::now() + kCatchUpWait;
  jsStreamInfo* info = nullptr;
  if (js_GetStreamInfo(&info, context_.get(), kStreamName, nullptr, nullptr) != NATS_OK) return false;
  const bool isEmpty = info->State.Msgs == 0;
  const std::uint64_t last = info->State.LastSeq;
  jsStreamInfo_Destroy(info);
  // The server that keeps count of this consumer may be behind the one that leads the stream, so only its own number is
  // a proof: it may know nothing yet of events that are still to be delivered.
  while (!isEmpty && !hasStored(last)) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(kCatchUpPause);
  }
  return true;
}

bool Consumer::hasStored(std::uint64_t sequence) {
  jsConsumerInfo* info = nullptr;
  if (js_GetConsumerInfo(&info, context_.get(), kStreamName, name_.c_str(), nullptr, nullptr) != NATS_OK) return false;
  const bool isStored = info->AckFloor.Stream >= sequence;
  jsConsumerInfo_Destroy(info);
  return isStored;
}

void Consumer::dropUnreadable(natsMsg* message, const std::string& reason) {
  ++setAside_;
  const std::string sequence = std::to_string(deliveryOf(message).sequence);
  logStream("message " + sequence + " is no event of Vitrine and was set aside: " + reason +
            ". Another program has sent it; see it with: nats stream get " + kStreamName + " " + sequence);
  natsMsg_Term(message, nullptr);
}

void Consumer::pause() {
  std::unique_lock lock(mutex_);
  ending_.wait_for(lock, kPause, [this] { return isEnding_; });
}

}  // namespace vitrine::demo
