#include "runtime/followers/history_keeper.h"

#include "ports/journal_chain.h"

namespace sigap::runtime {

HistoryKeeper::HistoryKeeper(std::unique_ptr<ports::ReplicaJournal> journal, std::unique_ptr<codec::Sealer> keys,
                             std::unique_ptr<ports::HistoryStore> store, std::unique_ptr<ports::HistoryReader> reader,
                             std::function<void(const Refusal&)> refused)
    : keys_(std::move(keys)),
      store_(std::move(store)),
      reader_(std::move(reader)),
      follower_("history", std::move(journal), *this, std::move(refused), keys_.get()) {}

void HistoryKeeper::stop() {
  store_->interrupt();
  reader_->interrupt();
  follower_.stop();
}

/// Of a store that is away nothing is known: when it is back, it says that it is elsewhere.
ports::JournalHead HistoryKeeper::head() {
  loaded_ = false;
  auto head = store_->head();
  return head ? *head : ports::JournalHead{0, ports::kChainStart};
}

Result<bool> HistoryKeeper::begin_anew() {
  loaded_ = false;
  return store_->begin_anew();
}

Result<bool> HistoryKeeper::take(const std::vector<core::Event>& events, const ports::JournalHead& head) {
  const auto before = head.position - static_cast<std::int64_t>(events.size());
  if (!loaded_) {
    auto there = store_->head();
    if (!there) return tl::unexpected(there.error());
    if (there->position != before) return refuse("moved", "the history is at " + std::to_string(there->position));
    if (auto loaded = historian_.load(*store_); !loaded) return loaded;
  }
  auto taken = store_->take(historian_.changes_of(events), before, head);
  loaded_ = taken.has_value();
  for (const auto& event : events)
    if (const auto* forgotten = std::get_if<privacy::RecordsForgotten>(&event.body))
      if (keys_) keys_->let_go(subjects_of(forgotten->records));
  return taken;
}

}  // namespace sigap::runtime
