// Moments and spans of time. There is deliberately no now() here: time reaches the rules as an argument, so that a
// simulated year and a real second run the very same code.
// Unit: milliseconds. Range: any real date; stays below 2^53 so that a browser reads it exactly.
#pragma once
#include <compare>
#include <cstdint>

namespace sigap {

struct Duration {
  std::int64_t ms = 0;
  auto operator<=>(const Duration&) const = default;
};

constexpr Duration milliseconds(std::int64_t n) {
  return {n};
}
constexpr Duration seconds(std::int64_t n) {
  return {n * 1000};
}
constexpr Duration minutes(std::int64_t n) {
  return {n * 60'000};
}
constexpr Duration hours(std::int64_t n) {
  return {n * 3'600'000};
}

/// A moment in UTC, milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
};

constexpr Instant operator+(Instant at, Duration d) {
  return {at.ms + d.ms};
}
constexpr Instant operator-(Instant at, Duration d) {
  return {at.ms - d.ms};
}
constexpr Duration operator-(Instant a, Instant b) {
  return {a.ms - b.ms};
}
constexpr Duration operator+(Duration a, Duration b) {
  return {a.ms + b.ms};
}

}  // namespace sigap
