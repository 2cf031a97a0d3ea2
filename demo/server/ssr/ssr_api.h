// Pages and widgets that this server renders with the native core.
#pragma once

#include <string>

#include "http/router.h"

namespace vitrine::demo {

// GET  /ssr?service=&kind=&item=&template=&count=&heading=   a page with its widget in the HTML:
//        the template <root>/demo/shop/ssr.html; the element adopts it without a request
// POST /ssr/render {"account","widget","status"?,"reply"}   {"html","serveId","problem"}: renders the text of a reply
// The router must outlive its endpoints.
void mountSsrApi(Router& router, const std::string& root);

}  // namespace vitrine::demo
