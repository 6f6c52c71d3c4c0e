// Keeps the index of recordings: a follower of the journal that finds calls for people who look for one, and says which
// recordings are kept too long.
//   events -> notes -> index -> find()
//   each minute: recordings whose term is over -> Hooks::over; files of what is gone -> Hooks::remove
// Invariants: those of journal_follower.h; nothing is remembered but in the index; a file is deleted only after the
// journal says that it is to be.
#pragma once
#include <functional>
#include <memory>

#include "domain/privacy/retention.h"
#include "ports/recording_index.h"
#include "runtime/core_thread.h"
#include "runtime/followers/journal_follower.h"

namespace sigap::runtime {

struct FoundCalls {
  std::vector<core::KnownCall> calls;  ///< the newest first
  bool behind = false;                 ///< what was in the journal when it was asked for is not all read yet
};

class RecordingKeeper final : private ports::Follower {
 public:
  /// Called on the keeper's thread.
  struct Hooks {
    std::function<void(std::vector<CallId>)> over;
    std::function<bool(RecordingId)> remove;                      ///< its file; true also when there is none
    std::function<void(const std::vector<std::string>&)> let_go;  ///< subjects that were forgotten
    std::function<void(const Refusal&)> refused;                  ///< tried again in a minute
  };

  /// Each is this thread's own: `journal` and `lines` opened to be read beside the one that is written, `sealer` to
  /// open why somebody heard a recording.
  RecordingKeeper(std::unique_ptr<ports::ReplicaJournal> journal, std::unique_ptr<ports::Journal> lines,
                  std::unique_ptr<ports::RecordingIndex> index, codec::Sealer& sealer, privacy::Terms terms,
                  Clock clock, Hooks hooks);
  void start() { follower_.start(); }
  void stop() { follower_.stop(); }

  /// Any thread: the journal ends here now.
  void wake(std::int64_t position) { follower_.wake(position); }
  /// Any thread: answered on the keeper's. False when too many questions wait already.
  bool find(ports::RecordingQuery query, std::function<void(FoundCalls)> answer);
  FollowerCondition condition() const { return follower_.condition(); }

  static constexpr std::int64_t kOverMax = 500;  ///< recordings a class and minute; as RecordKeeper::kOverMax

 private:
  ports::JournalHead head() override { return index_->head(); }
  Result<bool> begin_anew() override { return index_->begin_anew(); }
  Result<bool> take(const std::vector<core::Event>& events, const ports::JournalHead& head) override;
  void caught_up() override;
  void open_reasons(core::KnownCall& call);

  std::unique_ptr<ports::Journal> lines_;
  std::unique_ptr<ports::RecordingIndex> index_;
  codec::Sealer& sealer_;
  privacy::Terms terms_;
  Clock clock_;
  Hooks hooks_;
  JournalFollower follower_;
};

}  // namespace sigap::runtime
