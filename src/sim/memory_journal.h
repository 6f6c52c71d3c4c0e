// A journal in memory that keeps exactly the promises of ports/journal.h, and can be told to fail: an append that is
// refused, one that was made durable although the process died before it heard of it, a disk that is full.
#pragma once
#include <algorithm>
#include <utility>

#include "ports/journal.h"
#include "ports/journal_chain.h"

namespace sigap::sim {

class MemoryJournal final : public ports::Journal {
 public:
  enum class NextAppend { works, refused, done_but_unheard, lost_but_acknowledged };
  void plan(NextAppend next) { next_ = next; }
  void full(bool is) { full_ = is; }
  /// Each durable line, in order.
  void on_line(std::function<void(const ports::JournalLine&)> heard) { heard_ = std::move(heard); }

  Result<ports::JournalHead> append(std::vector<ports::JournalLine> lines) override {
    const auto planned = std::exchange(next_, NextAppend::works);
    if (full_ || planned == NextAppend::refused) return refuse("io", "planned fault");
    if (planned == NextAppend::lost_but_acknowledged) return head();
    for (auto& line : lines) {
      line.hash = ports::next_hash(lines_.empty() ? dropped_hash_ : lines_.back().hash, line.body);
      if (heard_) heard_(line);
      lines_.push_back(std::move(line));
    }
    if (planned == NextAppend::done_but_unheard) return refuse("io", "planned fault");
    return head();
  }
  ports::JournalHead head() const override {
    if (lines_.empty()) return {dropped_, dropped_hash_};
    return {lines_.back().position, lines_.back().hash};
  }
  Result<ports::JournalHead> read(std::int64_t position,
                                  const std::function<bool(const ports::JournalLine&)>& take) override {
    if (position <= dropped_) return refuse("io", "lines before the checkpoint were dropped");
    for (std::size_t i = static_cast<std::size_t>(position - dropped_ - 1); i < lines_.size(); ++i)
      if (!take(lines_[i])) break;
    return head();
  }
  Result<bool> save(const ports::Checkpoint& checkpoint) override {
    if (full_) return refuse("io", "planned fault");
    checkpoint_ = checkpoint;
    return true;
  }
  std::optional<ports::Checkpoint> newest_checkpoint() override { return checkpoint_; }

  /// Forgets the lines before this position: for a run too long for memory.
  void drop_before(std::int64_t position) {
    const auto count =
        std::min(static_cast<std::size_t>(std::max<std::int64_t>(0, position - dropped_ - 1)), lines_.size());
    if (count == 0) return;
    dropped_ = lines_[count - 1].position;
    dropped_hash_ = lines_[count - 1].hash;
    lines_.erase(lines_.begin(), lines_.begin() + static_cast<std::ptrdiff_t>(count));
  }

 private:
  std::vector<ports::JournalLine> lines_;
  std::optional<ports::Checkpoint> checkpoint_;
  std::function<void(const ports::JournalLine&)> heard_;
  std::int64_t dropped_ = 0;
  std::string dropped_hash_ = ports::kChainStart;
  NextAppend next_ = NextAppend::works;
  bool full_ = false;
};

}  // namespace sigap::sim
