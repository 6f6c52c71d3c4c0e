// What callers hear while they wait, looked at before the first of them comes: rtpengine is handed the file's name and
// says nothing of a file that it cannot play.
// Source: the Sun .au header (six big-endian words: magic, offset of the sound, its size, encoding, rate, channels);
// encoding 27 is G.711 A-law, which goes out as it lies there.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace sigap::media {

/// What is wrong with it, in words for a log; nothing when it is G.711 A-law, 8 kHz, mono, and has sound.
std::optional<std::string> fault_of_prompt(const std::filesystem::path& file);

}  // namespace sigap::media
