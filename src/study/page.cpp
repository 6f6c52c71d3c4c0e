#include <algorithm>
#include <cmath>

#include "study/html.h"
#include "study/page_tables.h"
#include "study/report.h"

namespace sigap::study {
namespace {

using html::both;
using html::decimal;
using html::escaped;
using html::percent;
using html::whole;

constexpr const char* kStyle = R"css(
td:last-child,th:last-child,#stations td:nth-child(2),#stations th:nth-child(2){text-align:left}
.days{grid-column:2;display:grid;grid-template-columns:repeat(7,1fr);font-size:13px;color:var(--dim);text-align:center}
.choose{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:center}
)css";

constexpr const char* kScript = R"js(
const days = { id: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] }
function when(hour, area) {
  const time = page.lang === 'id' ? two(hour % 24) + '.00' : two(hour % 24) + ':00'
  return days[page.lang][Math.floor(hour / 24)] + ' ' + time + ' ' + area.dataset.clock
}
const place = document.querySelector('#place')
function choose() {
  for (const section of document.querySelectorAll('section[data-place]')) section.hidden = section.dataset.place !== place.value
  if (here >= 0) read(here)
}
place.addEventListener('change', choose)
document.querySelector('#find').addEventListener('input', (e) => {
  const word = e.target.value.toLowerCase()
  for (const row of document.querySelectorAll('#stations tbody tr'))
    row.hidden = !row.cells[0].textContent.toLowerCase().includes(word) && !row.cells[1].textContent.toLowerCase().includes(word)
})
choose()
)js";

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
  return page::card(tone, title, whole(rules::most(operators)), note);
}

std::string curves(const Study& s, const StationCode& code, const rules::Need& pooled, const rules::Week<int>& alone,
                   const rules::Week<int>* by_province) {
  const auto clock = clock_of(s.tree, code);
  auto out =
      html::week_curve(both("Panggilan per jam", "Calls an hour"), "calls", pooled.demand.calls_per_hour, clock, 1);
  out += html::week_curve(both("Operator: tiap kantor sendiri", "Operators: each station alone"), "alone",
                          as_curve(alone), clock);
  const auto& province = by_province ? *by_province : pooled.operators;
  out += html::week_curve(both("Operator: tiap polda bersama", "Operators: each province as one"), "province",
                          as_curve(province), clock);
  if (by_province)
    out += html::week_curve(both("Operator: seluruh Indonesia bersama", "Operators: the nation as one"), "nation",
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
  page::Document d;
  d.title_id = "Cukup operator? Sigap 110";
  d.title_en = "Enough operators? Sigap 110";
  d.heading = both("Cukup operator untuk 110?", "Enough operators for 110?");
  d.body = facts(s) + "<div class=\"sums\">" +
           sum("alone", both("Tiap kantor sendiri", "Each station alone"), p.alone, p.alone) +
           sum("province", both("Tiap polda bersama", "Each province as one"), p.by_provinces, p.alone) +
           sum("nation", both("Seluruh Indonesia bersama", "The nation as one"), p.nation.operators, p.alone) +
           "</div><p class=\"dim\">" +
           both("Angka besar: operator yang duduk pada jam yang paling banyak membutuhkannya.",
                "Large figures: operators at the desk in the hour that needs most of them.") +
           "</p>\n" + places(s) + html::provinces(s) + html::helpful(s) + html::stations(s);
  d.foot = both(
      "Erlang-A tepat; cadangan untuk cuti, istirahat dan bencana belum termasuk. Setiap jam dianggap tenang dalam "
      "dirinya: lonjakan dalam satu jam perlu lebih.",
      "Exact Erlang A; leave, breaks and disasters are not in it. Each hour is taken as steady within itself: a surge "
      "inside an hour needs more.");
  d.style = kStyle;
  d.script = kScript;
  return page::document(d);
}

}  // namespace sigap::study
