// Serves the shop's files: pages under short addresses, the built package, the documentation, the catalogue and its
// pictures.
//
//   /  /category/<slug>  /product/<id>  /search  /cart  /checkout  /order-done  /login    demo/shop/<page>.html
//   /preview  demo/preview/index.html     /preview/*  demo/preview/*
//   /docs/  build/site/index.html         /docs/*     build/site/*
//   /dist/*  dist/*     /img/*  demo/catalog/img/*     /catalog.json  demo/catalog/products.json     else  demo/shop/*
#pragma once

#include <httplib.h>

#include <filesystem>
#include <optional>
#include <string>

namespace vitrine::demo {

// Sends a page of HTML with the shop's content security policy.
void sendPage(httplib::Response& response, const std::string& html);

class StaticFiles {
 public:
  // `root`: the folder of the checkout.
  explicit StaticFiles(std::filesystem::path root) : root_(std::move(root)) {}

  // Sends the file, or 304 if the client has it. Throws Refusal (404) if there is no file, or if the address leads out
  // of the served folders or to a hidden file.
  void serve(const httplib::Request& request, httplib::Response& response) const;

 private:
  std::optional<std::filesystem::path> fileFor(const std::string& address) const;

  std::filesystem::path root_;
};

}  // namespace vitrine::demo
