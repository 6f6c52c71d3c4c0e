#include "domain/quality/review.h"

#include <algorithm>

namespace sigap::quality {
namespace {

constexpr std::size_t kCodeMax_bytes = 40, kQuestionMax_bytes = 200;
constexpr std::int64_t kWeightMost = 10;
constexpr std::int64_t kCalibratedPercent = 10;

/// Where the number's multiple of the golden ratio falls between two whole numbers, in percent.
std::int64_t place_of(std::int64_t number) {
  constexpr std::uint64_t kGolden = 0x9E37'79B9'7F4A'7C15;  // 2^64 / golden ratio
  constexpr int kHalf = 32;
  return static_cast<std::int64_t>(((static_cast<std::uint64_t>(number) * kGolden) >> kHalf) * 100 >> kHalf);
}

bool is_code(const std::string& text) {
  return !text.empty() && text.size() <= kCodeMax_bytes &&
         std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool is_question(const std::string& text) {
  return !text.empty() && text.size() <= kQuestionMax_bytes;
}

}  // namespace

bool Review::by(PersonId reviewer) const {
  return std::ranges::any_of(scores, [&](const Score& score) { return score.reviewer == reviewer; });
}

bool in_sample(CallId call, std::int64_t percent) {
  return place_of(call.value) < percent;
}

bool is_calibration(ReviewId review) {
  return place_of(review.value) < kCalibratedPercent;
}

std::optional<std::string> objection(const std::vector<Criterion>& criteria) {
  if (criteria.empty() || criteria.size() > kCriteriaMax) return "1 to 40 criteria";
  std::set<std::string> codes;
  for (const auto& each : criteria) {
    if (!is_code(each.code)) return "code: 1 to 40 of a-z 0-9 _: " + each.code;
    if (!codes.insert(each.code).second) return "code: twice: " + each.code;
    if (!is_question(each.indonesian) || !is_question(each.english))
      return each.code + ": a question of 1 to 200 bytes";
    if (each.weight < 1 || each.weight > kWeightMost) return each.code + ": weight: 1 to 10";
  }
  return std::nullopt;
}

std::optional<std::int64_t> percent_of(const Form& form, const std::vector<std::int64_t>& marks) {
  if (marks.size() != form.criteria.size()) return std::nullopt;
  std::int64_t got = 0, most = 0;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] == kNotApplicable) continue;
    if (marks[i] < 0 || marks[i] > kMarkMost) return std::nullopt;
    got += marks[i] * form.criteria[i].weight;
    most += kMarkMost * form.criteria[i].weight;
  }
  if (most == 0) return std::nullopt;
  return (got * 100 + most / 2) / most;
}

}  // namespace sigap::quality
