// The page's tables: provinces, where one operator more helps most, stations. HTML, in both languages.
#pragma once
#include <string>

#include "study/html.h"

namespace sigap::study::html {

std::string provinces(const Study& study);
/// Empty where nobody more would help.
std::string helpful(const Study& study);
/// Those that had calls, with a field to find one.
std::string stations(const Study& study);

}  // namespace sigap::study::html
