#include "config/review_form.h"

#include "config/toml_file.h"

namespace sigap::config {

Result<std::vector<quality::Criterion>> load_review_form(const std::filesystem::path& file) {
  auto opened = TomlFile::open(file);
  if (!opened) return tl::unexpected(opened.error());
  TomlTable top(opened->root(), "", *opened);
  std::vector<quality::Criterion> criteria;
  top.each("criterion", [&](TomlTable& t) {
    quality::Criterion criterion;
    std::string part = "call";
    t.read("code", criterion.code);
    t.read("part", part);
    t.read("indonesian", criterion.indonesian);
    t.read("english", criterion.english);
    t.read("weight", criterion.weight);
    if (part != "call" && part != "dispatch") t.blame("part", "\"call\" or \"dispatch\"");
    criterion.part = part == "dispatch" ? quality::Part::dispatch : quality::Part::call;
    criteria.push_back(std::move(criterion));
    if (const auto wrong = quality::objection(criteria)) t.blame("code", *wrong);
  });
  top.refuse_others();
  if (criteria.empty()) opened->blame(nullptr, "criterion", "1 to 40 criteria");
  if (opened->mistake()) return tl::unexpected(*opened->mistake());
  return criteria;
}

std::optional<quality::SampleReason> sample_reason(const std::string& name) {
  if (name == "complaint") return quality::SampleReason::complaint;
  if (name == "silent") return quality::SampleReason::silent;
  if (name == "priority_one") return quality::SampleReason::priority_one;
  return std::nullopt;
}

}  // namespace sigap::config
