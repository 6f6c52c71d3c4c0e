#include "config/case_categories.h"

#include "config/toml_file.h"

namespace sigap::config {

Result<std::vector<cases::Category>> load_case_categories(const std::filesystem::path& file) {
  auto opened = TomlFile::open(file);
  if (!opened) return tl::unexpected(opened.error());
  TomlTable top(opened->root(), "", *opened);
  std::vector<cases::Category> categories;
  top.each("category", [&](TomlTable& t) {
    cases::Category category;
    t.read("code", category.code);
    t.read("indonesian", category.indonesian);
    t.read("english", category.english);
    t.read("conduct", category.conduct);
    categories.push_back(std::move(category));
    if (const auto wrong = cases::objection(categories)) t.blame("code", *wrong);
  });
  top.refuse_others();
  if (categories.empty()) opened->blame(nullptr, "category", "1 to 40 categories");
  if (opened->mistake()) return tl::unexpected(*opened->mistake());
  return categories;
}

}  // namespace sigap::config
