#include "http/listener.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace vitrine::demo {
namespace {

constexpr char kAddress[] = "127.0.0.1";

// A connection occupies its thread while it is open, and a browser opens up to six connections per tab in advance.
constexpr std::size_t kThreads = 64;

// A page opens many connections at once; with httplib's backlog of 5 some would wait a second to repeat their SYN.
constexpr int kBacklog = 512;

// Replaces httplib's inline pool, which links OpenSSL wherever the library was built with it.
class ThreadPool : public httplib::TaskQueue {
 public:
  ThreadPool() {
    for (std::size_t i = 0; i < kThreads; ++i) threads_.emplace_back([this] { work(); });
  }

  // Older versions of httplib expect void here, newer ones whether the task was accepted.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));
  Enqueued enqueue(std::function<void()> task) override {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
    return static_cast<Enqueued>(true);
  }

  void shutdown() override {
    {
      const std::lock_guard lock(mutex_);
      isEnding_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void work() {
    for (;;) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return isEnding_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      const std::function<void()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool isEnding_ = false;
  std::deque<std::function<void()>> tasks_;
  std::vector<std::thread> threads_;
};

}  // namespace

Listener::Listener() {
  server_.new_task_queue = [] { return new ThreadPool; };
  server_.set_tcp_nodelay(true);
  // One request per connection. A browser silently repeats a request whose kept-alive connection breaks, so a page
  // would never see an ordered failure; idle connections would also occupy threads.
  server_.set_keep_alive_max_count(1);
  server_.set_read_timeout(5);
  server_.set_socket_options([this](socket_t listening) {
    socket_ = listening;
    // SO_REUSEPORT, httplib's default, would let two servers share the requests of one port; the second one must fail.
    const int yes = 1;
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
}

int Listener::bind(int port) {
  const int bound = port == 0 ? server_.bind_to_any_port(kAddress) : server_.bind_to_port(kAddress, port) ? port : -1;
  if (bound > 0) ::listen(socket_, kBacklog);
  return bound;
}

bool Listener::run() {
  const bool isServed = server_.listen_after_bind();
  hasEnded_ = true;
  return isServed;
}

void Listener::stop() {
  // httplib ignores a stop that comes between binding and serving.
  while (!server_.is_running() && !hasEnded_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  server_.stop();
}

void hangUp(const httplib::Request& request) {
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    const int fd = std::stoi(entry.path().filename().string());
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    if (getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) != 0 || peer.sin_family != AF_INET) continue;
    if (ntohs(peer.sin_port) == request.remote_port) shutdown(fd, SHUT_RDWR);
  }
}

}  // namespace vitrine::demo
