#include "stream/nats.h"

#include <algorithm>
#include <iostream>
#include <thread>
#include <vector>

namespace vitrine::demo {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr milliseconds kConnectWait{2000};
constexpr milliseconds kReconnectWait{250};  // between two attempts at the same server
constexpr milliseconds kReconnectJitter{100};
// A machine that loses its power closes no connection. With these two it is noticed after 4 to 6 s.
constexpr milliseconds kPingInterval{2000};
constexpr int kPingsWithoutReply = 2;

constexpr milliseconds kReadyWait{15'000};
constexpr milliseconds kReadyPause{250};
constexpr milliseconds kLibraryEndWait{5000};

void check(const char* doing, natsStatus status) {
  if (status != NATS_OK) throw StreamError(natsText(doing, status));
}

NatsOptions connectOptions(const StreamOptions& options) {
  natsOptions* made = nullptr;
  check("cannot prepare the connection to the stream", natsOptions_Create(&made));
  NatsOptions owned(made);
  std::vector<const char*> servers;
  for (const std::string& server : options.servers) servers.push_back(server.c_str());
  check("--stream has a wrong address", natsOptions_SetServers(made, servers.data(), static_cast<int>(servers.size())));
  natsOptions_SetName(made, "vitrine-demo-server");
  natsOptions_SetTimeout(made, kConnectWait.count());
  natsOptions_SetMaxReconnect(made, -1);
  natsOptions_SetReconnectWait(made, kReconnectWait.count());
  natsOptions_SetReconnectJitter(made, kReconnectJitter.count(), kReconnectJitter.count());
  natsOptions_SetPingInterval(made, kPingInterval.count());
  natsOptions_SetMaxPingsOut(made, kPingsWithoutReply);
  return owned;
}

natsStatus makeStream(jsCtx* context, std::int64_t replicas, jsErrCode& code) {
  jsStreamConfig config;
  jsStreamConfig_Init(&config);
  const char* subjects[] = {kStreamSubjects};
  config.Name = kStreamName;
  config.Description = "Events of the shoppers (Vitrine)";
  config.Subjects = subjects;
  config.SubjectsLen = 1;
  config.Storage = js_FileStorage;
  config.Replicas = replicas;
  config.MaxAge = duration_cast<nanoseconds>(kStreamAge).count();
  config.Duplicates = duration_cast<nanoseconds>(kDuplicateWindow).count();
  return js_AddStream(nullptr, context, &config, nullptr, &code);
}

void warnOfReplicas(const jsStreamInfo& info, const StreamOptions& options) {
  if (!info.Config || options.replicas == 0 || info.Config->Replicas == options.replicas) return;
  logStream(std::string(kStreamName) + " exists with --replicas " + std::to_string(info.Config->Replicas) +
            "; --stream-replicas only counts when the stream is made. Change it with: nats stream edit " + kStreamName +
            " --replicas " + std::to_string(options.replicas));
}

// Finds or makes the stream. Returns NATS_OK, or the failure of this attempt.
natsStatus attempt(jsCtx* context, const StreamOptions& options, jsErrCode& code) {
  jsStreamInfo* info = nullptr;
  const natsStatus status = js_GetStreamInfo(&info, context, kStreamName, nullptr, &code);
  if (status == NATS_OK) {
    warnOfReplicas(*info, options);
    jsStreamInfo_Destroy(info);
    return NATS_OK;
  }
  if (status != NATS_NOT_FOUND) return status;
  if (options.replicas > 0) return makeStream(context, options.replicas, code);
  const natsStatus made = makeStream(context, 3, code);
  if (code != JSStreamReplicasNotSupportedErr) return made;
  code = {};
  return makeStream(context, 1, code);
}

std::string advice(natsStatus status, jsErrCode code, const StreamOptions& options) {
  if (status == NATS_NO_RESPONDERS || code == JSNotEnabledErr || code == JSNotEnabledForAccountErr)
    return "; start nats-server with JetStream: nats-server -js -sd DIRECTORY";
  if (code == JSClusterNoPeersErr)
    return "; the stream is to have " + std::to_string(options.replicas > 0 ? options.replicas : 3) +
           " replicas: start as many servers with JetStream, or give a smaller --stream-replicas";
  if (status == NATS_TIMEOUT || code == JSClusterNotAvailErr)
    return "; more than half of the cluster's servers must run and reach each other";
  return {};
}

}  // namespace

NatsLibrary::NatsLibrary() { check("cannot start the NATS client", nats_Open(-1)); }
NatsLibrary::~NatsLibrary() { nats_CloseAndWait(kLibraryEndWait.count()); }

std::string natsText(const std::string& doing, natsStatus status, jsErrCode code) {
  natsStatus last = NATS_OK;
  const char* recent = nats_GetLastError(&last);
  std::string detail = recent && last == status ? recent : "";
  // The library's text begins with the place in its source: "(jsm.c:1253): ".
  if (detail.starts_with('(')) detail.erase(0, std::min(detail.find("): ") + 3, detail.size()));
  std::string text = doing + ": " + (detail.empty() ? natsStatus_GetText(status) : detail);
  if (code != jsErrCode{}) text += " (JetStream error " + std::to_string(static_cast<int>(code)) + ")";
  return text;
}

void logStream(const std::string& text) { std::cerr << "vitrine-demo-server: stream: " + text + "\n" << std::flush; }

Link::Link(const StreamOptions& options, const char* purpose) : purpose_(purpose) {
  const NatsOptions prepared = connectOptions(options);
  natsOptions_SetDisconnectedCB(prepared.get(), onDown, this);
  natsOptions_SetReconnectedCB(prepared.get(), onUp, this);
  natsOptions_SetClosedCB(prepared.get(), onClosed, this);
  natsConnection* made = nullptr;
  const natsStatus status = natsConnection_Connect(&made, prepared.get());
  if (status != NATS_OK)
    throw StreamError(natsText("cannot reach the stream at " + withoutSecrets(options.servers), status) +
                      "; start nats-server there, or correct --stream");
  connection_.reset(made);
}

void Link::close() {
  if (!connection_) return;
  isClosing_ = true;
  natsConnection_Close(connection_.get());
  isClosed_.wait(false);
}

NatsContext Link::context(jsOptions& options) const {
  jsCtx* made = nullptr;
  check("cannot use JetStream", natsConnection_JetStream(&made, connection_.get(), &options));
  return NatsContext(made);
}

milliseconds Link::downFor() const {
  const Clock::time_point since = downSince_;
  return since == Clock::time_point() ? milliseconds(0) : duration_cast<milliseconds>(Clock::now() - since);
}

void Link::onDown(natsConnection*, void* self) {
  auto& link = *static_cast<Link*>(self);
  if (link.isClosing_) return;
  link.downSince_ = Clock::now();
  logStream("the connection for " + link.purpose_ + " is broken; connecting to the next server");
}

void Link::onUp(natsConnection*, void* self) {
  auto& link = *static_cast<Link*>(self);
  link.downSince_ = Clock::time_point();
  logStream("connected again for " + link.purpose_);
}

void Link::onClosed(natsConnection*, void* self) {
  auto& link = *static_cast<Link*>(self);
  if (!link.isClosing_) {
    // Every server has refused the credentials twice.
    link.downSince_ = Clock::now();
    logStream("the connection for " + link.purpose_ +
              " was given up, because the servers refuse it; check the user and password in --stream and start again");
  }
  link.isClosed_ = true;
  link.isClosed_.notify_all();
}

void ensureStream(jsCtx* context, const StreamOptions& options) {
  const auto deadline = std::chrono::steady_clock::now() + kReadyWait;
  for (;;) {
    jsErrCode code = {};
    const natsStatus status = attempt(context, options, code);
    if (status == NATS_OK) return;
    const bool mayPass = status == NATS_TIMEOUT || status == NATS_NO_RESPONDERS || code == JSClusterNotAvailErr ||
                         code == JSClusterNoPeersErr;
    if (!mayPass || std::chrono::steady_clock::now() > deadline)
      throw StreamError(natsText(std::string("cannot find or make the stream ") + kStreamName, status, code) +
                        advice(status, code, options));
    std::this_thread::sleep_for(kReadyPause);
  }
}

}  // namespace vitrine::demo
