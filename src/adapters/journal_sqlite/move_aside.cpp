// A tail that another machine's journal has overtaken: written to a file, then taken out of the chain.
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "adapters/journal_sqlite/journal_sqlite.h"
#include "adapters/journal_sqlite/noted_head.h"
#include "ports/journal_chain.h"
#include "sqlite/statement.h"

namespace sigap::journal_sqlite {
namespace {

using sqlite::Statement;

/// A name that is not taken: aside-FIRST-LAST.jsonl, then aside-FIRST-LAST-2.jsonl ...
std::filesystem::path free_name(const std::filesystem::path& folder, std::int64_t first, std::int64_t last) {
  const auto stem = "aside-" + std::to_string(first) + "-" + std::to_string(last);
  auto file = folder / (stem + ".jsonl");
  for (int n = 2; std::filesystem::exists(file); ++n) file = folder / (stem + "-" + std::to_string(n) + ".jsonl");
  return file;
}

bool write_all(int fd, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const auto n = ::write(fd, text.data() + done, text.size() - done);
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

std::optional<std::string> JournalSqlite::hash_at(std::int64_t position) {
  if (position == 0) return ports::kChainStart;
  Statement row(db_, "SELECT hash FROM events WHERE position = ?");
  row.bind(1, position);
  if (!row.step()) return std::nullopt;
  return row.text(0);
}

Result<std::string> JournalSqlite::move_aside_after(std::int64_t position) {
  const auto end = hash_at(position);
  if (!end) return refuse("io", "there is no position " + std::to_string(position));
  if (position == head_.position) return std::string();
  const auto file = free_name(data_folder_, position + 1, head_.position);
  const int fd = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0) return refuse("io", file.string() + " cannot be written");
  bool written = true;
  auto read_to = read(position + 1, [&](const ports::JournalLine& line) {
    written = write_all(fd, "{\"position\":" + std::to_string(line.position) + ",\"hash\":\"" + line.hash +
                                "\",\"event\":" + line.body + "}\n");
    return written;
  });
  written = ::fsync(fd) == 0 && written;
  ::close(fd);
  if (!read_to) return tl::unexpected(read_to.error());
  if (!written) return refuse("io", file.string() + " cannot be written");
  if (auto deleted = delete_after({position, *end}); !deleted) return tl::unexpected(deleted.error());
  return file.filename().string();
}

Result<bool> JournalSqlite::delete_after(const ports::JournalHead& end) {
  // The note first: a noted head behind the end would look like a cut tail, one before it never does.
  believe_states(false);
  const auto before = std::exchange(head_, end);
  note_head();
  auto deleted = together([&]() -> Result<bool> {
    Statement remove(db_, "DELETE FROM events WHERE position > ?");
    remove.bind(1, end.position).step();
    if (!remove.finished()) return failure("moving a tail aside");
    return seal_line(end);  // it may be in the middle of a batch
  });
  if (!deleted) {
    head_ = before;
    return deleted;
  }
  if (seal_) mark_sealed(head_file_.parent_path());
  unproved_.reset();
  checkpoints_->keep_only(fits_chain());
  return true;
}

}  // namespace sigap::journal_sqlite
