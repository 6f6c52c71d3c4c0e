#include "recorder/recorder.h"

#include <utility>

namespace sigap::recorder {

Recorder::Recorder(std::filesystem::path folder, std::int64_t reserve_bytes, Table table, Hooks hooks)
    : folder_(std::move(folder)), reserve_bytes_(reserve_bytes), table_(std::move(table)), hooks_(std::move(hooks)) {}

void Recorder::begin(Instant now, std::int64_t free_bytes) {
  free_bytes_ = free_bytes;
  full_ = free_bytes < reserve_bytes_;
  if (!full_) start_all(now);
}

bool Recorder::open(const recording::Claim& claim, Instant now) {
  const auto& known = table_.open_ones();
  if (!known.contains(claim.recording) && known.size() >= kOpenMax) return false;
  // Where it cannot be noted the disk is full, or gone: a death now would end this recording, and nothing else.
  if (!table_.open(claim)) stop_all(now);
  if (!full_ && !writers_.contains(claim.recording)) start_writing(claim.recording, claim.key, now);
  return true;
}

void Recorder::close(RecordingId recording, Instant now) {
  if (const auto it = writers_.find(recording); it != writers_.end()) {
    const bool sealed = it->second.seal(now, true).has_value();
    writers_.erase(it);
    if (!sealed) stop_all(now);
  }
  (void)table_.close(recording);  // not noted: after a death it goes on, and is closed once more
  hooks_.finish(recording);
}

void Recorder::packet(std::uint16_t from_port, Instant came, Instant at, std::string_view data) {
  const auto* claim = table_.of_port(from_port);
  // What came before the claim was said by whoever had the port before.
  if (!claim || came < claim->since) {
    ++unclaimed_;
    return;
  }
  const auto writer = writers_.find(claim->recording);
  if (writer == writers_.end() || !writer->second.put(claim->channel, at, data))
    ++dropped_;
  else
    ++packets_;
}

void Recorder::tick(Instant now) {
  for (auto& [id, writer] : writers_) {
    if (!writer.due(now) || writer.seal(now)) continue;
    stop_all(now);
    return;
  }
}

void Recorder::room(std::int64_t free_bytes, Instant now) {
  free_bytes_ = free_bytes;
  if (!full_ && free_bytes < reserve_bytes_) {
    stop_all(now);
  } else if (full_ && free_bytes >= reserve_bytes_ + kBeyond_bytes && now - failed_ >= kFullAtLeast) {
    told_full(false);
    start_all(now);
  }
}

void Recorder::leave(Instant now) {
  for (auto& [id, writer] : writers_) (void)writer.seal(now);
  writers_.clear();
}

std::vector<recording::Answer> Recorder::greeting() const {
  std::vector<recording::Answer> all;
  for (const auto& [id, key] : table_.open_ones()) all.emplace_back(recording::Has{id});
  all.emplace_back(recording::Full{full_});
  all.emplace_back(recording::Ready{});
  return all;
}

recording::Stands Recorder::stands() const {
  return {static_cast<std::int64_t>(table_.open_ones().size()), packets_, unclaimed_, dropped_, free_bytes_};
}

void Recorder::start_writing(RecordingId recording, const recording::PublicKey& key, Instant now) {
  auto writer = recording::Writer::open(recording::file_of(folder_, recording), recording, key, now);
  if (writer)
    writers_.emplace(recording, std::move(*writer));
  else
    stop_all(now);
}

void Recorder::start_all(Instant now) {
  const auto all = table_.open_ones();
  for (const auto& [id, key] : all)
    if (!full_ && !writers_.contains(id)) start_writing(id, key, now);
}

void Recorder::stop_all(Instant now) {
  failed_ = now;
  leave(now);
  if (!full_) told_full(true);
}

void Recorder::told_full(bool full) {
  full_ = full;
  hooks_.tell(recording::Full{full});
}

}  // namespace sigap::recorder
