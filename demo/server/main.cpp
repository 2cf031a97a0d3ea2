// The demo server: a shop, the four recommendation services that it can use, and the set-up of the browser tests.
#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "control/control_api.h"
#include "http/faults.h"
#include "http/hosts.h"
#include "http/listener.h"
#include "http/router.h"
#include "http/static_files.h"
#include "recommend/recommender.h"
#include "recommend/search.h"
#include "services/depict/api.h"
#include "services/depict/search.h"
#include "services/doofinder/api.h"
#include "services/doofinder/search.h"
#include "services/doofinder/stats.h"
#include "services/refine/api.h"
#include "services/richrelevance/api.h"
#include "services/richrelevance/find.h"
#include "ssr/ssr_api.h"
#include "store/catalog.h"
#include "store/store.h"
#include "stream/options.h"
#include "stream/stream.h"

namespace {

using namespace vitrine::demo;

constexpr char kUsage[] =
    "vitrine-demo-server [--port N] [--db FILE] [--root DIR] [--host NAME]...\n"
    "                    [--stream nats://HOST:PORT[,...] [--stream-replicas N] [--stream-timeout MS]]\n"
    "  --port N    listen on 127.0.0.1:N; 0 takes a free port (default 8787)\n"
    "  --db FILE   the file that stores the events (default vitrine-demo.db)\n"
    "  --root DIR  the checkout to serve the shop from (default the working directory)\n"
    "  --host NAME serve requests for this host too, besides 127.0.0.1, localhost and [::1] with port N; may be\n"
    "              repeated. shop.test is served with any port, shop.test:8080 with that port only. Requests for\n"
    "              other hosts get 421. The server listens on 127.0.0.1 in any case.\n"
    "  --stream URL,...      publish the events to a stream of NATS JetStream at these servers of one cluster\n"
    "              (nats:// or tls://), and copy all events of the stream to the --db file; docs/server.md\n"
    "  --stream-replicas N   how many servers keep each event, 1 to 5, when the stream is made (default 3 in a\n"
    "              cluster, 1 on a single server)\n"
    "  --stream-timeout MS   reply 503 if the stream has not acknowledged a request's events by then, 100 to 60000\n"
    "              (default 5000)\n"
    "  --help      print this text\n";

struct Options {
  int port = 8787;
  std::string databasePath = "vitrine-demo.db";
  std::string root = ".";
  std::vector<std::string> hosts;
  StreamOptions stream;
};

bool readNumber(std::string_view text, int low, int high, int& number) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() && end == text.data() + text.size() && number >= low && number <= high;
}

bool readOptions(int count, char** arguments, Options& options) {
  for (int i = 1; i < count; i += 2) {
    const std::string_view name = arguments[i];
    if (i + 1 == count) return false;
    const std::string_view value = arguments[i + 1];
    if (name == "--port") {
      if (!readNumber(value, 0, 65535, options.port)) return false;
    } else if (name == "--db") {
      options.databasePath = value;
    } else if (name == "--root") {
      options.root = value;
    } else if (name == "--host") {
      if (value.empty()) return false;
      options.hosts.emplace_back(value);
    } else if (name == "--stream") {
      options.stream.servers = readStreamServers(value);
      if (options.stream.servers.empty()) return false;
    } else if (name == "--stream-replicas") {
      if (!readNumber(value, 1, 5, options.stream.replicas)) return false;
    } else if (name == "--stream-timeout") {
      int timeout = 0;
      if (!readNumber(value, 100, 60'000, timeout)) return false;
      options.stream.timeout = std::chrono::milliseconds(timeout);
    } else {
      return false;
    }
  }
  return true;
}

int serve(const Options& options) {
  // The signals are blocked before any thread starts, so that only the thread in sigwait() receives them.
  sigset_t stopSignals;
  sigemptyset(&stopSignals);
  sigaddset(&stopSignals, SIGINT);
  sigaddset(&stopSignals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stopSignals, nullptr);

  const Catalog catalog = Catalog::load(options.root + "/demo/catalog/products.json");
  Store store(options.databasePath);
  Recommender recommender(catalog);
  const auto learn = [&](const StoredEvent& event) { recommender.learn(event); };
  store.replay(learn);
  const Search search(catalog);
  const StaticFiles files(options.root);
  Faults faults;
  std::unique_ptr<Stream> stream;
  if (!options.stream.servers.empty()) stream = std::make_unique<Stream>(options.stream, store, learn);
  const Engine engine{catalog, search, recommender, store, stream.get()};
  RefineApi refine(engine);
  DepictApi depict(engine);
  RichRelevanceApi richRelevance(engine);
  DoofinderApi doofinder(engine);
  DoofinderStats doofinderStats(engine);
  DepictSearch depictSearch(engine);
  DoofinderSearch doofinderSearch(engine);
  RichRelevanceFind richRelevanceFind(engine);

  Router router;
  refine.mount(router, faults);
  depict.mount(router, faults);
  richRelevance.mount(router, faults);
  doofinder.mount(router, faults);
  doofinderStats.mount(router, faults);
  depictSearch.mount(router, faults);
  doofinderSearch.mount(router, faults);
  richRelevanceFind.mount(router, faults);
  mountSsrApi(router, options.root);
  mountControlApi(router, catalog, store, recommender, faults, stream.get());
  router.onOtherPaths([&](const httplib::Request& request, const std::string&, httplib::Response& response) {
    files.serve(request, response);
  });

  const Hosts hosts(options.hosts);
  Listener listener;
  router.mount(listener.server(), hosts, listener.connections());
  const int port = listener.bind(options.port);
  if (port < 0) {
    std::cerr << "cannot listen on 127.0.0.1:" << options.port
              << ": the port may be in use; choose another one with --port\n";
    return 1;
  }
  std::thread stopper([&] {
    int signal = 0;
    sigwait(&stopSignals, &signal);
    faults.shutDown();
    listener.stop();
  });
  std::cout << "listening on http://127.0.0.1:" << port << '\n' << std::flush;
  const bool isServed = listener.run();
  if (!isServed) kill(getpid(), SIGTERM);  // ends the stopper thread
  stopper.join();
  return isServed ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 2 && arguments[1] == std::string_view("--help")) {
    std::cout << kUsage;
    return 0;
  }
  Options options;
  if (!readOptions(count, arguments, options)) {
    std::cerr << kUsage;
    return 2;
  }
  try {
    return serve(options);
  } catch (const std::exception& error) {
    std::cerr << "vitrine-demo-server: " << error.what() << "\n";
    return 1;
  }
}
