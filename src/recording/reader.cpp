#include "recording/reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "base/check.h"
#include "recording/layout.h"

namespace sigap::recording {
namespace {

/// Pieces of a file that may be of any size and may change while it is read.
class Pieces {
 public:
  explicit Pieces(int file, std::int64_t size) : file_(file), size_(size) {}
  ~Pieces() { ::close(file_); }
  Pieces(const Pieces&) = delete;
  Pieces& operator=(const Pieces&) = delete;

  std::int64_t size() const { return size_; }
  /// At most `bytes` of it; fewer at the end. Good until the next call.
  std::string_view at(std::int64_t place, std::size_t bytes) {
    if (place >= size_) return {};
    const auto wanted = std::min(bytes, static_cast<std::size_t>(size_ - place));
    if (place < begin_ || place + static_cast<std::int64_t>(wanted) > begin_ + static_cast<std::int64_t>(piece_.size()))
      load(place, std::max(wanted, kPiece_bytes));
    const auto skip = static_cast<std::size_t>(place - begin_);
    return std::string_view(piece_).substr(std::min(skip, piece_.size()), wanted);
  }

 private:
  static constexpr std::size_t kPiece_bytes = 1 << 18;

  void load(std::int64_t place, std::size_t bytes) {
    piece_.resize(std::min(bytes, static_cast<std::size_t>(size_ - place)));
    begin_ = place;
    std::size_t done = 0;
    while (done < piece_.size()) {
      const auto n =
          ::pread(file_, piece_.data() + done, piece_.size() - done, place + static_cast<std::int64_t>(done));
      if (n <= 0) break;
      done += static_cast<std::size_t>(n);
    }
    if (done < piece_.size()) {  // it was cut meanwhile
      piece_.resize(done);
      size_ = place + static_cast<std::int64_t>(done);
    }
  }

  int file_;
  std::int64_t size_;
  std::int64_t begin_ = 0;
  std::string piece_;
};

/// Walks over the file once; proves chunks when there is a key, believes plausible ones when there is none.
class Walk {
 public:
  Walk(Pieces& pieces, const SecretKey* key, const std::function<void(const Packet&)>* heard)
      : pieces_(pieces), key_(key), heard_(heard) {
    if (key_) crypto_scalarmult_base(public_.data(), key_->bytes);
  }

  Result<Account> go() {
    std::int64_t place = 0;
    while (place < pieces_.size() && wasted_ <= wasted_max()) {
      const auto step = segment(place) + chunk(place);
      if (step > 0)
        place += step;
      else
        pass_over(place);
    }
    account_.bytes = pieces_.size();
    if (wasted_ > wasted_max()) return refuse("invalid", "this is made to be no recording");
    if (account_.segments == 0 && !named_.any) return refuse("invalid", "this is no recording");
    if (account_.segments == 0) return refuse("wrong_key", "this key opens nothing of the recording");
    if (account_.chunks == 0) {
      account_.recording = begun_.header.recording;
      account_.from = account_.until = named_.any ? named_.from : begun_.header.began;
    }
    if (named_.any && named_.until > account_.until) {
      miss(account_.until, named_.until, cut_ ? Why::cut : Why::damaged);
      account_.until = named_.until;
    } else if (!account_.closed) {
      account_.missing.push_back({account_.until, account_.until, Why::cut});
    }
    return std::move(account_);
  }

 private:
  /// How many bytes it took; 0: there is none here.
  std::int64_t segment(std::int64_t place) {
    const auto bytes = pieces_.at(place, kSegmentHeader_bytes);
    const auto header = segment_header(bytes);
    if (!header || (account_.chunks > 0 && header->recording != account_.recording)) return 0;
    in_segment_ = !key_ || crypto_box_seal_open(segment_key_.data(), bytes_of(bytes.substr(24)), kSealedKey_bytes,
                                                public_.data(), key_->bytes) == 0;
    // One that is damaged, or sealed to another key: its chunks cannot be proved, and their spans become a gap.
    if (!in_segment_) name(header->began, header->began);
    account_.segments += in_segment_;
    account_.closed = false;
    begun_ = {*header, junk_ || !in_segment_};
    junk_ = !in_segment_;
    number_ = 0;
    bound_.assign(bytes);
    return static_cast<std::int64_t>(kSegmentHeader_bytes);
  }

  std::int64_t chunk(std::int64_t place) {
    const auto header = chunk_header(pieces_.at(place, kChunkHeader_bytes));
    if (!header || header->number <= number_) return 0;
    if (account_.chunks > 0 && header->from < account_.until) return 0;
    const auto whole = pieces_.at(place, kChunkHeader_bytes + header->size);
    const bool all = whole.size() == kChunkHeader_bytes + header->size;
    if (!all || !in_segment_ || (key_ && !prove(*header, whole))) {
      cut_ = !all;
      name(header->from, header->until());
      return 0;
    }
    if (!key_ && !plausible(place + static_cast<std::int64_t>(whole.size()))) return 0;
    goes_on(*header);
    if (key_) tell(*header);
    return static_cast<std::int64_t>(kChunkHeader_bytes + header->size);
  }

  /// A chunk that is proved, and with it the header of its segment: whatever lies before it is known now.
  void goes_on(const ChunkHeader& header) {
    if (account_.chunks++ == 0) {
      account_.recording = begun_.header.recording;
      account_.from = account_.until = named_.any ? std::min(named_.from, begun_.header.began) : begun_.header.began;
    }
    if (number_ == 0) {
      // Before it was begun nobody wrote, unless what lies there is no more what was written.
      miss(account_.until, begun_.header.began, begun_.after_junk ? Why::damaged : Why::not_written);
      account_.until = std::max(account_.until, begun_.header.began);
    }
    miss(account_.until, header.from, junk_ ? Why::damaged : Why::lost);
    junk_ = false;
    number_ = header.number;
    account_.until = header.until();
    account_.closed = header.last();
  }

