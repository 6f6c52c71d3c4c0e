#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sigap/staffing/html.h"
#include "sigap/staffing/page_frame.h"
#include "sigap/staffing/report.h"

namespace sigap::cli::staffing {
namespace {

using html::both;
using html::decimal;
using html::escaped;
using html::percent;
using html::when;
using html::whole;

constexpr std::size_t kHelpfulShown = 10;

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

/// A table whose last column is a moment; its heads come in both languages.
std::string table_of(const std::string& id, const std::vector<std::string>& heads, const std::string& rows,
                     const std::string& indonesian, const std::string& english) {
  auto out = fmt::format(
      R"(<div class="scroll" tabindex="0" role="region" data-id="{}" data-en="{}"><table id="{}"><thead><tr>)",
      indonesian, english, id);
  for (const auto& head : heads) out += "<th scope=\"col\">" + head + "</th>";
  return out + "</tr></thead><tbody>\n" + rows + "</tbody></table></div>\n";
}

std::string row(const std::vector<std::string>& cells) {
  auto out = "<tr><th scope=\"row\">" + cells[0] + "</th>";
  for (std::size_t i = 1; i < cells.size(); ++i) out += "<td>" + cells[i] + "</td>";
  return out + "</tr>\n";
}

std::string provinces(const Study& s) {
  std::string rows;
  for (const auto& p : s.plan.provinces) {
    const auto& n = p.pooled;
    rows += row({escaped(s.name(p.province)), whole(std::llround(n.demand.seen)),
                 decimal(n.traffic(n.busiest, 1).calls_per_hour, 1), whole(std::llround(n.demand.handling_s)),
                 whole(rules::most(p.alone)), whole(n.most()), percent(n.at_busiest.answered_within),
                 when(clock_of(s.tree, p.province), n.busiest)});
  }
  return "<h2>" + both("Per polda, pada jam tersibuknya", "By province, in its busiest hour") + "</h2>" +
         table_of("provinces",
                  {"Polda", both("panggilan", "calls"), both("per jam", "an hour"),
                   both("detik/panggilan", "seconds/call"), both("sendiri", "alone"), both("bersama", "as one"),
                   both("terjawab tepat waktu", "answered in time"), both("jam tersibuk", "busiest hour")},
                  rows, "Polda", "Provinces");
}

std::string stations_with_calls(const Study& s) {
  std::string rows;
  std::int64_t quiet = 0;
  for (std::size_t i = 0; i < s.places.size(); ++i) {
    const auto& n = s.plan.stations[i];
    if (n.demand.seen == 0) {
      ++quiet;
      continue;
    }
    const auto& place = s.places[i];
    rows +=
        row({escaped(s.name(place.station)), escaped(s.name(place.province)), whole(std::llround(n.demand.seen)),
             decimal(n.traffic(n.busiest, 1).calls_per_hour, 2), whole(std::llround(n.demand.handling_s)),
             whole(n.most()), percent(n.at_busiest.answered_within), when(clock_of(s.tree, place.station), n.busiest)});
  }
  auto out = "<h2>" + both("Tiap kantor, bila sendiri", "Each station, if alone") +
             "</h2><p class=\"choose\"><label for=\"find\">" + both("Cari", "Find") +
             "</label><input id=\"find\" type=\"search\"></p>";
  out += table_of("stations",
                  {both("Kantor", "Station"), "Polda", both("panggilan", "calls"), both("per jam", "an hour"),
                   both("detik/panggilan", "seconds/call"), "operator" + both("", "s"),
                   both("terjawab tepat waktu", "answered in time"), both("jam tersibuk", "busiest hour")},
                  rows, "Kantor", "Stations");
  if (quiet)
    out += "<p class=\"dim\">" + whole(quiet) +
           both(" kantor tanpa satu panggilan pun; perkiraannya diambil dari poldanya dan ada di staffing.csv.",
                " stations had no call; what is expected of them comes from their province, and is in staffing.csv.") +
           "</p>";
  return out;
}

std::string helpful(const Study& s, const std::vector<Gain>& gains, const std::string& id,
                    const std::string& indonesian, const std::string& english) {
  std::string rows;
  for (std::size_t i = 0; i < std::min(kHelpfulShown, gains.size()); ++i) {
    const auto& g = gains[i];
    rows += row({escaped(s.name(g.place)), whole(g.operators), percent(g.answered_within),
                 "+" + decimal(g.more_calls_per_hour, 2), when(clock_of(s.tree, g.place), g.hour)});
  }
  return "<p><b>" + both(indonesian, english) + "</b></p>" +
         table_of(id,
                  {both("Tempat", "Place"), both("operator kini", "operators now"),
                   both("terjawab tepat waktu", "answered in time"),
                   both("satu lagi: panggilan/jam", "one more: calls/hour"), both("pada", "at")},
                  rows, "Satu operator lagi: " + indonesian, "One operator more: " + english);
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
  out += places(s) + provinces(s);
  out += "<h2>" + both("Di mana satu operator lagi paling menolong", "Where one operator more helps most") + "</h2>";
  out += helpful(s, s.province_gains, "gain-provinces", "Polda, bersama", "Provinces, each as one");
  out += helpful(s, s.station_gains, "gain-stations", "Kantor, sendiri", "Stations, each alone");
  out += stations_with_calls(s);
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
