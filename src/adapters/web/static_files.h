// The built pages, read into memory at start: what is not there cannot be asked for, whatever the path looks like.
#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"

namespace sigap::web {

struct StaticFile {
  std::string type;  ///< Content-Type
  std::string body;
  std::string etag;
  bool immutable = false;  ///< its name holds a hash of its contents
};

class StaticFiles {
 public:
  /// "konsol.html" is served at /konsol, "index.html" at /. Refusal "io".
  static Result<StaticFiles> load(const std::filesystem::path& folder);
  /// Null when there is none. `path` is the path of the URL, without a query.
  const StaticFile* find(const std::string& path) const;
  std::size_t size() const { return files_.size(); }

 private:
  std::map<std::string, StaticFile> files_;
};

}  // namespace sigap::web