  bool prove(const ChunkHeader& header, std::string_view whole) {
    wasted_ += header.size;
    std::string bound = bound_;
    bound += whole.substr(0, kChunkHeader_bytes);
    plain_.resize(header.size - kTag_bytes);
    const bool good = crypto_aead_xchacha20poly1305_ietf_decrypt(
                          bytes_of(plain_), nullptr, nullptr, bytes_of(whole) + kChunkHeader_bytes, header.size,
                          bytes_of(bound), bound.size(), nonce_of(header.number).data(), segment_key_.data()) == 0;
    if (good) wasted_ -= header.size;
    return good;
  }

  /// What cannot be proved names a span. It is believed where nothing else says what is missing, at the file's ends,
  /// and only when it goes on from where the last one ended.
  void name(Instant from, Instant until) {
    if (!named_.any && account_.chunks == 0) {
      named_ = {true, from, until};
    } else if (from == std::max(named_.until, account_.until) && until - from < hours(1)) {
      named_.any = true;
      named_.until = until;
    }
  }

  /// A file in which everything looks like a chunk and nothing is one must not take for ever.
  std::int64_t wasted_max() const { return 4 * pieces_.size() + (std::int64_t{64} << 20); }

  /// What follows a chunk is a chunk, a segment, or the end.
  bool plausible(std::int64_t next) {
    const auto marker = pieces_.at(next, kMarker_bytes);
    return marker.empty() || marker == kChunkMarker || marker == kSegmentMarker;
  }

  void tell(const ChunkHeader& header) {
    std::string_view rest = plain_;
    while (rest.size() >= kRecord_bytes) {
      const std::size_t size = number_at<std::uint16_t>(rest, 2);
      if (rest.size() < kRecord_bytes + size) break;
      Packet packet;
      packet.channel = static_cast<unsigned char>(rest[0]);
      packet.at = header.from + milliseconds(number_at<std::uint32_t>(rest, 4));
      packet.data = rest.substr(kRecord_bytes, size);
      ++account_.packets;
      if (*heard_) (*heard_)(packet);
      rest.remove_prefix(kRecord_bytes + size);
    }
  }

  /// To the next thing that looks like one of ours.
  void pass_over(std::int64_t& place) {
    junk_ = true;
    account_.closed = false;  // somebody wrote after its end
    for (++place; place < pieces_.size();) {
      constexpr std::size_t kStep_bytes = 1 << 16;
      const auto piece = pieces_.at(place, kStep_bytes);
      const auto found = std::min(piece.find(kChunkMarker), piece.find(kSegmentMarker));
      if (found != std::string_view::npos) {
        place += static_cast<std::int64_t>(found);
        return;
      }
      if (piece.size() < kStep_bytes) {
        place = pieces_.size();
        return;
      }
      place += static_cast<std::int64_t>(piece.size() - (kMarker_bytes - 1));  // a marker may stand across the edge
    }
  }

  void miss(Instant from, Instant until, Why why) {
    if (until <= from) return;
    auto& missing = account_.missing;
    if (missing.size() < kMissingMax)
      missing.push_back({from, until, why});
    else
      missing.back().until = until;
  }

  Pieces& pieces_;
  const SecretKey* key_;
  const std::function<void(const Packet&)>* heard_;
  PublicKey public_{};
  SegmentKey segment_key_;
  std::string bound_;  ///< the header of the segment that we are in
  std::string plain_;
  std::uint32_t number_ = 0;  ///< of the chunk before
  struct {
    SegmentHeader header;
    bool after_junk = false;
  } begun_;  ///< the segment that we are in; proved with its first chunk
  bool in_segment_ = false;
  bool junk_ = false;  ///< since the chunk before: bytes that are nothing of ours
  bool cut_ = false;   ///< the last of those that could not be proved is longer than the file
  struct {
    bool any = false;
    Instant from, until;
  } named_;                  ///< by headers that could not be proved
  std::int64_t wasted_ = 0;  ///< bytes that were to be proved and could not be
  Account account_;
};

Result<Account> walk(const std::filesystem::path& file, const SecretKey* key,
                     const std::function<void(const Packet&)>* heard) {
  SIGAP_CHECK(sodium_init() >= 0);
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (opened < 0) return refuse(errno == ENOENT ? "gone" : "io", "there is no such recording, or it cannot be read");
  struct stat facts;
  if (::fstat(opened, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    ::close(opened);
    return refuse("invalid", "this is no recording");
  }
  Pieces pieces(opened, facts.st_size);
  return Walk(pieces, key, heard).go();
}

}  // namespace

Duration Account::missing_in_all() const {
  Duration all;
  for (const auto& gap : missing) all = all + (gap.until - gap.from);
  return all;
}

Result<Account> read(const std::filesystem::path& file, const SecretKey& key,
                     const std::function<void(const Packet&)>& heard) {
  return walk(file, &key, &heard);
}

Result<std::string> sha256_of(const std::filesystem::path& file) {
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (opened < 0) return refuse(errno == ENOENT ? "gone" : "io", "there is no such recording, or it cannot be read");
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::string piece(std::size_t{1} << 18, '\0');
  ssize_t n = 0;
  while ((n = ::read(opened, piece.data(), piece.size())) > 0)
    crypto_hash_sha256_update(&state, bytes_of(piece), static_cast<std::size_t>(n));
  ::close(opened);
  if (n < 0) return refuse("io", "a recording cannot be read");
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  std::string text(2 * digest.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  text.pop_back();
  return text;
}

Result<Account> look(const std::filesystem::path& file) {
  return walk(file, nullptr, nullptr);
}

}  // namespace sigap::recording
