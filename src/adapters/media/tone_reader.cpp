#include "adapters/media/tone_reader.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sigap::media {
namespace {

constexpr std::array<double, 8> kTones_hz = {697, 770, 852, 941, 1209, 1336, 1477, 1633};
constexpr const char* kKeys = "123A456B789C*0#D";

/// Each tone's least amplitude of 32768: about -40 dB of full scale, below what Q.24 asks of a receiver.
constexpr double kLeast = 300;
/// Of a tone over the others of its group, in power: 8 dB. Speech is broader.
constexpr double kAbove = 6.3;
/// Between the two tones, in power: 8 dB either way (Q.24 allows 4 to 8).
constexpr double kTwist = 6.3;
/// Of the block's energy that the two tones must hold. Speech has more besides.
constexpr double kShare = 0.75;

double coefficient(std::size_t tone) {
  return 2 * std::cos(2 * std::numbers::pi * kTones_hz[tone] / 8000);
}

const std::array<double, 8> kCoefficients = [] {
  std::array<double, 8> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = coefficient(i);
  return all;
}();

/// The strongest of a group of four; nothing when another comes near.
std::optional<std::size_t> peak(const std::array<double, 8>& powers, std::size_t first) {
  std::size_t best = first;
  for (std::size_t i = first; i < first + 4; ++i)
    if (powers[i] > powers[best]) best = i;
  for (std::size_t i = first; i < first + 4; ++i)
    if (i != best && powers[i] * kAbove > powers[best]) return std::nullopt;
  return best;
}

}  // namespace

char ToneReader::block_says() const {
  std::array<double, 8> powers{};  // |X|^2; of a sine of amplitude A it is (A N / 2)^2
  for (std::size_t i = 0; i < powers.size(); ++i) {
    const auto& [last, before] = tones_[i];
    powers[i] = last * last + before * before - kCoefficients[i] * last * before;
  }
  const auto low = peak(powers, 0), high = peak(powers, 4);
  if (!low || !high) return 0;
  const double row = powers[*low], column = powers[*high], n = kBlock;
  const double least = kLeast * n / 2 * kLeast * n / 2;
  if (row < least || column < least) return 0;
  if (row > column * kTwist || column > row * kTwist) return 0;
  if ((row + column) * 2 / n < kShare * energy_) return 0;
  return kKeys[*low * 4 + *high - 4];
}

std::optional<char> ToneReader::hear(Sample sample) {
  for (std::size_t i = 0; i < tones_.size(); ++i) {
    auto& [last, before] = tones_[i];
    const double next = sample + kCoefficients[i] * last - before;
    before = last;
    last = next;
  }
  energy_ += static_cast<double>(sample) * sample;
  if (++samples_ < kBlock) return std::nullopt;
  const char says = block_says();
  tones_ = {};
  energy_ = 0;
  samples_ = 0;
  blocks_ = says == seen_ ? blocks_ + 1 : 1;
  seen_ = says;
  if (!says) {
    if (blocks_ >= kBlocksLetGo) told_ = 0;
    return std::nullopt;
  }
  if (blocks_ != kBlocksOfAKey || says == told_) return std::nullopt;
  told_ = says;
  return says;
}

}  // namespace sigap::media
