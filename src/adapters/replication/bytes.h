// Numbers and texts as bytes, and back with limits: what the frames between the machines are made of.
//   number: 8 bytes, least significant first     text: its length as a number, then its bytes
// A reader that has run over its end, or read a length beyond it, is bad and yields zeros and empty texts from then on.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace sigap::replication {

class Writer {
 public:
  Writer& number(std::int64_t value) {
    for (int shift = 0; shift < 64; shift += 8)
      bytes_ += static_cast<char>((static_cast<std::uint64_t>(value) >> shift) & 0xff);
    return *this;
  }
  Writer& text(std::string_view value) {
    number(static_cast<std::int64_t>(value.size()));
    bytes_ += value;
    return *this;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : left_(bytes) {}
  std::int64_t number() {
    if (left_.size() < 8) return fail(), 0;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i)
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(left_[i])) << (8 * i);
    left_.remove_prefix(8);
    return static_cast<std::int64_t>(value);
  }
  std::string text() {
    const auto size = number();
    if (size < 0 || static_cast<std::uint64_t>(size) > left_.size()) return fail(), std::string();
    std::string value(left_.substr(0, static_cast<std::size_t>(size)));
    left_.remove_prefix(static_cast<std::size_t>(size));
    return value;
  }
  /// How many things follow, each of at least one number: a count that cannot be true is bad.
  std::int64_t count() {
    const auto n = number();
    if (n < 0 || static_cast<std::uint64_t>(n) > left_.size() / 8) return fail(), 0;
    return n;
  }
  /// All was there, and nothing is left.
  bool complete() const { return good_ && left_.empty(); }

 private:
  void fail() {
    good_ = false;
    left_ = {};
  }
  std::string_view left_;
  bool good_ = true;
};

}  // namespace sigap::replication
