#include "recording/sound.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "recording/layout.h"

namespace sigap::recording {
namespace {

constexpr std::int64_t kSamplesPerMs = kSamplesPerSecond / 1000;
/// A sender's clock may differ from ours by so much, its packets come late by so much, before its sound is moved to
/// where it came; own: beyond it the two voices of a conversation would no more fit each other.
constexpr Duration kDrift = milliseconds(300);
constexpr std::size_t kStreamsMax = 1000;  ///< senders of one recording; own

struct Rtp {
  bool a_law = false;
  std::uint32_t stamp = 0, sender = 0;
  std::string_view payload;
};

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = number << 8 | static_cast<unsigned char>(bytes[at + i]);
  return number;
}

/// Nothing for what is no G.711.
std::optional<Rtp> read_rtp(std::string_view data) {
  constexpr std::size_t kHeader_bytes = 12;
  if (data.size() < kHeader_bytes || static_cast<unsigned char>(data[0]) >> 6 != 2) return std::nullopt;
  const auto first = static_cast<unsigned char>(data[0]);
  const int payload = static_cast<unsigned char>(data[1]) & 0x7f;
  if (payload != kALawPayload && payload != kMuLawPayload) return std::nullopt;
  Rtp rtp{payload == kALawPayload, big_endian(data, 4), big_endian(data, 8), {}};
  std::size_t at = kHeader_bytes + std::size_t{4} * (first & 0x0fU), end = data.size();
  if ((first & 0x10U) != 0) {  // an extension: its length counts words
    if (at + 4 > end) return std::nullopt;
    at += 4 + std::size_t{4} * (big_endian(data, at) & 0xffffU);
  }
  if ((first & 0x20U) != 0) end -= std::min<std::size_t>(end, static_cast<unsigned char>(data.back()));  // padding
  if (at > end) return std::nullopt;
  rtp.payload = data.substr(at, end - at);
  return rtp;
}

}  // namespace

void Ear::hear(const Packet& packet) {
  const auto rtp = read_rtp(packet.data);
  if (!rtp || packet.channel >= kChannelsMax) {
    ++passed_over_;
    return;
  }
  const auto came = (packet.at - from_).ms * kSamplesPerMs;
  const auto known = streams_.find({packet.channel, rtp->sender});
  auto place = came;
  if (known != streams_.end()) {
    const auto by_its_clock = known->second.place + static_cast<std::int32_t>(rtp->stamp - known->second.stamp);
    if (std::abs(by_its_clock - came) <= kDrift.ms * kSamplesPerMs) place = by_its_clock;
  } else if (streams_.size() >= kStreamsMax) {
    ++passed_over_;
    return;
  }
  place = std::max(std::int64_t{0}, place);
  const auto end = place + static_cast<std::int64_t>(rtp->payload.size());
  if (end > kSoundMax.ms * kSamplesPerMs) {
    too_long_ = true;
    return;
  }
  streams_[{packet.channel, rtp->sender}] = {rtp->stamp, place};
  if (packet.channel >= channels_.size()) channels_.resize(std::size_t{packet.channel} + 1);
  auto& samples = channels_[packet.channel];
  if (static_cast<std::size_t>(end) > samples.size()) samples.resize(static_cast<std::size_t>(end));
  auto to = samples.begin() + place;
  for (const char wire : rtp->payload) {
    const auto code = static_cast<unsigned char>(wire);
    *to++ = rtp->a_law ? from_a_law(code) : from_mu_law(code);
  }
}

std::vector<std::vector<Sample>> Ear::take(Instant until) {
  auto longest = std::clamp<std::int64_t>((until - from_).ms, 0, kSoundMax.ms) * kSamplesPerMs;
  for (const auto& samples : channels_) longest = std::max(longest, static_cast<std::int64_t>(samples.size()));
  for (auto& samples : channels_) samples.resize(static_cast<std::size_t>(longest));
  return std::move(channels_);
}

Duration Sound::length() const {
  return {channels.empty() ? 0 : static_cast<std::int64_t>(channels[0].size()) / kSamplesPerMs};
}

Result<Sound> sound_of(const std::filesystem::path& file, const SecretKey& key) {
  std::optional<Ear> ear;
  Instant first;
  auto account = read(file, key, [&](const Packet& packet) {
    if (!ear) ear.emplace(first = packet.at);
    ear->hear(packet);
  });
  if (!account) return tl::unexpected(account.error());
  Sound sound;
  sound.from = ear ? first : account->from;
  if (!ear) ear.emplace(sound.from);
  sound.channels = ear->take(account->until);
  if (ear->too_long()) return refuse("too_long", "the recording is longer than four hours");
  sound.account = std::move(*account);
  return sound;
}

std::string wav(const Sound& sound) {
  const auto channels = static_cast<std::uint16_t>(sound.channels.size());
  const auto frames = channels ? sound.channels[0].size() : 0;
  const auto frame_bytes = static_cast<std::uint16_t>(channels * sizeof(Sample));
  const auto data_bytes = static_cast<std::uint32_t>(frames * frame_bytes);
  constexpr std::uint32_t kFormatChunk_bytes = 16, kHeadersAfterSize_bytes = 36;
  constexpr std::uint16_t kPcm = 1, kBits = 16;
  std::string out = "RIFF";
  out.reserve(kHeadersAfterSize_bytes + 8 + data_bytes);
  put_number(out, kHeadersAfterSize_bytes + data_bytes);
  out += "WAVEfmt ";
  put_number(out, kFormatChunk_bytes);
  put_number(out, kPcm);
  put_number(out, channels);
  put_number(out, static_cast<std::uint32_t>(kSamplesPerSecond));
  put_number(out, static_cast<std::uint32_t>(kSamplesPerSecond * frame_bytes));
  put_number(out, frame_bytes);
  put_number(out, kBits);
  out += "data";
  put_number(out, data_bytes);
  for (std::size_t i = 0; i < frames; ++i)
    for (const auto& samples : sound.channels) put_number(out, static_cast<std::uint16_t>(samples[i]));
  return out;
}

}  // namespace sigap::recording
