#include "http/connections.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <charconv>
#include <filesystem>
#include <optional>

namespace vitrine::demo {
namespace {

constexpr std::chrono::seconds kToReceive{5}, kToSend{30};
constexpr std::chrono::milliseconds kBetweenLooks{250};

std::optional<sockaddr_in> addressOf(int fd, int (*read)(int, sockaddr*, socklen_t*)) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  if (read(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0 || address.sin_family != AF_INET) return std::nullopt;
  return address;
}

// Calls `visit(fd, address, port)` with the peer of each open connection to this port of the server.
template <class Visit>
void forEachConnection(int localPort, const Visit& visit) {
  std::error_code failed;
  for (std::filesystem::directory_iterator entry("/proc/self/fd", failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    int fd = -1;
    std::from_chars(name.data(), name.data() + name.size(), fd);
    const auto local = addressOf(fd, getsockname), peer = addressOf(fd, getpeername);
    if (!local || !peer || ntohs(local->sin_port) != localPort) continue;
    char address[INET_ADDRSTRLEN] = "";
    inet_ntop(AF_INET, &peer->sin_addr, address, sizeof address);
    visit(fd, std::string(address), static_cast<int>(ntohs(peer->sin_port)));
  }
}

}  // namespace

Connections::Handling::Handling(Connections& connections, const httplib::Request& request)
    : connections_(connections), peer_(request.remote_addr, request.remote_port) {
  const std::lock_guard lock(connections_.mutex_);
  connections_.handling_.insert(peer_);
}

Connections::Handling::~Handling() {
  const std::lock_guard lock(connections_.mutex_);
  connections_.handling_.erase(connections_.handling_.find(peer_));
  connections_.handled_.insert(std::move(peer_));
}

void Connections::watch(int port) {
  thread_ = std::thread([this, port] {
    std::unique_lock lock(mutex_);
    while (!ending_.wait_for(lock, kBetweenLooks, [this] { return isEnding_; })) closeOverdue(port);
  });
}

void Connections::end() {
  {
    const std::lock_guard lock(mutex_);
    isEnding_ = true;
  }
  ending_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Connections::closeOverdue(int port) {
  const Clock::time_point now = Clock::now();
  std::map<std::pair<int, Peer>, Deadline> open;
  forEachConnection(port, [&](int fd, std::string address, int peerPort) {
    Peer peer(std::move(address), peerPort);
    const auto known = deadlines_.find({fd, peer});
    Deadline deadline = known == deadlines_.end() ? Deadline{now, kToReceive} : known->second;
    if (handling_.contains(peer) || handled_.contains(peer)) deadline = {now, kToSend};
    if (now - deadline.since >= deadline.allowed) shutdown(fd, SHUT_RDWR);
    open.emplace(std::pair(fd, std::move(peer)), deadline);
  });
  deadlines_ = std::move(open);
  handled_.clear();
}

void hangUp(const httplib::Request& request) {
  forEachConnection(request.local_port, [&](int fd, const std::string& address, int port) {
    if (port == request.remote_port && address == request.remote_addr) shutdown(fd, SHUT_RDWR);
  });
}

}  // namespace vitrine::demo
