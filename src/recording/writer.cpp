#include "recording/writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "recording/layout.h"
#include "recording/reader.h"

namespace sigap::recording {

namespace {

/// Until when a file tells. A recorder that begins anew with a thousand open ones has no time to read them through.
std::optional<Instant> end_of(const std::filesystem::path& file, std::int64_t size) {
  constexpr std::int64_t kTail_bytes = 1 << 16;  // some two seconds of both voices; own
  std::string tail(static_cast<std::size_t>(std::min(size, kTail_bytes)), '\0');
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool whole =
      opened >= 0 && ::pread(opened, tail.data(), tail.size(), size - static_cast<std::int64_t>(tail.size())) ==
                         static_cast<ssize_t>(tail.size());
  if (opened >= 0) ::close(opened);
  for (auto at = tail.find(kChunkMarker); whole && at != std::string::npos; at = tail.find(kChunkMarker, at + 1)) {
    std::optional<ChunkHeader> last;
    auto end = at;
    while (const auto header = chunk_header(std::string_view(tail).substr(end))) {
      last = header;
      end += kChunkHeader_bytes + header->size;
      if (end >= tail.size()) break;
    }
    if (end == tail.size()) return last->until();
  }
  if (const auto account = look(file)) return account->until;
  return std::nullopt;
}

}  // namespace

struct Writer::Segment {
  int file = -1;
  std::int64_t size = 0;  ///< of the file, as far as it is whole
  std::string header;     ///< of the segment, sealed key and all: each chunk is bound to it
  SegmentKey key;
  std::uint32_t sealed = 0;  ///< chunks
  Duration set_back;         ///< by which the clock stands behind the end of the file
  Instant from;              ///< of the open chunk
  std::string plain;         ///< ... its packets
  bool over = false;

  Segment() = default;
  Segment(const Segment&) = delete;
  Segment& operator=(const Segment&) = delete;
  ~Segment() {
    sodium_memzero(plain.data(), plain.size());
    if (file >= 0) ::close(file);
  }

  Result<bool> append(std::string_view bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
      const auto n = ::pwrite(file, bytes.data() + done, bytes.size() - done, size + static_cast<std::int64_t>(done));
      if (n <= 0) {
        over = true;
        (void)!::ftruncate(file, size);  // half a chunk is of no use to anybody
        return refuse("io", "a recording cannot be written");
      }
      done += static_cast<std::size_t>(n);
    }
    size += static_cast<std::int64_t>(bytes.size());
    return true;
  }
};

Writer::Writer(std::unique_ptr<Segment> segment) : segment_(std::move(segment)) {}
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

Result<Writer> Writer::open(const std::filesystem::path& file, RecordingId recording, const PublicKey& key,
                            Instant now) {
  SIGAP_CHECK(sodium_init() >= 0);
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  auto segment = std::make_unique<Segment>();
  segment->file = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (segment->file < 0) return refuse("io", "a recording cannot be opened");
  segment->size = ::lseek(segment->file, 0, SEEK_END);
  if (segment->size > 0)
    if (const auto end = end_of(file, segment->size)) segment->set_back = {std::max(std::int64_t{0}, (*end - now).ms)};
  segment->from = now + segment->set_back;
  segment->header = to_bytes(SegmentHeader{recording, segment->from});
  randombytes_buf(segment->key.data(), crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
  std::string sealed(kSealedKey_bytes, '\0');
  if (crypto_box_seal(bytes_of(sealed), segment->key.data(), crypto_aead_xchacha20poly1305_ietf_KEYBYTES, key.data()) !=
      0)
    return refuse("io", "the key of a recording is no key");
  segment->header += sealed;
  if (auto written = segment->append(segment->header); !written) return tl::unexpected(written.error());
  return Writer(std::move(segment));
}

bool Writer::put(Channel channel, Instant at, std::string_view packet) {
  auto& s = *segment_;
  if (packet.size() > kPacketMax_bytes || s.plain.size() + kRecord_bytes + packet.size() > kChunkMax_bytes)
    return false;
  const auto offset = std::max(std::int64_t{0}, (at + s.set_back - s.from).ms);
  s.plain.push_back(static_cast<char>(channel));
  s.plain.push_back(0);
  put_number(s.plain, static_cast<std::uint16_t>(packet.size()));
  put_number(s.plain, static_cast<std::uint32_t>(offset));
  s.plain += packet;
  return true;
}

bool Writer::due(Instant now) const {
  return now + segment_->set_back - segment_->from >= (segment_->plain.empty() ? kQuietChunk : kChunk);
}

Result<bool> Writer::seal(Instant now, bool last) {
  auto& s = *segment_;
  if (s.over) return refuse("io", "this segment is over");
  ChunkHeader header;
  header.number = ++s.sealed;
  header.flags = last ? kLastChunk : 0;
  header.size = static_cast<std::uint32_t>(s.plain.size() + kTag_bytes);
  header.from = s.from;
  header.span_ms = static_cast<std::uint32_t>(std::max(std::int64_t{0}, (now + s.set_back - s.from).ms));
  auto chunk = to_bytes(header);
  const std::string bound = s.header + chunk;
  const auto head = chunk.size();
  chunk.resize(head + header.size);
  crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(chunk) + head, nullptr, bytes_of(s.plain), s.plain.size(),
                                             bytes_of(bound), bound.size(), nullptr, nonce_of(header.number).data(),
                                             s.key.data());
  sodium_memzero(s.plain.data(), s.plain.size());
  s.plain.clear();
  s.from = header.until();
  s.over = last;
  return s.append(chunk);
}

Result<bool> Writer::sync() {
  if (::fdatasync(segment_->file) != 0) return refuse("io", "a recording cannot be made durable");
  return true;
}

}  // namespace sigap::recording
