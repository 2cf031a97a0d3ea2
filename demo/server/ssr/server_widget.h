// Widgets rendered before their page is sent: the native core asks the service, reads its reply and renders it, exactly
// as it does in the page. There the element finds its products in place and only has to watch them.
#pragma once

#include <string>
#include <string_view>

#include "http/router.h"

namespace vitrine::demo {

struct ServerWidget {
  std::string html;     // of what stands inside the element; "" if there is nothing to show
  std::string serveId;  // the element's `serve`, by which it knows these products as shown
  std::string problem;  // what is wrong; "" if nothing is
};

// `account`: options of the service. `request`: a page's slot request, {kind, query: {…}, template?, partials?,
// title?, strings?, money?, …}, see widget/README.md. Both JSON.

// Of a reply that is there already.
ServerWidget renderWidget(std::string_view account, std::string_view request, int status, std::string_view reply);

// Asks the service, which this server is itself. `pageUrl`: of the page that the widget is for.
ServerWidget askAndRenderWidget(const Router& router, std::string_view account, std::string_view request,
                                const std::string& pageUrl);

}  // namespace vitrine::demo
