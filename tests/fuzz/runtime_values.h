// Arguments that runtime_fuzz.cpp passes to inputs, beside random ones: values that mean something to the core.
#pragma once

namespace {

constexpr const char* kTexts[] = {"",
                                  "a",
                                  "SKU-1",
                                  "view",
                                  "click",
                                  "addToCart",
                                  "unknown",
                                  "denied",
                                  "anonymous",
                                  "granted",
                                  "similarItems",
                                  "forVisitor",
                                  "forUser",
                                  "searchText",
                                  "vitrine:1:id",
                                  "vitrine:1:optout",
                                  "vitrine:1:j:abc:0",
                                  "http://x/?token=1#@",
                                  "javascript:alert(1)",
                                  R"({"surface":"s","source":"t","itemIds":["a","b"]})",
                                  R"({"orderId":"o","value":1,"currency":"EUR","items":[{"itemId":"a","quantity":1}]})",
                                  R"({"anchorId":"a","topK":3})",
                                  R"({"configId":"c","topK":3})",
                                  R"({"kind":"similarItems","query":{"anchorId":"a","topK":3}})",
                                  R"({"results":[{"productId":"a","metadata":{"name":"<b>","url":"javascript:x"}}]})",
                                  R"({"displays":[{"product_id":"a","recommendation_id":"r"}]})",
                                  R"({"placements":[{"recommendedProducts":[{"id":"a","clickTrackingURL":"//x/c"}]}]})",
                                  R"({"results":[{"id":"a","title":"b","dfid":"d"}]})",
                                  R"({"v":"v_a","s":"s_a","t":1,"u":"u"})",
                                  R"(["abc:0","bcd:1"])",
                                  "1",
                                  "Sun, 06 Nov 1994 08:49:37 GMT",
                                  "\x1e\x1f",
                                  "\xFF\xC0"};
constexpr double kNumbers[] = {0, 1, 2, 3, -1, -2, 0.5, 1e9, 1e300, -1e300, 200, 400, 413, 404, 429, 500, 503};

}  // namespace
