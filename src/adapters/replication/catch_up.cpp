// The leader's own thread while the standby does not have everything: find where the two journals part, have the
// standby move its tail aside, send what it lacks in chunks, and the last few lines with the append held back.
#include "adapters/replication/replicated_journal.h"

namespace sigap::replication {
namespace {

constexpr std::int64_t kChunkLines = 500, kChunkChanges = 2000;  // a message of about a megabyte; own
constexpr std::size_t kChunk_bytes = 1'048'576;
constexpr std::int64_t kFinalLines = 200;  // so many the core may wait for, about 10 ms; own
constexpr std::chrono::milliseconds kChunkPatience{5000};

/// The last number in [0, most] for which `same` holds; it holds up to one number and for none behind it.
template <class Same>
std::optional<std::int64_t> last_common(std::int64_t most, const Same& same) {
  std::int64_t low = 0, high = most;
  while (low < high) {
    const auto middle = high - (high - low) / 2;
    const std::optional<bool> equal = same(middle);
    if (!equal) return std::nullopt;
    if (*equal)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

}  // namespace

std::optional<Answer> ReplicatedJournal::ask(Request request, std::chrono::milliseconds patience) {
  request.epoch = parts_.lease.epoch();
  auto bytes = standby_.ask(write(request), in(patience));
  auto answer = bytes ? read_answer(*bytes) : Result<Answer>(tl::unexpected(bytes.error()));
  if (answer && !answer->code.empty()) answer = refuse(answer->code, answer->message);
  if (answer) return *answer;
  if (answer.error().code == "fenced") fenced_ = answer.error();
  say_why_not(answer.error());
  return std::nullopt;
}

void ReplicatedJournal::say_why_not(const Refusal& why) {
  auto text = why.message;
  if (why.code == "version")
    text += ": both need the same version (docs/operating/two-machines.md, Upgrading)";
  else if (why.code == "closed")
    text = "it hung up; if it runs, its cluster.key or its master.key is another";
  if (std::exchange(why_not_, text) != text && parts_.told) parts_.told("the other machine does not follow: " + text);
}

bool ReplicatedJournal::catch_up() {
  const auto head_now = [this] {
    const std::lock_guard lock(mutex_);
    return parts_.local.head();
  };
  bool good = find_common_past();
  if (good) state_ = StandbyState::behind;
  for (auto head = head_now(); good && head.position - acknowledged_ > kFinalLines; head = head_now())
    good = send_chunk(head, kChunkPatience);
  {
    const std::lock_guard lock(mutex_);
    const auto head = parts_.local.head();
    // The core waits for this: a standby that stops here must not keep it longer than one that stops elsewhere.
    while (good && !stopping_ && !all_sent(head)) good = send_chunk(head, kSilent);
    if (fenced_) lose(*fenced_);
    good = good && !stopping_ && !why_lost_;
    state_ = good ? StandbyState::in_sync : StandbyState::none;
    if (good) {
      marked_ = true;  // from the next line on, whatever becomes of the question
      heard_ = SteadyClock::now();
      confirm();
    }
  }
  if (!good) return false;
  why_not_.clear();
  checkpoints_.begin_again();
  if (auto newest = parts_.reader.newest_checkpoint()) checkpoints_.offer(std::move(*newest));
  return true;
}

bool ReplicatedJournal::find_common_past() {
  Request hello;
  hello.ask = Ask::hello;
  const auto there = ask(hello, kSilent);
  if (!there) return false;
  standby_name_ = there->node;
  ports::JournalHead ours;
  {
    const std::lock_guard lock(mutex_);
    ours = parts_.local.head();
  }
  const auto same_line = [&](std::int64_t position) -> std::optional<bool> {
    Request question;
    question.ask = Ask::hash_at;
    question.position = position;
    const auto answer = ask(question, kChunkPatience);
    if (!answer) return std::nullopt;
    return !answer->hash.empty() && answer->hash == parts_.reader.hash_at(position);
  };
  const auto same_change = [&](std::int64_t number) -> std::optional<bool> {
    Request question;
    question.ask = Ask::vault_epoch_at;
    question.change = number;
    const auto answer = ask(question, kChunkPatience);
    if (!answer) return std::nullopt;
    return answer->change_epoch == parts_.rows.epoch_of(number);
  };
  std::optional<std::int64_t> position = there->position;
  if (there->position > ours.position || parts_.reader.hash_at(there->position) != there->hash)
    position = last_common(std::min(there->position, ours.position), same_line);
  std::optional<std::int64_t> change = there->change;
  if (parts_.rows.epoch_of(there->change) != there->change_epoch)
    change = last_common(std::min(there->change, parts_.rows.last().number), same_change);
  if (!position || !change) return false;
  // Two journals that never were one have no common vault either: their changes are alike by chance.
  if (*position == 0 && there->position > 0) change = 0;
  if (*position < there->position || *change < there->change) return cut_to(*position, *change);
  acknowledged_ = *position;
  change_ = *change;
  return true;
}

bool ReplicatedJournal::cut_to(std::int64_t position, std::int64_t change) {
  Request cut;
  cut.ask = Ask::cut;
  cut.position = position;
  cut.change = change;
  const auto standing = ask(cut, kChunkPatience);
  if (!standing || standing->position != position || standing->change > change) return false;
  acknowledged_ = standing->position;
  change_ = standing->change;
  return true;
}

bool ReplicatedJournal::all_sent(const ports::JournalHead& head) {
  return acknowledged_ == head.position && change_ == parts_.rows.last().number;
}

bool ReplicatedJournal::send_chunk(const ports::JournalHead& until, std::chrono::milliseconds patience) {
  Request chunk;
  chunk.ask = Ask::batch;
  chunk.changes = parts_.rows.changes_after(change_, kChunkChanges);
  // Keys before the lines that they seal: lines travel when no change is left to send.
  if (chunk.changes.empty()) {
    chunk.position = acknowledged_;
    chunk.hash = parts_.reader.hash_at(acknowledged_).value_or("");
    std::size_t size = 0;
    auto read = parts_.reader.read(acknowledged_ + 1, [&](const ports::JournalLine& line) {
      if (line.position > until.position) return false;
      size += line.body.size();
      chunk.lines.push_back(line);
      return size < kChunk_bytes && static_cast<std::int64_t>(chunk.lines.size()) < kChunkLines;
    });
    if (!read || chunk.lines.empty()) return false;
  }
  const auto changes = change_ + static_cast<std::int64_t>(chunk.changes.size());
  const auto lines = acknowledged_ + static_cast<std::int64_t>(chunk.lines.size());
  const auto answer = ask(std::move(chunk), patience);
  if (!answer || answer->position != lines || answer->change != changes) return false;
  acknowledged_ = lines;
  change_ = changes;
  return true;
}

}  // namespace sigap::replication
