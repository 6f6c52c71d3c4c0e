#include "study/page_tables.h"

#include <fmt/format.h>

#include <cmath>

namespace sigap::study::html {
namespace {

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

std::string gains_of(const Study& s, const std::vector<Gain>& gains, const std::string& id,
                     const std::string& indonesian, const std::string& english) {
  std::string rows;
  for (const auto& g : gains)
    rows += row({escaped(s.name(g.place)), whole(g.operators), percent(g.answered_within),
                 "+" + decimal(g.more_calls_per_hour, 2), when(clock_of(s.tree, g.place), g.hour)});
  return "<p><b>" + both(indonesian, english) + "</b></p>" +
         table_of(id,
                  {both("Tempat", "Place"), both("operator kini", "operators now"),
                   both("terjawab tepat waktu", "answered in time"),
                   both("satu lagi: panggilan/jam", "one more: calls/hour"), both("pada", "at")},
                  rows, "Satu operator lagi: " + indonesian, "One operator more: " + english);
}

}  // namespace

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

std::string stations(const Study& s) {
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

std::string helpful(const Study& s) {
  if (s.province_gains.empty() && s.station_gains.empty()) return {};
  auto out =
      "<h2>" + both("Di mana satu operator lagi paling menolong", "Where one operator more helps most") + "</h2>";
  out += gains_of(s, s.province_gains, "gain-provinces", "Polda, bersama", "Provinces, each as one");
  out += gains_of(s, s.station_gains, "gain-stations", "Kantor, sendiri", "Stations, each alone");
  return out;
}

}  // namespace sigap::study::html
