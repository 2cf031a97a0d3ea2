#include "http/listener.h"

#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace vitrine::demo {
namespace {

constexpr char kAddress[] = "127.0.0.1";

// A connection occupies its thread while it is open, and a browser opens up to six connections per tab in advance. Each
// connection has a thread of its own up to this number, so that slow clients delay nobody. Further connections wait in
// the kernel's backlog until one of these ends, which takes no longer than the deadlines of connections.h and the
// slowest handler. Beyond the backlog the kernel ignores the SYN of a client, which repeats it after a second.
constexpr std::size_t kMaxConnections = 256;

// A page opens many connections at once; with httplib's backlog of 5 some would wait a second to repeat their SYN.
constexpr int kBacklog = 512;

// Replaces httplib's inline pool, which links OpenSSL wherever the library was built with it. Starts threads as they
// are needed and keeps them.
class ThreadPool : public httplib::TaskQueue {
 public:
  ThreadPool() { addThread(); }

  // Blocks the thread that accepts connections until a thread is free for this one. Older versions of httplib expect
  // void here, newer ones whether the task was accepted.
  using Enqueued = decltype(std::declval<httplib::TaskQueue&>().enqueue({}));
  Enqueued enqueue(std::function<void()> task) override {
    std::unique_lock lock(mutex_);
    if (idle_ == tasks_.size() && threads_.size() < kMaxConnections) {
      try {
        addThread();
      } catch (const std::system_error&) {
        // The system allows no more threads; the connection waits for one of the others.
      }
    }
    freed_.wait(lock, [this] { return idle_ > tasks_.size(); });
    tasks_.push_back(std::move(task));
    lock.unlock();
    added_.notify_one();
    return static_cast<Enqueued>(true);
  }

  void shutdown() override {
    {
      const std::lock_guard lock(mutex_);
      isEnding_ = true;
    }
    added_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void addThread() {
    threads_.emplace_back([this] { work(); });
    ++idle_;
  }

  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      added_.wait(lock, [this] { return isEnding_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      std::function<void()> task = std::move(tasks_.front());
      tasks_.pop_front();
      --idle_;
      lock.unlock();
      task();
      task = nullptr;
      lock.lock();
      ++idle_;
      freed_.notify_one();
    }
  }

  std::mutex mutex_;
  std::condition_variable added_, freed_;
  bool isEnding_ = false;
  std::size_t idle_ = 0;  // threads without a task, counted until they have taken one from `tasks_`
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
  port_ = bound;
  return bound;
}

bool Listener::run() {
  connections_.watch(port_);
  const bool isServed = server_.listen_after_bind();
  connections_.end();
  hasEnded_ = true;
  return isServed;
}

void Listener::stop() {
  // httplib ignores a stop that comes between binding and serving.
  while (!server_.is_running() && !hasEnded_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  server_.stop();
}

}  // namespace vitrine::demo
