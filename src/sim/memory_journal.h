// A journal in memory that keeps exactly the promises of ports/journal.h, and can be told to fail: an append that is
// refused, or one that was made durable although the process died before it heard of it.
#pragma once
#include "ports/journal.h"
#include "ports/journal_chain.h"

namespace sigap::sim {

class MemoryJournal final : public ports::Journal {
 public:
  enum class NextAppend { works, refused, done_but_unheard };
  void plan(NextAppend next) { next_ = next; }

  Result<ports::JournalHead> append(const std::vector<ports::JournalLine>& lines) override {
    const auto planned = std::exchange(next_, NextAppend::works);
    if (planned == NextAppend::refused) return refuse("io", "planned fault");
    for (auto line : lines) {
      line.hash = ports::next_hash(head().hash, line.body);
      lines_.push_back(std::move(line));
    }
    if (planned == NextAppend::done_but_unheard) return refuse("io", "planned fault");
    return head();
  }
  ports::JournalHead head() const override {
    if (lines_.empty()) return {0, ports::kChainStart};
    return {lines_.back().position, lines_.back().hash};
  }
  Result<ports::JournalHead> read(std::int64_t position,
                                  const std::function<bool(const ports::JournalLine&)>& take) override {
    for (std::size_t i = static_cast<std::size_t>(position - 1); i < lines_.size(); ++i)
      if (!take(lines_[i])) break;
    return head();
  }
  Result<ports::JournalHead> save(const ports::Checkpoint& checkpoint) override {
    checkpoint_ = checkpoint;
    return head();
  }
  std::optional<ports::Checkpoint> newest_checkpoint() override { return checkpoint_; }

 private:
  std::vector<ports::JournalLine> lines_;
  std::optional<ports::Checkpoint> checkpoint_;
  NextAppend next_ = NextAppend::works;
};

}  // namespace sigap::sim
