#include "runtime/voice/page_signalling.h"

#include <algorithm>

#include "sdp/browser.h"

namespace sigap::runtime {
namespace {

constexpr std::string_view kFirstLine = "Sigap-Page: 1";

/// "Name: value"
std::string_view field(std::string_view text, std::string_view name) {
  const auto begin = text.find("\r\n" + std::string(name) + ": ");
  if (begin == std::string_view::npos) return {};
  const auto value = text.substr(begin + name.size() + 4);
  return value.substr(0, value.find("\r\n"));
}

}  // namespace

std::vector<ports::LegRecord> take_page_legs(std::vector<ports::LegRecord>& records) {
  const auto taken = std::ranges::stable_partition(
      records, [](const ports::LegRecord& record) { return !is_page_leg(record.leg.value); });
  std::vector<ports::LegRecord> of_pages(taken.begin(), taken.end());
  records.erase(taken.begin(), taken.end());
  return of_pages;
}

std::string page_caller(std::string_view page_hash) {
  return "page:" + std::string(page_hash);
}

std::string write(const PageSignalling& s) {
  auto text = std::string(kFirstLine) + "\r\nToken-SHA256: " + s.token_hash + "\r\nPage-SHA256: " + s.page_hash;
  if (s.number) text += "\r\nNumber: yes";
  return text + "\r\n\r\n" + s.sdp;
}

Result<PageSignalling> read_page_signalling(std::string_view text) {
  const auto end = text.find("\r\n\r\n");
  if (!text.starts_with(kFirstLine) || end == std::string_view::npos)
    return refuse("unreadable", "not what a page's call brought");
  const auto head = text.substr(0, end);
  PageSignalling s{std::string(field(head, "Token-SHA256")), std::string(field(head, "Page-SHA256")),
                   std::string(text.substr(end + 4)), !field(head, "Number").empty()};
  if (s.token_hash.empty() || s.page_hash.empty() || !sdp::read_browser(s.sdp))
    return refuse("unreadable", "not what a page's call brought");
  return s;
}

}  // namespace sigap::runtime
