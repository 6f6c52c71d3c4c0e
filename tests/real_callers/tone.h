// How much of a sound is one tone, for tests.
#pragma once
#include <cmath>
#include <cstdint>
#include <vector>

namespace sigap {

/// 0 to 1: the tone's share of the power of the last `count` samples of 8 kHz; 0 when there are fewer, or silence.
inline double share_of_tone(const std::vector<std::int16_t>& sound, double hertz, std::size_t count = 2'000) {
  if (sound.size() < count) return 0;
  double real = 0, imaginary = 0, power = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double sample = sound[sound.size() - count + i];
    const double angle = 2 * 3.141592653589793 * hertz * static_cast<double>(i) / 8000;
    real += sample * std::cos(angle);
    imaginary += sample * std::sin(angle);
    power += sample * sample;
  }
  constexpr double kSilence = 100 * 100;  // of full scale 32768: less is noise
  if (power < kSilence * static_cast<double>(count)) return 0;
  return 2 * (real * real + imaginary * imaginary) / (static_cast<double>(count) * power);
}

}  // namespace sigap
