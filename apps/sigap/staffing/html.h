// Small pieces of the page: text in both languages, escaped names, curves.
#pragma once
#include <string>

#include "sigap/staffing/study.h"

namespace sigap::cli::staffing::html {

std::string escaped(const std::string& text);
/// Both are in the page; its language shows one.
std::string both(const std::string& indonesian, const std::string& english);
/// 82100 -> 82 100, with a space that does not break: the same in both languages.
std::string whole(std::int64_t number);
/// 0.954 -> 95,4 % and 95.4 %
std::string percent(double share);
/// 12.34 -> 12,3 and 12.3
std::string decimal(double number, int digits);
/// "Jumat 19.00 WIB", "Friday 19:00 WIB", of an hour of the week in UTC.
std::string when(const Clock& clock, int utc_hour);

/// A week as a curve of steps on the place's own clock, with its highest value at the side; its values are read by
/// pointer and arrow keys.
struct Curve {
  std::string title;  ///< HTML
  std::string tone;   ///< CSS class of its colour
  int digits = 0;     ///< after the decimal point of its values
};
std::string curve(const Curve& what, const rules::Week<double>& values, const Clock& clock);

}  // namespace sigap::cli::staffing::html
