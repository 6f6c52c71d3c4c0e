#include "recording/format.h"

#include <cstdio>

#include "recording/layout.h"

namespace sigap::recording {

std::filesystem::path file_of(const std::filesystem::path& folder, RecordingId recording) {
  constexpr std::int64_t kInFolder = 1000;
  return folder / std::to_string(recording.value / kInFolder) / (std::to_string(recording.value) + ".sgr");
}

std::string to_bytes(const SegmentHeader& header) {
  std::string bytes(kSegmentMarker);
  put_number(bytes, kVersion);
  put_number(bytes, static_cast<std::uint16_t>(kSegmentHeader_bytes));
  put_number(bytes, header.recording.value);
  put_number(bytes, header.began.ms);
  return bytes;
}

std::string to_bytes(const ChunkHeader& header) {
  std::string bytes(kChunkMarker);
  put_number(bytes, header.number);
  put_number(bytes, header.flags);
  put_number(bytes, header.size);
  put_number(bytes, header.from.ms);
  put_number(bytes, header.span_ms);
  return bytes;
}

std::optional<SegmentHeader> segment_header(std::string_view bytes) {
  if (bytes.size() < kSegmentHeader_bytes || !bytes.starts_with(kSegmentMarker)) return std::nullopt;
  if (number_at<std::uint16_t>(bytes, 4) != kVersion || number_at<std::uint16_t>(bytes, 6) != kSegmentHeader_bytes)
    return std::nullopt;
  return SegmentHeader{{number_at<std::int64_t>(bytes, 8)}, {number_at<std::int64_t>(bytes, 16)}};
}

std::optional<ChunkHeader> chunk_header(std::string_view bytes) {
  if (bytes.size() < kChunkHeader_bytes || !bytes.starts_with(kChunkMarker)) return std::nullopt;
  ChunkHeader header;
  header.number = number_at<std::uint32_t>(bytes, 4);
  header.flags = number_at<std::uint32_t>(bytes, 8);
  header.size = number_at<std::uint32_t>(bytes, 12);
  header.from = {number_at<std::int64_t>(bytes, 16)};
  header.span_ms = number_at<std::uint32_t>(bytes, 24);
  constexpr std::int64_t kYear9999_ms = 253'402'300'799'999;
  if (header.size < kTag_bytes || header.size > kChunkMax_bytes + kTag_bytes || header.number == 0) return std::nullopt;
  if (header.from.ms < 0 || header.from.ms > kYear9999_ms) return std::nullopt;
  return header;
}

}  // namespace sigap::recording
