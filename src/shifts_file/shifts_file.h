// Shifts to be planned, in a table (base/csv.h): `station,from,until,people,needed`, one row a shift, e.g.
// `polres-sleman,2026-12-01T07:00,2026-12-01T15:00,sari budi,3`. Times (base/wall_time.h) are of the station's own
// clock; people are logins, with blanks, line breaks, commas or semicolons between; either of the last two may be
// empty. Capitals in logins and codes are read as small letters: no two people differ by them. A file with mistakes is
// not to be planned from, not even in part.
#pragma once
#include <string>
#include <vector>

#include "core/views/wire.h"

namespace sigap::shifts_file {

struct ShiftsFile {
  struct Line {
    std::int64_t number = 0;
    core::PlanShift shift;
  };
  std::vector<Line> fresh;             ///< to be planned
  std::vector<std::int64_t> standing;  ///< lines whose shift stands already, exactly so
  std::vector<std::string> mistakes;   ///< all of them, "NAME:LINE: reason", in order
};

/// `picture` is the server's local one: stations, people and shifts as they are. Each line is judged as the core will,
/// with the lines above it planned.
ShiftsFile read_shifts(std::string text, const std::string& name, const core::Update& picture, Instant now);

}  // namespace sigap::shifts_file
