// The stream of a shop with several servers: this server's publisher, and the copy of all events in its database.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <vector>

#include "store/store.h"
#include "stream/consumer.h"
#include "stream/publisher.h"

namespace vitrine::demo {

class Stream {
 public:
  // Connects to the stream, makes it if there is none, and starts to copy its events to `store`, which must outlive
  // this. `onFresh`: as in Store::add(), called in a thread of the stream. Throws StreamError.
  Stream(const StreamOptions& options, Store& store, std::function<void(const StoredEvent&)> onFresh)
      : publisher_(options), consumer_(options, store, std::move(onFresh)) {}

  // See Publisher.
  Receipt publish(const std::vector<StoredEvent>& events) { return publisher_.publish(events); }

  // See Consumer.
  bool catchUp() { return consumer_.catchUp(); }

  // {"connected","consumer","behind","setAside"}, for GET /_health.
  nlohmann::json health() const {
    return {{"connected", publisher_.isUp()},
            {"consumer", consumer_.name()},
            {"behind", consumer_.behind()},
            {"setAside", consumer_.setAside()}};
  }

 private:
  Publisher publisher_;  // ends last, because it ends the client library
  Consumer consumer_;
};

}  // namespace vitrine::demo
