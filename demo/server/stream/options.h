// The options of --stream, read from the command line.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::demo {

struct StreamOptions {
  std::vector<std::string> servers;  // nats://HOST:PORT or tls://HOST:PORT; empty: there is no stream
  // The number of servers that keep each event, 1 to 5. Counts only when the stream is made. 0: 3 in a cluster, and 1
  // on a single server.
  int replicas = 0;
  std::chrono::milliseconds timeout{5000};  // for the acknowledgement of all events of a request; 100 to 60000
};

// Splits a list of addresses at commas. Returns an empty list if one of them is neither nats://… nor tls://….
std::vector<std::string> readStreamServers(std::string_view list);

// Returns the addresses for messages, separated by ", ", without user names, passwords and tokens.
std::string withoutSecrets(const std::vector<std::string>& servers);

}  // namespace vitrine::demo
