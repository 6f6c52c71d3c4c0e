#include "adapters/web/device_kind.h"

#include <array>

namespace sigap::web {
namespace {

struct Known {
  std::string_view written, word;
};
// The first that is found: browsers name those that they resemble, too, after themselves or before.
constexpr std::array kBrowsers = {
    Known{"Edg", "Edge"},         Known{"OPR/", "Opera"},    Known{"SamsungBrowser", "Samsung Internet"},
    Known{"Firefox/", "Firefox"}, Known{"FxiOS", "Firefox"}, Known{"CriOS", "Chrome"},
    Known{"Chrome/", "Chrome"},   Known{"Safari/", "Safari"}};
constexpr std::array kSystems = {Known{"iPhone", "iPhone"},   Known{"iPad", "iPad"},     Known{"Android", "Android"},
                                 Known{"Windows", "Windows"}, Known{"CrOS", "ChromeOS"}, Known{"Mac OS X", "macOS"},
                                 Known{"Linux", "Linux"}};

template <class List>
std::string_view first_of(const List& list, std::string_view text) {
  for (const auto& each : list)
    if (text.find(each.written) != std::string_view::npos) return each.word;
  return {};
}

}  // namespace

std::string device_kind(std::string_view user_agent) {
  const auto browser = first_of(kBrowsers, user_agent), system = first_of(kSystems, user_agent);
  std::string words(browser.empty() ? "?" : browser);
  if (!system.empty()) words.append(", ").append(system);
  return words;
}

}  // namespace sigap::web
