#include <string>
#include <vector>

#include "base/check.h"
#include "base/csv.h"
#include "base/rfc3339.h"
#include "base/service_urn.h"
#include "base/wall_time.h"
#include "targets.h"

namespace sigap::fuzz {
namespace {

const std::vector<csv::Column> kColumns = {{"station", false}, {"time", true}, {"people", true}};

}  // namespace

bool table(std::string_view input) {
  std::string written = "station,time,people\n";
  std::vector<std::vector<std::string>> rows;
  csv::Reader reader{std::string(input), kColumns};
  std::int64_t line = 0;
  while (const auto row = reader.next()) {
    SIGAP_CHECK(row->line >= line);
    line = row->line;
    if (!row->wrong.empty()) continue;
    SIGAP_CHECK(row->cells.size() == kColumns.size() && !row->cells[0].empty());
    for (const auto& cell : row->cells) {
      SIGAP_CHECK(cell.size() <= csv::kCellMax);
      (void)csv::read_number(cell);
      (void)csv::read_whole(cell);
      (void)csv::free_text(cell);
      (void)read_wall_time(cell);
      (void)read_rfc3339(cell);
      (void)service_urn(cell);
    }
    rows.push_back(row->cells);
    written += csv::line_of(row->cells);
  }
  csv::Reader again{written, kColumns};
  for (const auto& cells : rows) {
    const auto row = again.next();
    SIGAP_CHECK(row && row->wrong.empty() && row->cells == cells);
  }
  SIGAP_CHECK(!again.next());
  return !rows.empty();
}

}  // namespace sigap::fuzz
