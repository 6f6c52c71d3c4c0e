#include "adapters/media/prompt_file.h"

#include <array>
#include <cstdint>
#include <fstream>

namespace sigap::media {
namespace {

constexpr std::size_t kHeader_bytes = 24;
constexpr std::uint32_t kMagic = 0x2e736e64;  // ".snd"
constexpr std::uint32_t kAlaw = 27, kRate_hz = 8'000, kMono = 1;

}  // namespace

std::optional<std::string> fault_of_prompt(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return "it cannot be read";
  std::array<char, kHeader_bytes> header{};
  in.read(header.data(), kHeader_bytes);
  const auto word = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(header[4 * at + i]);
    return value;
  };
  if (in.gcount() != kHeader_bytes || word(0) != kMagic) return "it is no .au file";
  if (word(3) != kAlaw || word(4) != kRate_hz || word(5) != kMono) return "it is not A-law, 8 kHz, mono";
  if (!in.seekg(word(1)) || in.get() == std::char_traits<char>::eof()) return "there is no sound in it";
  return {};
}

}  // namespace sigap::media
