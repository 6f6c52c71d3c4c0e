// What telephones speak: a byte a sample, 8000 samples a second. Source: ITU-T G.711.
#pragma once
#include <cstdint>

namespace sigap::recording {

using Sample = std::int16_t;
inline constexpr int kSamplesPerSecond = 8000;

/// Payload types of RTP; source: RFC 3551 table 4.
inline constexpr int kMuLawPayload = 0, kALawPayload = 8;

Sample from_a_law(unsigned char wire);
Sample from_mu_law(unsigned char wire);

}  // namespace sigap::recording
