#include "http/router.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace vitrine::demo {
namespace {

// Up to this size an oversized body is read and discarded, so that its sender receives the 413 instead of a reset
// connection.
constexpr std::size_t kMaxDiscardedBytes = 16 * kMaxBodyBytes;

// Returns 0 if no length is announced; strtoull turns a number beyond its range into the largest one.
std::size_t announcedBytes(const httplib::Request& request) {
  return std::strtoull(request.get_header_value("Content-Length").c_str(), nullptr, 10);
}

// Reads a body, with or without an announced length. Returns false if it is larger than kMaxBodyBytes.
bool readBody(const httplib::Request& request, const httplib::ContentReader& reader, std::string& body) {
  // Without either header there is no body, and a read would block until the client closes the connection.
  if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) return true;
  if (announcedBytes(request) > kMaxDiscardedBytes) return false;
  // httplib parses such a body itself, for a handler of forms that does not exist here.
  if (request.is_multipart_form_data())
    throw Refusal{415, "unsupported-media-type", "forms of several parts are not read; send JSON"};
  std::size_t received = 0;
  const bool isComplete = reader([&](const char* bytes, std::size_t count) {
    received += count;
    if (received <= kMaxBodyBytes) body.append(bytes, count);
    return received <= kMaxDiscardedBytes;
  });
  if (received > kMaxBodyBytes) return false;
  if (!isComplete) throw Refusal{400, "bad-body", "the body ended early; send as many bytes as announced"};
  return true;
}

void guard(httplib::Response& response, const Dialect& dialect, const std::function<void()>& work) {
  try {
    work();
  } catch (const Refusal& refusal) {
    if (refusal.retryAfterS > 0) response.set_header("Retry-After", std::to_string(refusal.retryAfterS));
    dialect.refuse(response, refusal);
  } catch (const std::exception& error) {
    dialect.refuse(response, {500, "internal", error.what()});
  }
}

// httplib fills `params` only for requests that arrive over a socket, and keeps its decoder in a private namespace.
std::string decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    const bool isEscape =
        text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr == text.data() + i + 3;
    decoded += isEscape ? static_cast<char>(byte) : text[i] == '+' ? ' ' : text[i];
    if (isEscape) i += 2;
  }
  return decoded;
}

httplib::Params parametersIn(std::string_view target) {
  httplib::Params parameters;
  for (std::size_t begin = std::min(target.find('?'), target.size()); begin < target.size();) {
    const std::size_t end = std::min(target.find('&', begin + 1), target.size());
    const std::string_view pair = target.substr(begin + 1, end - begin - 1);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (!pair.empty())
      parameters.emplace(decode(pair.substr(0, equals)), decode(pair.substr(std::min(equals + 1, pair.size()))));
    begin = end;
  }
  return parameters;
}

bool isMatch(const std::string& pattern, const std::string& path) {
  std::size_t p = 0, q = 0;
  while (p < pattern.size() && q < path.size()) {
    if (pattern[p] == '*') {
      const std::size_t begin = q;
      while (q < path.size() && path[q] != '/') ++q;
      if (q == begin) return false;
      ++p;
    } else if (pattern[p++] != path[q++]) {
      return false;
    }
  }
  return p == pattern.size() && q == path.size();
}

// The error for requests that httplib refuses before any handler runs.
Refusal refusalFor(int status) {
  if (status == 413)
    return {413, "body-too-large", "the body is larger than " + std::to_string(kMaxBodyBytes) + " bytes"};
  if (status == 414) return {414, "uri-too-long", "the address is too long"};
  if (status == 404) return {404, "not-found", "nothing is served at this address"};
  if (status >= 500) return {status, "internal", "the server failed to handle the request"};
  return {status, "bad-request", "the request is not well-formed HTTP"};
}

}  // namespace

void Router::on(const std::string& method, const std::string& path, Handler handler) {
  endpoints_[path][method] = std::move(handler);
}

const Router::Methods* Router::endpointAt(const std::string& path) const {
  if (const auto exact = endpoints_.find(path); exact != endpoints_.end()) return &exact->second;
  for (const auto& [pattern, methods] : endpoints_)
    if (pattern.find('*') != std::string::npos && isMatch(pattern, path)) return &methods;
  return nullptr;
}

const Dialect& Router::dialectOf(const std::string& path) const {
  for (const auto& [prefix, dialect] : dialects_)
    if (path.starts_with(prefix)) return dialect;
  return ownDialect_;
}

