// A widget's markup without a page: on a server, or in a job that writes e-mail.
#pragma once

#include <string>

namespace vitrine {

// request: what a slot's request says of its looks (cards/card.h), and products: either slate, as data calls give it
// (model/product.h), or a service's own answer as reply, with provider: {name, …}, status (default 200) and, of
// several questions that were asked at once, the part (service.h). placeholder: so many items without content instead,
// at most 100.
// "=" and the HTML, which is "" without products, or "!" and JSON of error.h; a template that is refused is an error
// here, where whoever wrote it is near.
std::string renderWidget(const std::string& request);

}  // namespace vitrine
