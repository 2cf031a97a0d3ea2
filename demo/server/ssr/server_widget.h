// Renders widgets before their page is sent: the native core writes the request, reads the reply and renders it with
// the same code as in the page. The element in the page then adopts the products and only observes them.
#pragma once

#include <string>
#include <string_view>

#include "http/router.h"

namespace vitrine::demo {

struct ServerWidget {
  std::string html;     // the content of the element; "" if there are no products
  std::string serveId;  // the element's `serve` attribute, which marks these products as served
  std::string problem;  // an error message; "" on success
};

// `account`: the service's options. `request`: a page's slot request, {kind, query: {…}, template?, partials?,
// title?, strings?, money?, …}, see widget/README.md. Both JSON.

// Renders a reply that has been received.
ServerWidget renderWidget(std::string_view account, std::string_view request, int status, std::string_view reply);

// Sends the request to the service, which is part of this server, and renders its reply. `pageUrl`: the URL of the
// widget's page.
ServerWidget fetchAndRenderWidget(const Router& router, std::string_view account, std::string_view request,
                                  const std::string& pageUrl);

}  // namespace vitrine::demo
