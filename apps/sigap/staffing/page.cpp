#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sigap/staffing/html.h"
#include "sigap/staffing/page_frame.h"
#include "sigap/staffing/page_tables.h"
#include "sigap/staffing/report.h"

namespace sigap::cli::staffing {
namespace {

using html::both;
using html::decimal;
using html::escaped;
using html::percent;
using html::whole;

rules::Week<double> as_curve(const rules::Week<int>& operators) {
  rules::Week<double> curve;
  std::copy(operators.begin(), operators.end(), curve.begin());
  return curve;
}

std::string sum(const char* tone, const std::string& title, const rules::Week<int>& operators,
                const rules::Week<int>& alone) {
  const double saved = 1 - static_cast<double>(rules::operator_hours(operators)) /
                               std::max(1.0, static_cast<double>(rules::operator_hours(alone)));
  auto note = whole(rules::operator_hours(operators)) + " " + both("jam-operator seminggu", "operator-hours a week");
  if (&operators != &alone) note += ", " + both("hemat ", "saves ") + percent(saved);
  return fmt::format(R"(<div class="{}">{}<b>{}</b><span class="dim">{}</span></div>)", tone, title,
                     whole(rules::most(operators)), note);
}

std::string curves(const Study& s, const StationCode& code, const rules::Need& pooled, const rules::Week<int>& alone,
                   const rules::Week<int>* by_province) {
  const auto clock = clock_of(s.tree, code);
  auto out = html::curve({both("Panggilan per jam", "Calls an hour"), "calls", 1}, pooled.demand.calls_per_hour, clock);
  out += html::curve({both("Operator: tiap kantor sendiri", "Operators: each station alone"), "alone"}, as_curve(alone),
                     clock);
  const auto& province = by_province ? *by_province : pooled.operators;
  out += html::curve({both("Operator: tiap polda bersama", "Operators: each province as one"), "province"},
                     as_curve(province), clock);
  if (by_province)
    out += html::curve({both("Operator: seluruh Indonesia bersama", "Operators: the nation as one"), "nation"},
                       as_curve(pooled.operators), clock);
  return out;
}

std::string places(const Study& s) {
  const auto nation = both("Seluruh Indonesia", "The whole nation");
  std::string options = "<option value=\"nation\">Indonesia</option>", sections;
  sections += "<section data-place=\"nation\"><h2>" + nation + "</h2>" +
              curves(s, s.tree.headquarters(), s.plan.nation, s.plan.alone, &s.plan.by_provinces) + "</section>\n";
  for (const auto& p : s.plan.provinces) {
    const auto code = escaped(p.province.value), name = escaped(s.name(p.province));
    options += "<option value=\"" + code + "\">" + name + "</option>";
    sections += "<section hidden data-place=\"" + code + "\"><h2>" + name + "</h2>" +
                curves(s, p.province, p.pooled, p.alone, nullptr) + "</section>\n";
  }
  return "<h2>" + both("Seminggu, jam demi jam", "The week, hour by hour") +
         "</h2><p class=\"choose\"><label for=\"place\">" + both("Wilayah", "Area") + "</label><select id=\"place\">" +
         options + "</select><span class=\"dim\">" +
         both("Geser penunjuk di atas kurva, atau tombol panah", "Move over a curve, or use the arrow keys") +
         "</span></p>\n" + sections;
}

std::string facts(const Study& s) {
  const auto& g = s.question.goal;
  const auto days = s.days();
  const auto share = percent(g.share), within = decimal(g.within_s, g.within_s == std::floor(g.within_s) ? 0 : 1);
  return "<p>" + whole(s.calls) + " " + both("panggilan dalam", "calls in") + " " + whole(days) + " " +
         both("hari; rata-rata", "days;") + " " + whole(std::llround(s.plan.nation.demand.handling_s)) + " " +
         both("detik per panggilan.", "seconds each on average.") + " " +
         both("Sasaran, dari <em>semua</em> panggilan:", "Goal, of <em>all</em> offered calls:") + " " + share + " " +
         both("terjawab dalam", "answered within") + " " + within + " " +
         both("detik, paling banyak", "seconds, at most") + " " + percent(g.abandoned) + " " +
         both("putus sebelum dijawab, operator sibuk paling banyak", "abandoned, operators busy at most") + " " +
         percent(g.occupancy) + ". " + both("Kesabaran penelepon rata-rata", "Callers' patience averages") + " " +
         whole(std::llround(s.question.patience_s)) + " " + both("detik.", "seconds.") + "</p>" +
         (s.silence
              ? "<p><b>" + both("Tidak ada satu panggilan pun selama ", "No call at all for ") +
                    decimal(static_cast<double>(s.silence->lasts.ms) / 3'600'000, 1) +
                    both(" jam berturut-turut: apakah datanya lengkap? Celah membuat kebutuhan tampak lebih kecil.",
                         " hours on end: is the data whole? A gap makes the need look smaller.") +
                    "</b></p>"
              : "");
}

}  // namespace

std::string page(const Study& s) {
  const auto& p = s.plan;
  std::string out =
      "<!doctype html>\n<html lang=\"id\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width,initial-scale=1\">\n<title>Cukup operator? Sigap 110</title>\n<style>";
  out += kStyle;
  out += "</style>\n<header><h1>" + both("Cukup operator untuk 110?", "Enough operators for 110?") +
         "</h1><button id=\"language\" type=\"button\">" + both("English", "Bahasa Indonesia") +
         "</button></header>\n<main>\n";
  out += facts(s) + "<div class=\"sums\">" +
         sum("alone", both("Tiap kantor sendiri", "Each station alone"), p.alone, p.alone) +
         sum("province", both("Tiap polda bersama", "Each province as one"), p.by_provinces, p.alone) +
         sum("nation", both("Seluruh Indonesia bersama", "The nation as one"), p.nation.operators, p.alone) +
         "</div><p class=\"dim\">" +
         both("Angka besar: operator yang duduk pada jam yang paling banyak membutuhkannya.",
              "Large figures: operators at the desk in the hour that needs most of them.") +
         "</p>\n";
  out += places(s) + html::provinces(s);
  out += html::helpful(s) + html::stations(s);
  out +=
      "</main>\n<footer>" +
      both(
          "Erlang-A tepat; cadangan untuk cuti, istirahat dan bencana belum termasuk. Setiap jam dianggap tenang dalam "
          "dirinya: lonjakan dalam satu jam perlu lebih.",
          "Exact Erlang A; leave, breaks and disasters are not in it. Each hour is taken as steady within itself: a "
          "surge "
          "inside an hour needs more.") +
      "</footer>\n<script>";
  return out + kScript + "</script>\n</html>\n";
}

}  // namespace sigap::cli::staffing
