#include "page/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "page/frame.h"

namespace sigap::page {
namespace {

std::string with_comma(std::string number) {
  std::replace(number.begin(), number.end(), '.', ',');
  return number;
}

}  // namespace

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  return out;
}

std::string both(const std::string& indonesian, const std::string& english) {
  if (indonesian == english) return english;
  return "<span lang=\"id\">" + indonesian + "</span><span lang=\"en\">" + english + "</span>";
}

std::string whole(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), "\u202f");
  return digits;
}

std::string decimal(double number, int digits) {
  constexpr double kWholeFrom = 1000;  // tenths of thousands say nothing; own
  if (number >= kWholeFrom) return whole(std::llround(number));
  const auto text = fmt::format("{:.{}f}", number, digits);
  return both(with_comma(text), text);
}

std::string percent(double share) {
  const auto text = fmt::format("{}\u202f%", std::round(1000 * share) / 10);
  return both(with_comma(text), text);
}

std::string card(const std::string& tone, const std::string& title, const std::string& figure,
                 const std::string& note) {
  return fmt::format(R"(<div class="{}">{}<b>{}</b><span class="dim">{}</span></div>)", tone, title, figure, note);
}

std::string curve(const Curve& what) {
  const double highest = std::max(1e-9, *std::max_element(what.values.begin(), what.values.end()));
  std::string read, path = "M0 100";
  for (std::size_t i = 0; i < what.values.size(); ++i) {
    fmt::format_to(std::back_inserter(read), "{}{:.{}f}", i ? " " : "", what.values[i], what.digits);
    fmt::format_to(std::back_inserter(path), "V{:.1f}H{}", 100 - 96 * what.values[i] / highest, i + 1);
  }
  return fmt::format(
      R"(<figure class="curve {0}"><figcaption>{1} <output></output></figcaption><div class="plot"><div class="side"><span>{2}</span><span>0</span></div>
<div class="area" tabindex="0" role="slider" aria-valuemin="0" aria-valuemax="{3}" aria-valuenow="0" data-leap="{4}" {5} data-values="{6}"><svg viewBox="0 0 {7} 100" preserveAspectRatio="none" aria-hidden="true"><path class="grid" d="{8}M0 52H{7}"/><path class="steps" d="{9}V100Z"/><path class="here" d=""/></svg></div>
{10}</div></figure>
)",
      what.tone, what.title, what.digits ? decimal(highest, what.digits) : whole(std::llround(highest)),
      what.values.size() - 1, what.leap, what.facts, read, what.values.size(), what.marks, path, what.axis);
}

std::string document(const Document& what) {
  return fmt::format(
      R"(<!doctype html>
<html lang="id" data-title-id="{0}" data-title-en="{1}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{0}</title>
<style>{2}{3}</style>
<header><h1>{4}</h1><button id="language" type="button">{5}</button></header>
<main>
{6}</main>
<footer>{7}</footer>
<script>{8}{9}</script>
</html>
)",
      escaped(what.title_id), escaped(what.title_en), kStyle, what.style, what.heading,
      both("English", "Bahasa Indonesia"), what.body, what.foot, kScript, what.script);
}

}  // namespace sigap::page
