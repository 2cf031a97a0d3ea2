#include "http/static_files.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>

#include "http/replies.h"

namespace vitrine::demo {
namespace {

namespace fs = std::filesystem;

// The strictest policy under which the package must work. Pages run no inline scripts, evaluate no text, and write HTML
// only through the widget's Trusted Types policy "vitrine".
constexpr char kContentSecurityPolicy[] =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; object-src "
    "'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types vitrine";

// The page in the studio's frames. Its policy also allows pictures of other hosts, for replies that a user pastes, and
// requests to other hosts, for a service that the user names.
constexpr char kCanvasAddress[] = "/preview/canvas.html";
constexpr char kCanvasContentSecurityPolicy[] =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: http: https:; "
    "connect-src 'self' http: https:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types vitrine preview";

constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".ts", "text/plain; charset=utf-8"},
    {".webmanifest", "application/manifest+json"},
};

std::string typeOf(const fs::path& file) {
  const std::string extension = file.extension().string();
  const auto found =
      std::find_if(std::begin(kTypes), std::end(kTypes), [&](const auto& type) { return type.first == extension; });
  return found == std::end(kTypes) ? "application/octet-stream" : std::string(found->second);
}

// Returns true for a plain file name: not hidden, and no way to a parent folder.
bool isName(std::string_view segment) {
  return !segment.empty() && segment.front() != '.' &&
         segment.find_first_of(std::string_view("\\\0", 2)) == std::string_view::npos;
}

// Returns `path` below `folder`; nullopt unless every segment is a plain name. httplib's mount points would also serve
// hidden files, and send neither an ETag nor a 304; files are therefore read here.
std::optional<fs::path> below(const fs::path& folder, std::string_view path) {
  fs::path file = folder;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    if (!isName(segment)) return std::nullopt;
    file /= segment;
    begin = end + 1;
  }
  return file;
}

// Returns the page of a short address, such as "product" for /product/SKU-0001; "" for other addresses.
std::string_view pageFor(std::string_view address) {
  constexpr std::string_view kPages[] = {"search", "cart", "checkout", "order-done", "login"};
  if (address == "/") return "home";
  for (const std::string_view page : {std::string_view("category"), std::string_view("product")}) {
    const std::size_t prefix = page.size() + 2;  // with both slashes
    if (address.size() > prefix && address.substr(1).starts_with(page) && address[prefix - 1] == '/' &&
        isName(address.substr(prefix)) && address.find('/', prefix) == std::string_view::npos)
      return page;
  }
  const auto found = std::find(std::begin(kPages), std::end(kPages), address.substr(1));
  return found == std::end(kPages) ? std::string_view() : *found;
}

// Returns an ETag of the time and size of the file, which need not be read. It is weak, because the reply may be
// compressed.
std::string tagOf(const fs::path& file, std::uintmax_t bytes) {
  const auto written = fs::last_write_time(file).time_since_epoch().count();
  char tag[48];
  std::snprintf(tag, sizeof tag, "W/\"%llx-%llx\"", static_cast<unsigned long long>(written),
                static_cast<unsigned long long>(bytes));
  return tag;
}

bool hasTag(const std::string& ifNoneMatch, const std::string& tag) {
  return ifNoneMatch == "*" || ifNoneMatch.find(tag) != std::string::npos;
}

}  // namespace

void sendPage(httplib::Response& response, const std::string& html) {
  response.set_header("Content-Security-Policy", kContentSecurityPolicy);
  response.set_header("Referrer-Policy", "strict-origin-when-cross-origin");
  response.set_header("Cache-Control", "no-cache");
  response.set_content(html, "text/html; charset=utf-8");
}

std::optional<fs::path> StaticFiles::fileFor(const std::string& address) const {
  const fs::path shop = root_ / "demo" / "shop";
  if (!address.starts_with('/')) return std::nullopt;
  if (const std::string_view page = pageFor(address); !page.empty()) return shop / (std::string(page) + ".html");
  if (address == "/catalog.json") return root_ / "demo" / "catalog" / "products.json";
  if (address == "/preview") return root_ / "demo" / "preview" / "index.html";
  // The first prefix that fits counts. npm start writes what the studio loads of npm packages into build/.
  const std::pair<std::string_view, fs::path> folders[] = {{"/dist/", root_ / "dist"},
                                                           {"/preview/vendor/", root_ / "build" / "studio-bundles"},
                                                           {"/preview/", root_ / "demo" / "preview"},
                                                           {"/docs/", root_ / "build" / "site"},
                                                           {"/img/", root_ / "demo" / "catalog" / "img"}};
  if (address == "/docs/") return root_ / "build" / "site" / "index.html";
  for (const auto& [prefix, folder] : folders)
    if (address.starts_with(prefix)) return below(folder, std::string_view(address).substr(prefix.size()));
  return below(shop, std::string_view(address).substr(1));
}

void StaticFiles::serve(const httplib::Request& request, httplib::Response& response) const {
  const Refusal missing{404, "not-found", "nothing is served at " + request.path};
  // The site's addresses are relative to this folder.
  if (request.path == "/docs") return response.set_redirect("/docs/", 308);
  const std::optional<fs::path> file = fileFor(request.path);
  std::error_code failed;
  if (!file || !fs::is_regular_file(*file, failed)) throw missing;
  std::ifstream stream(*file, std::ios::binary);
  if (!stream) throw missing;

  const std::string type = typeOf(*file);
  const std::string tag = tagOf(*file, fs::file_size(*file));
  response.set_header("ETag", tag);
  // File names do not change from build to build, so a browser must revalidate each time; pictures are drawn once.
  response.set_header("Cache-Control", request.path.starts_with("/img/") ? "public, max-age=3600" : "no-cache");
  response.set_header("Vary", "Accept-Encoding");
  response.set_header("X-Content-Type-Options", "nosniff");
  if (type.starts_with("text/html")) {
    response.set_header("Content-Security-Policy",
                        request.path == kCanvasAddress ? kCanvasContentSecurityPolicy : kContentSecurityPolicy);
    response.set_header("Referrer-Policy", "strict-origin-when-cross-origin");
  }
  if (hasTag(request.get_header_value("If-None-Match"), tag)) {
    response.status = 304;
    return;
  }
  response.set_content(std::string(std::istreambuf_iterator<char>(stream), {}), type);
}

}  // namespace vitrine::demo
