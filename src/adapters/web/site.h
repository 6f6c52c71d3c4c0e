// The pages: files below one folder, kept in memory once asked for and read anew when they change.
// Invariants: a path is plain segments of [A-Za-z0-9._-], none opening with a dot, so nothing climbs out; what a link
// points to outside of the folder is not served; a type we do not know is not served. Sources: RFC 9110 (conditional
// requests), RFC 8246 (immutable).
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace sigap::web {

struct Page {
  std::shared_ptr<const std::string> body;
  std::string type;  ///< of the content
  std::string etag;
  bool gzip = false;       ///< the body is `name.gz`, found beside the file
  bool immutable = false;  ///< its name changes with its content
};

class Site {
 public:
  explicit Site(const std::filesystem::path& folder);

  /// "/" is index.html, "/konsol" is konsol.html. `path` is without the query.
  std::optional<Page> find(std::string_view path, bool gzip_welcome);

  static constexpr std::size_t kFileMax_bytes = 32U << 20;   // larger ones are not for a browser's first load
  static constexpr std::size_t kCacheMax_bytes = 96U << 20;  // all pages, fonts and sounds many times over

 private:
  struct Kept {
    std::filesystem::file_time_type changed;
    std::uintmax_t size = 0;
    std::shared_ptr<const std::string> body;
    std::string etag;
  };
  const Kept* load(const std::filesystem::path& file);

  std::filesystem::path folder_;  ///< canonical, or empty
  std::map<std::filesystem::path, Kept> kept_;
  std::size_t kept_bytes_ = 0;
};

}  // namespace sigap::web
