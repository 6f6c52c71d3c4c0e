// Names of things: strong types, so that a call is never passed where an officer is meant.
// Numbers are handed out by the core, one counter a kind, starting at 1; 0 means "none". Handles that come from outside
// (a leg of the SIP hand, a station's code) are strings. All are ordered, so containers keyed by them iterate the same
// way on every machine.
#pragma once
#include <algorithm>
#include <bit>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string>

namespace sigap {

template <class Tag>
struct NumberId {
  std::int64_t value = 0;
  auto operator<=>(const NumberId&) const = default;
  explicit operator bool() const { return value != 0; }
};

template <class Tag>
struct CodeId {
  std::string value;
  bool operator==(const CodeId&) const = default;
  /// As their texts. Most codes of one kind begin alike and differ soon after: eight characters at a time.
  std::strong_ordering operator<=>(const CodeId& o) const {
    const auto common = std::min(value.size(), o.value.size());
    if (common < kStep) return value <=> o.value;
    for (std::size_t i = 0;; i += kStep) {
      const auto at = std::min(i, common - kStep);  // the last step overlaps what is equal already
      const auto mine = eight_of(value, at), other = eight_of(o.value, at);
      if (mine != other) return mine <=> other;
      if (at + kStep == common) return value.size() <=> o.value.size();
    }
  }
  explicit operator bool() const { return !value.empty(); }

 private:
  static constexpr std::size_t kStep = sizeof(std::uint64_t);
  /// Eight characters, in an order that is theirs.
  static std::uint64_t eight_of(const std::string& text, std::size_t at) {
    std::uint64_t eight;
    std::memcpy(&eight, text.data() + at, sizeof eight);
    return std::endian::native == std::endian::little ? __builtin_bswap64(eight) : eight;
  }
};

using CallId = NumberId<struct CallTag>;          ///< one citizen's call, from arrival to its outcome
using OfferId = NumberId<struct OfferTag>;        ///< one ring of one call at one operator
using IncidentId = NumberId<struct IncidentTag>;  ///< what happened; its number is the citizen's report number
using AlertId = NumberId<struct AlertTag>;  ///< one alert of one unit for one incident, and the assignment it becomes
using TaskId = NumberId<struct TaskTag>;    ///< something that a person must still close
using PersonId =
    NumberId<struct PersonTag>;  ///< operator, officer, supervisor or administrator; an officer on duty is a unit
using SessionId = NumberId<struct SessionTag>;              ///< one sign-in of one person
using MessageId = NumberId<struct MessageTag>;              ///< one text message sent to a citizen
using ApprovalId = NumberId<struct ApprovalTag>;            ///< what waits for a second administrator
using SignInRefusalId = NumberId<struct SignInRefusalTag>;  ///< refused sign-ins of one minute, one person, one address
using ShiftId = NumberId<struct ShiftTag>;                  ///< some people at one station from one moment to another
using ReviewId = NumberId<struct ReviewTag>;                ///< one handled call that is looked at for its quality
using RecordingId = NumberId<struct RecordingTag>;          ///< the recording of one call: one file at the media's host
using ClientId = NumberId<struct ClientTag>;                ///< a program of somebody else's: another app's server
using CaseId = NumberId<struct CaseTag>;                    ///< one complaint, until it is answered and over
using EffectId = NumberId<struct EffectTag>;   ///< something a hand must do: the position of the event that caused it
using CallerRef = NumberId<struct CallerTag>;  ///< a caller's number behind an erasable keyed hash; never the number

using StationCode = CodeId<struct StationTag>;  ///< e.g. "polres-sleman"
using RegencyCode = CodeId<struct RegencyTag>;  ///< Indonesian regency code, e.g. "34.04"
using TrunkName = CodeId<struct TrunkTag>;      ///< a configured SIP trunk
using LegId =
    CodeId<struct LegTag>;  ///< a caller's leg at the SIP hand and at the media: 32 hex digits, made by the hand

}  // namespace sigap
