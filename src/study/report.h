// A study for people and programs: a table on the terminal, a CSV by hour, and one page that needs nothing else.
#pragma once
#include <string>

#include "study/study.h"

namespace sigap::study {

/// Nation, provinces and the stations that had calls; the nation's week by hour; where one more helps most.
std::string table(const Study& study);

/// CSV (base/csv.h): a row for each hour of the week of each place, on its own clock. What a group does not have is
/// empty.
std::string hours_table(const Study& study);
inline constexpr const char* kHoursColumns =
    "level,code,name,weekday,hour,clock,calls_per_hour,handling_seconds,operators_alone,operators_by_province,"
    "operators_one_nation";  ///< weekday 1 = Monday

/// HTML, Indonesian with an English switch, light and dark; no address in it is fetched.
std::string page(const Study& study);

}  // namespace sigap::study
