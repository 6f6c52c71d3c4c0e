// A page that stands alone in a file: text in both languages, escaped names, numbers, curves.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace sigap::page {

std::string escaped(const std::string& text);
/// Both are in the page; its language shows one.
std::string both(const std::string& indonesian, const std::string& english);
/// 82100 -> 82 100, with a space that does not break: the same in both languages.
std::string whole(std::int64_t number);
/// 0.954 -> 95,4 % and 95.4 %
std::string percent(double share);
/// 12.34 -> 12,3 and 12.3; from a thousand on whole
std::string decimal(double number, int digits);

/// A figure with its title above and what it counts below; `tone` is the CSS class of its colour.
std::string card(const std::string& tone, const std::string& title, const std::string& figure, const std::string& note);

/// Values as steps, the highest at the side; they are read by pointer and arrow keys.
struct Curve {
  std::string title;           ///< HTML
  std::string tone;            ///< CSS class of its colour
  int digits = 0;              ///< after the decimal point
  std::vector<double> values;  ///< not empty
  int leap = 1;                ///< steps of PageUp
  std::string marks;           ///< SVG path of vertical lines, a step being a unit wide, 100 units high
  std::string axis;            ///< HTML below
  std::string facts;           ///< data- attributes that the page's when() reads
};
std::string curve(const Curve& what);

struct Document {
  std::string title_id, title_en;  ///< plain text; of the window
  std::string heading;             ///< HTML
  std::string body, foot;          ///< HTML
  std::string style, script;       ///< of this page alone
};
std::string document(const Document& what);

}  // namespace sigap::page
