#include "stream/publisher.h"

#include <algorithm>
#include <utility>

#include "http/replies.h"
#include "stream/message.h"

namespace vitrine::demo {
namespace {

// The most events under way to the stream at the same time; one larger batch alone may have more. With no limit, a
// flood of requests would share the stream's speed so evenly that all of them miss their deadline.
constexpr std::size_t kMaxUnderWay = 4000;
constexpr std::chrono::milliseconds kLeaderPause{200};  // between two attempts while the stream has no leader

// Does some work at the end of a scope.
template <class Work>
struct AtEnd {
  Work work;
  ~AtEnd() { work(); }
};

}  // namespace

Publisher::Publisher(const StreamOptions& options) : timeout_(options.timeout), link_(options, "publishing") {
  jsOptions prepared;
  jsOptions_Init(&prepared);
  prepared.PublishAsync.AckHandler = onAck;
  prepared.PublishAsync.AckHandlerClosure = this;
  context_ = link_.context(prepared);
  ensureStream(context_.get(), options);
}

Receipt Publisher::publish(const std::vector<StoredEvent>& events) {
  try {
    refuseLargeEvents(events);
    const Receipt receipt = publishAll(events);
    noteOutcome("");
    return receipt;
  } catch (const StreamError& error) {
    noteOutcome(error.what());
    throw;
  }
}

Receipt Publisher::publishAll(const std::vector<StoredEvent>& events) {
  // Threads that wait for a cluster that is down would keep those that could serve other requests.
  if (link_.downFor() > timeout_) throw StreamError("no server of the stream can be reached");
  const Clock::time_point deadline = Clock::now() + timeout_;
  Batch batch;
  enter(events.size(), deadline);
  const AtEnd end{[&] { leave(batch, events.size()); }};
  std::vector<std::size_t> due(events.size());
  for (std::size_t i = 0; i < due.size(); ++i) due[i] = i;
  for (;;) {
    for (const std::size_t index : due) send(batch, events[index], index);
    std::unique_lock lock(mutex_);
    awaitAcks(batch, lock, deadline);
    due = std::exchange(batch.unheard, {});
    if (due.empty()) return {events.size() - batch.duplicates, batch.duplicates};
    const Clock::time_point next = Clock::now() + kLeaderPause;
    if (next > deadline)
      throw StreamError(std::string("no server leads the stream ") + kStreamName +
                        " now; more than half of the servers that keep it must run");
    batch.changed.wait_until(lock, next, [] { return false; });
  }
}

void Publisher::enter(std::size_t count, Clock::time_point deadline) {
  const std::unique_lock turn(turn_, deadline);
  std::unique_lock lock(mutex_);
  const auto hasRoom = [&] { return entered_ == 0 || entered_ + count <= kMaxUnderWay; };
  if (!turn || !room_.wait_until(lock, deadline, hasRoom))
    throw StreamError("the stream has been busy with other events for " + std::to_string(timeout_.count()) + " ms");
  entered_ += count;
}

void Publisher::leave(const Batch& batch, std::size_t count) {
  const std::lock_guard lock(mutex_);
  std::erase_if(sent_, [&](const auto& entry) { return entry.second.batch == &batch; });
  entered_ -= count;
  room_.notify_all();
}

void Publisher::refuseLargeEvents(const std::vector<StoredEvent>& events) const {
  const auto limit = static_cast<std::size_t>(natsConnection_GetMaxPayload(link_.connection()));
  for (std::size_t i = 0; i < events.size(); ++i)
    if (const std::size_t bytes = messageBytes(events[i]); bytes > limit)
      throw Refusal{413, "event-too-large",
                    "the event has " + std::to_string(bytes) + " bytes in the stream, which takes " +
                        std::to_string(limit) + " (max_payload of nats-server)",
                    "events[" + std::to_string(i) + "]"};
}

void Publisher::send(Batch& batch, const StoredEvent& event, std::size_t index) {
  NatsMessage message = toMessage(event);
  natsMsg* handle = message.get();
  {
    const std::lock_guard lock(mutex_);
    sent_[handle] = {&batch, index};
    ++batch.open;
  }
  const std::string id = streamMessageId(event);
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.MsgId = id.c_str();
  options.ExpectStream = kStreamName;
  options.MaxWait = timeout_.count();
  // The library owns the message from here on, unless it returns an error.
  natsMsg* given = message.release();
  const natsStatus status = js_PublishMsgAsync(context_.get(), &given, &options);
  if (status == NATS_OK) return;
  {
    const std::lock_guard lock(mutex_);
    sent_.erase(handle);
  }
  natsMsg_Destroy(given);
  throw StreamError(natsText("cannot send to the stream", status));
}

void Publisher::awaitAcks(Batch& batch, std::unique_lock<std::mutex>& lock, Clock::time_point deadline) {
  const bool isComplete =
      batch.changed.wait_until(lock, deadline, [&] { return batch.open == 0 || !batch.fault.empty(); });
  if (!batch.fault.empty()) throw StreamError(batch.fault);
  if (!isComplete) throw StreamError(tooLate());
}

std::string Publisher::tooLate() const {
  return "the stream did not acknowledge all events within " + std::to_string(timeout_.count()) + " ms";
}

void Publisher::onAck(jsCtx*, natsMsg* message, jsPubAck* ack, jsPubAckErr* error, void* self) {
  const NatsMessage owned(message);
  auto& publisher = *static_cast<Publisher*>(self);
  const std::lock_guard lock(publisher.mutex_);
  const auto found = publisher.sent_.find(message);
  if (found == publisher.sent_.end()) return;  // the request has its reply already
  const auto [batch, index] = found->second;
  publisher.sent_.erase(found);
  --batch->open;
  if (ack)
    batch->duplicates += ack->Duplicate ? 1 : 0;
  else if (error->Err == NATS_NO_RESPONDERS)
    batch->unheard.push_back(index);
  else if (error->Err == NATS_TIMEOUT)
    batch->fault = publisher.tooLate();
  else
    batch->fault = natsText(std::string("the stream refused an event: ") + (error->ErrText ? error->ErrText : "?"),
                            error->Err, error->ErrCode);
  if (batch->open == 0 || !batch->fault.empty()) batch->changed.notify_all();
}

void Publisher::noteOutcome(const std::string& fault) {
  const std::lock_guard lock(mutex_);
  if (isRefusing_ == !fault.empty()) return;
  isRefusing_ = !fault.empty();
  logStream(isRefusing_ ? "events are refused with 503 from now on: " + fault : "events are accepted again");
}

}  // namespace vitrine::demo
