#include "runtime/recordings/player.h"

#include <algorithm>
#include <cstdlib>

#include "keys/locked_bytes.h"

namespace sigap::runtime {
namespace {

using What = ports::SoundAnswer::What;

const char* word_of(recording::Why why) {
  switch (why) {
    case recording::Why::not_written:
      return "not_written";
    case recording::Why::damaged:
      return "damaged";
    case recording::Why::lost:
      return "lost";
    case recording::Why::cut:
      return "cut";
  }
  return "lost";
}

/// The loudest sample of each column, 0 to 255.
std::string peaks_of(const std::vector<recording::Sample>& samples, std::size_t columns) {
  constexpr int kScale = 128;  // of 16 bits, 8 remain
  std::string text = "[";
  for (std::size_t c = 0; c < columns; ++c) {
    int loudest = 0;
    for (auto i = samples.size() * c / columns; i < samples.size() * (c + 1) / columns; ++i)
      loudest = std::max(loudest, std::abs(int{samples[i]}));
    if (c) text += ',';
    text += std::to_string(std::min(loudest / kScale, 255));
  }
  return text + ']';
}

}  // namespace

std::string picture_of(const recording::Sound& sound, std::size_t columns) {
  std::string text =
      "{\"from\":" + std::to_string(sound.from.ms) + ",\"milliseconds\":" + std::to_string(sound.length().ms) +
      ",\"complete\":" + (sound.account.closed && sound.account.missing.empty() ? "true" : "false") + ",\"missing\":[";
  bool first = true;
  for (const auto& gap : sound.account.missing) {
    if (!std::exchange(first, false)) text += ',';
    text += "{\"from\":" + std::to_string((gap.from - sound.from).ms) +
            ",\"until\":" + std::to_string((gap.until - sound.from).ms) + ",\"why\":\"" + word_of(gap.why) + "\"}";
  }
  text += "],\"peaks\":[";
  for (std::size_t c = 0; c < sound.channels.size(); ++c) {
    if (c) text += ',';
    text += peaks_of(sound.channels[c], columns);
  }
  return text + "]}";
}

std::pair<std::string, Instant> Player::admit(SessionId session, const core::KnownCall& call) {
  const auto now = parts_.clock();
  const std::lock_guard lock(mutex_);
  std::erase_if(tickets_, [&](const auto& t) { return t.second.until < now; });
  if (tickets_.size() >= kTickets)
    tickets_.erase(std::ranges::min_element(tickets_, {}, [](const auto& t) { return t.second.until; }));
  auto name = parts_.fresh();
  tickets_[name] = {session, call.call, call.recording, now + kTicket};
  return {std::move(name), now + kTicket};
}

std::optional<Player::Ticket> Player::ticket_of(SessionId session, const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = tickets_.find(name);
  const bool theirs =
      found != tickets_.end() && found->second.session == session && parts_.clock() < found->second.until;
  return theirs ? std::optional(found->second) : std::nullopt;
}

void Player::hear(SessionId session, ports::SoundAsked asked, std::function<void(ports::SoundAnswer)> done) {
  const auto ticket = ticket_of(session, asked.ticket);
  if (!ticket) return done({});
  const bool posted =
      worker_.post([this, ticket = *ticket, asked = std::move(asked), done] { done(answer(ticket, asked)); });
  if (!posted) done({What::busy, "", 0});
}

ports::SoundAnswer Player::answer(const Ticket& ticket, const ports::SoundAsked& asked) {
  const auto it = made(ticket);
  if (!it) return {What::unreadable, "", 0};
  if (asked.picture) return {What::given, it->picture, it->picture.size()};
  if (asked.first >= it->wav.size() || asked.last < asked.first) return {What::unsatisfiable, "", it->wav.size()};
  const auto most = std::min<std::uint64_t>(asked.last - asked.first, kPart_bytes - 1) + 1;
  return {What::given, it->wav.substr(asked.first, most), it->wav.size()};
}

std::shared_ptr<const Player::Made> Player::made(const Ticket& ticket) {
  if (const auto known = kept_.find(ticket.recording); known != kept_.end()) return known->second.second;
  keys::LockedBytes<ports::kRecordingKey_bytes> secret;
  if (!parts_.vault->recording_secret(subject_of(ticket.call).value, ticket.recording, secret.data())) return nullptr;
  const auto sound = recording::sound_of(recording::file_of(parts_.folder, ticket.recording), {secret.data()});
  if (!sound) return nullptr;
  auto fresh = std::make_shared<Made>(Made{recording::wav(*sound), picture_of(*sound, kColumns)});
  // One that is still being written is read anew each time.
  if (!sound->account.closed) return fresh;
  kept_bytes_ += fresh->wav.size();
  if (kept_bytes_ > kKept_bytes) {
    kept_.clear();
    kept_bytes_ = fresh->wav.size();
  }
  kept_[ticket.recording] = {ticket.call, fresh};
  return fresh;
}

void Player::let_go(std::vector<std::string> subjects) {
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(tickets_, [&](const auto& t) {
      return std::ranges::find(subjects, subject_of(t.second.call).value) != subjects.end();
    });
  }
  (void)worker_.post([this, subjects = std::move(subjects)] {
    parts_.vault->let_go(subjects);
    kept_.clear();
    kept_bytes_ = 0;
  });
}

bool Player::remove(RecordingId recording) const {
  std::error_code wrong;
  std::filesystem::remove(recording::file_of(parts_.folder, recording), wrong);
  return !wrong;
}

}  // namespace sigap::runtime
