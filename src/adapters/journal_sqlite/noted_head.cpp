#include "adapters/journal_sqlite/noted_head.h"

#include <fstream>
#include <sstream>

namespace sigap::journal_sqlite {
namespace {

/// Not the seal of a line: else whoever reads the journal could note any of its lines as the head.
std::string sealed(const ports::JournalHead& head, const ports::JournalSeal& seal) {
  return seal({"head", std::to_string(head.position), head.hash});
}

}  // namespace

NotedHead read_note(const std::filesystem::path& file) {
  NotedHead noted;
  std::string line;
  std::ifstream in(file);
  std::getline(in, line);
  std::istringstream words(line);
  words >> noted.head.position >> noted.head.hash >> noted.seal;
  if (noted.head.position < 1 || noted.head.hash.empty()) return {};
  return noted;
}

void write_note(const std::filesystem::path& file, const ports::JournalHead& head, const ports::JournalSeal& seal) {
  const auto fresh = file.string() + ".new";
  std::ofstream(fresh) << head.position << ' ' << head.hash << (seal ? ' ' + sealed(head, seal) : "") << '\n';
  std::error_code error;
  std::filesystem::rename(fresh, file, error);
}

bool is_ours(const NotedHead& noted, const ports::JournalSeal& seal) {
  return noted.head.position > 0 && noted.seal == sealed(noted.head, seal);
}

}  // namespace sigap::journal_sqlite
