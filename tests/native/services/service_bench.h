// A harness for one service: its requests, refusals, replies and events.
#pragma once

#include <catch2/catch_test_macros.hpp>

#include "services/make_service.h"
#include "services/service.h"

namespace vitrine {

struct ServiceBench {
  List<Problem> problems;
  std::unique_ptr<Service> service;
  Asker asker;

  ServiceBench(const char* name, std::string_view options) : service(makeService(name, parseJson(options), problems)) {
    asker.visitorId = "v_a";
    asker.sessionId = "s_a";
    asker.isAllowed = true;
    asker.pageId = "pg1";
    asker.url = "https://shop.example/p";
  }

  HttpRequest asked(QueryKind kind, std::string_view query) const {
    HttpRequest request;
    const Problem problem = service->ask(kind, parseJson(query), asker, request);
    INFO((problem ? problem->message : ""));
    REQUIRE_FALSE(problem);
    return request;
  }
  // Returns the whole address of a request that carries this query alone.
  std::string address(QueryKind kind, std::string_view query) const {
    const HttpRequest request = asked(kind, query);
    return request.url + request.part + request.urlTail + request.freeTail;
  }
  // The field that is complained of.
  std::string refused(QueryKind kind, std::string_view query) const {
    HttpRequest request;
    const Problem problem = service->ask(kind, parseJson(query), asker, request);
    if (!problem) return "accepted";
    CHECK(problem->type == ErrorType::kValidation);
    CHECK_FALSE(problem->message.empty());
    return problem->field;
  }
  Problem read(int status, std::string_view body, Slate& slate, std::string_view part = {},
               const Slate* last = nullptr) const {
    return service->read(status, body, part, last, slate);
  }
  Slate slate(std::string_view body, std::string_view part = {}, const Slate* last = nullptr) const {
    Slate slate;
    const Problem problem = read(200, body, slate, part, last);
    INFO((problem ? problem->message : ""));
    REQUIRE_FALSE(problem);
    return slate;
  }
  Problem failed(int status, std::string_view body) const {
    Slate slate;
    Problem problem = read(status, body, slate);
    REQUIRE(problem);
    CHECK(slate.products.empty());
    return problem;
  }
  // The request for events of one kind; its url is "" if nothing has to be sent.
  HttpRequest sent(EventKind kind, const List<std::string_view>& events) const {
    const int lane = service->lane(kind);
    REQUIRE(lane != Service::kNoLane);
    REQUIRE(events.size() <= service->laneSize(lane));
    HttpRequest request;
    REQUIRE(service->encode(lane, events, "b1", 1700000000000, request));
    return request;
  }
};

}  // namespace vitrine
