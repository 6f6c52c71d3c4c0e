#include "adapters/web/static_files.h"

#include <fstream>

#include "base/hash.h"

namespace sigap::web {
namespace {

const std::map<std::string, std::string> kTypes = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".mp3", "audio/mpeg"},
    {".ogg", "audio/ogg"},
    {".wasm", "application/wasm"},
    {".pbf", "application/x-protobuf"},
    {".txt", "text/plain; charset=utf-8"},
};

}  // namespace

Result<StaticFiles> StaticFiles::load(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  StaticFiles files;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!entry.is_regular_file()) continue;
    const auto type = kTypes.find(entry.path().extension().string());
    if (type == kTypes.end()) continue;  // source maps and the like are nobody's business
    std::ifstream in(entry.path(), std::ios::binary);
    StaticFile file;
    file.type = type->second;
    file.body.assign(std::istreambuf_iterator<char>(in), {});
    if (!in.good() && !in.eof()) return refuse("io", "cannot read " + entry.path().string());
    file.etag = '"' + sha256_hex(file.body).substr(0, 32) + '"';
    auto path = "/" + fs::relative(entry.path(), folder).generic_string();
    file.immutable = path.rfind("/assets/", 0) == 0;
    if (path == "/index.html")
      path = "/";
    else if (path.ends_with(".html"))
      path.resize(path.size() - 5);
    files.files_[path] = std::move(file);
  }
  if (error) return refuse("io", "cannot read the pages in " + folder.string());
  return files;
}

const StaticFile* StaticFiles::find(const std::string& path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

}  // namespace sigap::web
