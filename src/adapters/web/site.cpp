#include "adapters/web/site.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "base/hash.h"

namespace sigap::web {
namespace {

namespace fs = std::filesystem;

struct Kind {
  std::string_view extension;
  std::string_view type;
  bool gzip;  ///< a compressed sibling may exist
};
constexpr std::array kKinds = {
    Kind{".html", "text/html; charset=utf-8", true},
    Kind{".js", "text/javascript; charset=utf-8", true},
    Kind{".mjs", "text/javascript; charset=utf-8", true},
    Kind{".css", "text/css; charset=utf-8", true},
    Kind{".json", "application/json", true},
    Kind{".geojson", "application/geo+json", true},
    Kind{".map", "application/json", true},
    Kind{".webmanifest", "application/manifest+json", true},
    Kind{".svg", "image/svg+xml", true},
    Kind{".txt", "text/plain; charset=utf-8", true},
    Kind{".wasm", "application/wasm", true},
    Kind{".pbf", "application/x-protobuf", true},
    Kind{".png", "image/png", false},
    Kind{".jpg", "image/jpeg", false},
    Kind{".webp", "image/webp", false},
    Kind{".ico", "image/x-icon", false},
    Kind{".mp3", "audio/mpeg", false},
    Kind{".ogg", "audio/ogg", false},
    Kind{".woff2", "font/woff2", false},
};

bool plain(std::string_view path) {
  char before = 0;
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '-' && c != '_' && c != '.' && c != '/') return false;
    if (before == '/' && (c == '.' || c == '/')) return false;
    before = c;
  }
  return path.size() <= 512 && path.starts_with('/');
}

const Kind* kind_of(std::string_view extension) {
  const auto* it = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.extension == extension; });
  return it == kKinds.end() ? nullptr : it;
}

bool inside(const fs::path& folder, const fs::path& file) {
  const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return end == folder.end();
}

}  // namespace

Site::Site(const fs::path& folder) {
  std::error_code error;
  if (!folder.empty()) folder_ = fs::canonical(folder, error);
}

std::optional<Page> Site::find(std::string_view path, bool gzip_welcome) {
  if (folder_.empty() || !plain(path)) return std::nullopt;
  std::string name(path.substr(1));
  if (name.empty()) name = "index.html";
  if (name.find_first_of("./") == std::string::npos) name += ".html";
  const auto* kind = kind_of(fs::path(name).extension().string());
  if (!kind) return std::nullopt;

  Page page;
  page.type = kind->type;
  page.immutable = name.starts_with("assets/");
  const Kept* kept = gzip_welcome && kind->gzip ? load(folder_ / (name + ".gz")) : nullptr;
  page.gzip = kept != nullptr;
  if (!kept) kept = load(folder_ / name);
  if (!kept) return std::nullopt;
  page.body = kept->body;
  page.etag = kept->etag;
  return page;
}

const Site::Kept* Site::load(const fs::path& file) {
  std::error_code error;
  const auto real = fs::canonical(file, error);
  if (error || !inside(folder_, real) || !fs::is_regular_file(real, error)) return nullptr;
  const auto size = fs::file_size(real, error);
  if (error || size > kFileMax_bytes) return nullptr;
  const auto changed = fs::last_write_time(real, error);
  if (error) return nullptr;
  const auto it = kept_.find(real);
  if (it != kept_.end() && it->second.changed == changed && it->second.size == size) return &it->second;

  std::ifstream in(real, std::ios::binary);
  std::string text(size, '\0');
  if (!in.read(text.data(), static_cast<std::streamsize>(size))) return nullptr;
  if (it != kept_.end()) {
    kept_bytes_ -= it->second.size;
    kept_.erase(it);
  }
  if (kept_bytes_ + size > kCacheMax_bytes) {
    kept_.clear();
    kept_bytes_ = 0;
  }
  kept_bytes_ += size;
  auto etag = '"' + sha256_hex(text).substr(0, 32) + '"';
  return &(kept_[real] = {changed, size, std::make_shared<const std::string>(std::move(text)), std::move(etag)});
}

}  // namespace sigap::web
