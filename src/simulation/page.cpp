#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>

#include "page/html.h"
#include "simulation/report.h"

namespace sigap::simulation {
namespace {

using page::both;
using page::decimal;
using page::escaped;
using page::percent;
using page::whole;

/// More steps than a screen has points for say nothing.
constexpr std::size_t kStepsMax = 480;

constexpr const char* kStyle = R"css(
.bar{display:flex;height:34px;border-radius:6px;overflow:hidden;border:1px solid var(--line)}
.bar span{min-width:1px}
.t0{background:#2f7d4b}.t1{background:#3b7ea1}.t2{background:#7a5fb0}.t3{background:#a8742a}.t4{background:#a33d4b}
.key{display:flex;flex-wrap:wrap;gap:4px 18px;margin:8px 0;padding:0;list-style:none}
.key i{display:inline-block;width:14px;height:14px;border-radius:3px;margin-right:6px;vertical-align:-2px}
.hours{grid-column:2;display:flex;justify-content:space-between;font-size:13px;color:var(--dim)}
.good{--tone:var(--nation)}.bad{--tone:var(--alone)}.mid{--tone:var(--province)}
footer{overflow-wrap:anywhere}
td.share{background:linear-gradient(to right,var(--line) var(--part),transparent var(--part)) no-repeat}
)css";

constexpr const char* kScript = R"js(
function when(step, area) {
  const minutes = step * area.dataset.minutes, day = Math.floor(minutes / 1440), m = minutes % 1440
  const name = day ? (page.lang === 'id' ? 'hari ' : 'day ') + (day + 1) + ', ' : ''
  return name + two(Math.floor(m / 60)) + (page.lang === 'id' ? '.' : ':') + two(m % 60) + ' WIB'
}
)js";

/// Minutes of the run, several to a step where there are too many: sums or the highest.
std::vector<double> steps(const std::vector<sim::Minute>& minutes, std::size_t per, bool highest,
                          const std::function<double(const sim::Minute&)>& value) {
  std::vector<double> out;
  for (std::size_t i = 0; i < minutes.size(); ++i) {
    if (i % per == 0) out.push_back(0);
    out.back() =
        highest ? std::max(out.back(), value(minutes[i])) : out.back() + value(minutes[i]) / static_cast<double>(per);
  }
  return out;
}

std::string curve(const char* tone, const std::string& title, std::vector<double> values, std::size_t per, int digits) {
  constexpr int kMarks = 4;
  const auto end = static_cast<std::int64_t>(values.size() * per);
  std::string axis = "<div class=\"hours\" aria-hidden=\"true\">";
  for (int i = 0; i <= kMarks; ++i)
    axis += fmt::format("<span>{:02}:{:02}</span>", end * i / kMarks / 60 % 24, end * i / kMarks % 60);
  return page::curve(
      {title, tone, digits, std::move(values), 10, "", axis + "</div>", fmt::format("data-minutes=\"{}\"", per)});
}

std::string sums(const sim::Report& report) {
  const auto& n = report.results.nation;
  using page::card;
  const auto five = share(n.within_5, n.offered), ten = share(n.within_10, n.offered);
  return "<div class=\"sums\">" +
         card("calls", both("Panggilan masuk", "Calls offered"), whole(n.offered),
              both("semua, juga yang putus", "all, also those that hung up")) +
         card(five >= 0.95 ? "good" : "bad", both("Terjawab dalam 5 detik", "Answered within 5 s"), percent(five),
              both("sasaran 95 %", "goal 95 %")) +
         card(ten >= 0.99 ? "good" : "bad", both("Terjawab dalam 10 detik", "Answered within 10 s"), percent(ten),
              both("sasaran 99 %", "goal 99 %")) +
         card(n.lost ? "mid" : "good", both("Putus sebelum dijawab", "Hung up before an answer"), whole(n.lost),
              percent(share(n.lost, n.offered)) + both(", masing-masing menjadi tugas", ", each became a task")) +
         card(report.genuine_answered == report.genuine ? "good" : "mid",
              both("Yang perlu bantuan dan terlayani", "Needed help and were served"),
              percent(share(report.genuine_answered, report.genuine)),
              whole(report.genuine_answered) + both(" dari ", " of ") + whole(report.genuine) +
                  both(", dalam panggilan ini atau ulangannya", ", in this try or a later one")) +
         "</div>\n";
}

std::string levels(const sim::Service& n) {
  const std::string names[] = {both("kantor sendiri", "home station"), both("meja polda", "province's desk"),
                               both("provinsi yang sama", "same province"), both("Mabes", "headquarters"),
                               both("provinsi lain", "another province")};
  std::string bar, key;
  for (std::size_t i = 0; i < n.tier.size(); ++i) {
    const auto part = share(n.tier[i], n.answered);
    if (n.tier[i]) bar += fmt::format("<span class=\"t{}\" style=\"width:{:.2f}%\"></span>", i, 100 * part);
    key += fmt::format("<li><i class=\"t{}\"></i>{} {}</li>", i, names[i], percent(part));
  }
  return "<h2>" + both("Di mana dijawab", "Where they were answered") +
         "</h2><div class=\"bar\" aria-hidden=\"true\">" + bar + "</div><ul class=\"key\">" + key + "</ul>\n";
}

std::string province_table(const std::vector<Province>& all) {
  std::string rows;
  const auto cell = [](double part) {
    return fmt::format("<td class=\"share\" style=\"--part:{:.1f}%\">{}</td>", 100 * part, percent(part));
  };
  for (const auto& p : all) {
    const auto& s = p.service;
    rows +=
        "<tr><th scope=\"row\">" + escaped(p.name) + "</th><td>" + whole(s.offered) + "</td>" +
        cell(share(s.within_5, s.offered)) + cell(share(s.within_10, s.offered)) + cell(share(s.within_20, s.offered)) +
        "<td>" + whole(s.lost) + "</td><td>" +
        decimal(static_cast<double>(s.waited_ms) / 1000 / static_cast<double>(std::max<std::int64_t>(1, s.answered)),
                1) +
        "</td>" + cell(1 - share(s.tier[0] + s.tier[1] + s.tier[2], s.answered)) + "</tr>\n";
  }
  const auto head = [](const std::string& title) { return "<th scope=\"col\">" + title + "</th>"; };
  return "<h2>" + both("Per provinsi, yang terburuk dahulu", "By province, the worst first") +
         "</h2><div class=\"scroll\" tabindex=\"0\"><table><thead><tr>" + head(both("Polda", "Province")) +
         head(both("Masuk", "Offered")) + head("5 s") + head("10 s") + head("20 s") + head(both("Putus", "Lost")) +
         head(both("Tunggu rata-rata, detik", "Mean wait, s")) +
         head(both("Dijawab di luar provinsi", "Answered outside")) + "</tr></thead><tbody>\n" + rows +
         "</tbody></table></div>\n";
}

std::string counts(const std::string& title, const std::map<std::string, std::int64_t>& all) {
  std::string rows;
  for (const auto& [name, n] : all)
    rows += "<tr><th scope=\"row\">" + escaped(name) + "</th><td>" + whole(n) + "</td></tr>\n";
  return "<h2>" + title + "</h2><div class=\"scroll\" tabindex=\"0\"><table><tbody>\n" + rows +
         "</tbody></table></div>\n";
}

std::string document(const sim::Scenario& scenario, const sim::Report& report) {
  auto minutes = report.results.minutes;
  const auto used = static_cast<std::size_t>(scenario.lasts.ms / 60'000);
  minutes.resize(std::max<std::size_t>(1, std::min(minutes.size(), used)));  // not the quiet after it
  const auto per = (minutes.size() + kStepsMax - 1) / kStepsMax;
  const auto line = [&](const char* tone, const std::string& title, bool highest, int digits,
                        const std::function<double(const sim::Minute&)>& value) {
    return curve(tone, title, steps(minutes, per, highest, value), per, digits);
  };
  std::string out =
      "<p>" +
      both("Simulasi seluruh Indonesia dengan aturan yang sama seperti yang melayani: ",
           "A simulation of the nation on the very rules that serve: ") +
      whole(static_cast<std::int64_t>(scenario.stations.size())) + both(" kantor, ", " stations, ") +
      whole(static_cast<std::int64_t>(scenario.seats.size())) +
      both(" kursi operator, benih ", " operators' seats, seed ") + std::to_string(scenario.seed) + ". " +
      (report.violation.empty() ? both("Semua aturan ditepati.", "Every rule held.")
                                : "<b class=\"alone\">" + both("Aturan dilanggar: ", "A rule was broken: ") +
                                      escaped(report.violation) + "</b>") +
      "</p>\n";
  out += sums(report);
  out += "<h2>" + both("Dari waktu ke waktu", "Over time") + "</h2><p class=\"dim\">" +
         both("Geser penunjuk di atas kurva, atau tombol panah", "Move over a curve, or use the arrow keys") + "</p>\n";
  out += line("calls", both("Panggilan masuk per menit", "Calls offered a minute"), false, 1,
              [](const auto& m) { return static_cast<double>(m.offered); });
  out += line("alone", both("Penelepon yang menunggu", "Callers waiting"), true, 0,
              [](const auto& m) { return static_cast<double>(m.waiting); });
  out += line("province", both("Tunggu terlama, detik", "Longest wait, seconds"), true, 0,
              [](const auto& m) { return static_cast<double>(m.longest_ms) / 1000; });
  out += line("nation", both("Operator siap", "Operators ready"), false, 0,
              [](const auto& m) { return static_cast<double>(m.ready); });
  out += line("alone", both("Putus sebelum dijawab per menit", "Hung up before an answer, a minute"), false, 1,
              [](const auto& m) { return static_cast<double>(m.lost); });
  out += levels(report.results.nation);
  const auto all = provinces(scenario, report);
  const auto apart = spread(all);
  if (!apart.least_name.empty())
    out += "<p>" + both("Terjawab dalam 10 detik: dari ", "Answered within 10 s: from ") + percent(apart.least) + " (" +
           escaped(apart.least_name) + ") " + both("sampai ", "to ") + percent(apart.greatest) + " (" +
           escaped(apart.greatest_name) + ").</p>\n";
  out += province_table(all);
  out += counts(both("Apa yang terjadi", "What happened"), report.counts);
  out += counts(both("Berapa kali tiap aturan diuji", "How often each rule was tried"), report.checked);
  page::Document d;
  d.title_id = d.title_en = scenario.name + " - Sigap 110";
  d.heading = escaped(scenario.name);
  d.body = out;
  d.foot = both("Jejak", "Trace") + " " + report.trace_hash;
  d.style = kStyle;
  d.script = kScript;
  return page::document(d);
}

}  // namespace

Result<bool> write_page(const sim::Scenario& scenario, const sim::Report& report, const std::filesystem::path& file) {
  std::ofstream out(file);
  out << document(scenario, report);
  if (!out.flush()) return refuse("io", "cannot write " + file.string());
  return true;
}

}  // namespace sigap::simulation
