// What the staffing page adds to a page: hours of the week on a place's own clock.
#pragma once
#include <string>

#include "page/html.h"
#include "study/study.h"

namespace sigap::study::html {

using page::both;
using page::decimal;
using page::escaped;
using page::percent;
using page::whole;

/// "Jumat 19.00 WIB", "Friday 19:00 WIB", of an hour of the week in UTC.
std::string when(const Clock& clock, int utc_hour);

/// A week as a curve on the place's own clock. `tone` is a CSS class, `digits` stand after the decimal point.
std::string week_curve(const std::string& title, const std::string& tone, const rules::Week<double>& values,
                       const Clock& clock, int digits = 0);

}  // namespace sigap::study::html
