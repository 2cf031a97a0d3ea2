#include "stream/options.h"

#include <algorithm>

namespace vitrine::demo {

std::vector<std::string> readStreamServers(std::string_view list) {
  std::vector<std::string> servers;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    const std::string_view server = list.substr(begin, end - begin);
    const std::size_t host = server.find("://") + 3;
    if ((!server.starts_with("nats://") && !server.starts_with("tls://")) || host == server.size()) return {};
    servers.emplace_back(server);
    begin = end + 1;
  }
  return servers;
}

std::string withoutSecrets(const std::vector<std::string>& servers) {
  std::string text;
  for (const std::string& server : servers) {
    const std::size_t host = server.find("://") + 3;
    const std::size_t at = server.rfind('@');
    if (!text.empty()) text += ", ";
    text += at == std::string::npos ? server : server.substr(0, host) + server.substr(at + 1);
  }
  return text;
}

}  // namespace vitrine::demo