void Router::sendPreflight(const httplib::Request& request, httplib::Response& response) const {
  const Methods* endpoint = endpointAt(request.path);
  if (!endpoint) throw Refusal{404, "not-found", "nothing is served at " + request.path};
  std::string methods = "OPTIONS";
  for (const auto& [method, handler] : *endpoint) methods += ", " + method;
  response.set_header("Allow", methods);
  if (const std::string& headers = dialectOf(request.path).sharedHeaders; !headers.empty()) {
    response.set_header("Access-Control-Allow-Methods", methods);
    response.set_header("Access-Control-Allow-Headers", headers);
    response.set_header("Access-Control-Max-Age", "600");
  }
  response.status = 204;
}

void Router::dispatch(const httplib::Request& request, const std::string& body, httplib::Response& response) const {
  const Methods* endpoint = endpointAt(request.path);
  const bool isRead = request.method == "GET" || request.method == "HEAD";
  if (!endpoint) {
    if (isRead) return otherPaths_(request, body, response);
    throw Refusal{404, "not-found", "nothing is served at " + request.path};
  }
  const auto handler = endpoint->find(isRead ? "GET" : request.method);
  if (handler != endpoint->end()) return handler->second(request, body, response);
  std::string methods = "OPTIONS";
  for (const auto& [method, unused] : *endpoint) methods += ", " + method;
  response.set_header("Allow", methods);
  throw Refusal{405, "method-not-allowed", request.path + " takes " + methods + ", not " + request.method};
}

void Router::refuseForeignPage(const httplib::Request& request) const {
  if (endpointAt(request.path) && dialectOf(request.path).sharedHeaders.empty() && isFromForeignPage(request))
    throw Refusal{403, "foreign-origin",
                  request.path +
                      " is only for pages of this server and for clients that are no "
                      "browsers; a page of another origin sent this request"};
}

void Router::handle(const std::string& method, const std::string& target, const httplib::Headers& headers,
                    const std::string& body, httplib::Response& response) const {
  httplib::Request request;
  request.method = method;
  request.target = target;
  request.path = target.substr(0, target.find('?'));
  request.headers = headers;
  request.params = parametersIn(target);
  guard(response, dialectOf(request.path), [&] { dispatch(request, body, response); });
}

void Router::mount(httplib::Server& server, const Hosts& hosts, Connections& connections) {
  server.set_payload_max_length(kMaxDiscardedBytes);
  const auto share = [this](const httplib::Request& request, httplib::Response& response) {
    if (dialectOf(request.path).sharedHeaders.empty()) return;
    response.set_header("Access-Control-Allow-Origin", "*");
    response.set_header("Access-Control-Expose-Headers", "Retry-After");
  };
  // The body is read before anything is refused: a connection that is closed with unread bytes is reset, and its client
  // may lose the reply.
  const auto serve = [this, share, &hosts, &connections](const httplib::Request& request, httplib::Response& response,
                                                         const httplib::ContentReader* reader) {
    if (!hosts.serves(request)) {
      std::string discarded;
      if (reader) guard(response, ownDialect_, [&] { readBody(request, *reader, discarded); });
      return Hosts::refuse(request, response);
    }
    share(request, response);
    guard(response, dialectOf(request.path), [&] {
      std::string body;
      if (reader && !readBody(request, *reader, body)) throw refusalFor(413);
      const Connections::Handling handling(connections, request);
      refuseForeignPage(request);
      if (request.method == "OPTIONS") return sendPreflight(request, response);
      dispatch(request, body, response);
    });
  };
  const auto withoutBody = [serve](const httplib::Request& request, httplib::Response& response) {
    serve(request, response, nullptr);
  };
  const auto withBody = [serve](const httplib::Request& request, httplib::Response& response,
                                const httplib::ContentReader& reader) { serve(request, response, &reader); };
  const char* const anyPath = R"([\s\S]*)";
  server.Get(anyPath, withoutBody);
  server.Options(anyPath, withoutBody);
  server.Post(anyPath, withBody);
  server.Put(anyPath, withBody);
  server.Patch(anyPath, withBody);
  server.Delete(anyPath, withBody);
  server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (response.body.empty()) refuse(response, refusalFor(response.status));
  });
}

std::string segmentOf(const std::string& path, std::size_t index) {
  std::size_t begin = 0;
  for (std::size_t slashes = 0; begin < path.size(); ++begin)
    if (path[begin] == '/' && slashes++ == index) {
      const std::size_t end = path.find('/', begin + 1);
      return path.substr(begin + 1, end == std::string::npos ? end : end - begin - 1);
    }
  return {};
}

}  // namespace vitrine::demo
