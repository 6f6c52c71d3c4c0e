#include "recorder/table.h"

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/overloaded.h"

namespace sigap::recorder {
namespace {

constexpr std::string_view kPortWord = "port ";
constexpr std::size_t kLinesOfOne = 4, kLinesBeside = 1000;  // the file is written anew beyond; own

std::string port_line(std::uint16_t port) {
  return std::string(kPortWord) + std::to_string(port) + '\n';
}

}  // namespace

Result<Table> Table::load(const std::filesystem::path& folder) {
  Table table(folder / "open.txt");
  std::ifstream in(table.file_);
  std::stringstream all;
  all << in.rdbuf();
  auto text = all.str();
  while (const auto line = recording::take_line(text)) {
    if (line->starts_with(kPortWord)) {
      std::uint16_t port = 0;
      std::from_chars(line->data() + kPortWord.size(), line->data() + line->size(), port);
      if (port > 0) table.port_ = port;
    } else if (const auto order = recording::read_order(*line)) {
      std::visit(Overloaded{
                     [&](const recording::Claim& claim) { table.take(claim); },
                     [&](const recording::Close& close) { table.drop(close.recording); },
                     [](const recording::How&) {},
                 },
                 *order);
    }
  }
  if (auto written = table.write_anew(); !written) return tl::unexpected(written.error());
  return table;
}

Table::Table(Table&& other) noexcept
    : file_(std::move(other.file_)),
      appended_to_(std::exchange(other.appended_to_, -1)),
      lines_(other.lines_),
      by_port_(std::move(other.by_port_)),
      keys_(std::move(other.keys_)),
      port_(other.port_) {}

Table::~Table() {
  if (appended_to_ >= 0) ::close(appended_to_);
}

void Table::take(const recording::Claim& claim) {
  std::erase_if(by_port_, [&](const auto& known) {
    const auto& c = known.second;
    return c.recording == claim.recording && c.channel == claim.channel;
  });
  by_port_[claim.port] = claim;
  keys_[claim.recording] = claim.key;
}

void Table::drop(RecordingId recording) {
  std::erase_if(by_port_, [&](const auto& known) { return known.second.recording == recording; });
  keys_.erase(recording);
}

Result<bool> Table::open(const recording::Claim& claim) {
  take(claim);
  return append(recording::to_line(recording::Order{claim}));
}

Result<bool> Table::close(RecordingId recording) {
  if (!keys_.contains(recording)) return true;
  drop(recording);
  return append(recording::to_line(recording::Order{recording::Close{recording}}));
}

Result<bool> Table::set_port(std::uint16_t port) {
  if (port_ == port) return true;
  port_ = port;
  return append(port_line(port));
}

const recording::Claim* Table::of_port(std::uint16_t port) const {
  const auto it = by_port_.find(port);
  return it == by_port_.end() ? nullptr : &it->second;
}

Result<bool> Table::append(const std::string& line) {
  if (++lines_ > kLinesOfOne * by_port_.size() + kLinesBeside) return write_anew();
  if (::write(appended_to_, line.data(), line.size()) != static_cast<ssize_t>(line.size()))
    return refuse("io", "what is being recorded cannot be noted");
  return true;
}

Result<bool> Table::write_anew() {
  const auto fresh = std::filesystem::path(file_).concat(".new");
  const int out = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  std::string text = port_ ? port_line(*port_) : std::string();
  for (const auto& [port, claim] : by_port_) text += recording::to_line(recording::Order{claim});
  const bool written = out >= 0 && ::write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::rename(fresh.c_str(), file_.c_str()) == 0;
  if (!written) {
    if (out >= 0) ::close(out);
    return refuse("io", "what is being recorded cannot be noted in " + file_.string());
  }
  if (appended_to_ >= 0) ::close(appended_to_);
  appended_to_ = out;
  lines_ = by_port_.size() + 1;
  return true;
}

}  // namespace sigap::recorder
