// Pages and widgets that this server renders with the core itself.
#pragma once

#include <string>

#include "http/router.h"

namespace vitrine::demo {

// GET  /ssr?service=&kind=&item=&template=&count=&heading=   a page whose widget is in its HTML:
//        the template <root>/demo/shop/ssr.html; the element adopts it without a request
// POST /ssr/render {"account","widget","status"?,"reply"}   {"html","serveId","problem"}: a reply's text as a widget
// The router must outlive its endpoints.
void mountSsrApi(Router& router, const std::string& root);

}  // namespace vitrine::demo
