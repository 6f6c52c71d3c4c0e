// Programs of somebody else's that are told of alerts, answer them, or report: another app's server. A client is made
// by an administrator, reaches one station and what is below it, and has the scopes that it needs and no other.
// Invariants: its key is shown once and kept sealed (it signs what we send, so it must be readable here); a new key is
// used when a second administrator agreed, and the one before counts on for a while; who is disabled is told nothing
// and may nothing. Signatures: Standard Webhooks 1.0.0 (standardwebhooks.com).
#pragma once
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ids.h"
#include "base/personal.h"
#include "base/time.h"

namespace sigap::clients {

// Enumerations here are written to the journal: do not rename.
/// What a client may.
enum class Scope {
  told,     ///< alerts and incidents of its stations are sent to its address
  answers,  ///< it answers alerts as the unit's own telephone does
  reports,  ///< it opens reports, and asks how its own stand
  personal  ///< what it is told has the exact place, the words and the number in it
};
/// What it is told of.
enum class Topic { alert, incident };

/// Something that it could not be told.
struct Dead {
  std::int64_t event = 0;  ///< the journal's position of what it was about
  Topic topic = Topic::alert;
  IncidentId incident;
  Instant at;  ///< of that event
  auto operator<=>(const Dead&) const = default;
};

/// What is kept, and shown, of those: the newest. The follower's table keeps all. Own.
inline constexpr std::size_t kDeadMost = 50;

struct Client {
  ClientId id;
  std::string name;  ///< 2-32 of [a-z0-9._-]; a program's, not personal data
  StationCode station;
  std::set<Scope> scopes;
  std::set<Topic> topics;
  std::string url;  ///< where it is told; empty: it is not
  bool disabled = true;
  Personal<std::string> key;                        ///< 32 bytes, base64url; none yet: unknown
  std::optional<Personal<std::string>> key_next;    ///< made, and waits for a second administrator
  std::optional<Personal<std::string>> key_before;  ///< counts on until `key_before_until`
  Instant key_before_until;
  std::optional<Instant> used;       ///< when it last asked for something and was let in
  std::optional<Instant> refused;    ///< when it last was not
  std::string refusal;               ///< ... and why
  std::optional<Instant> unreached;  ///< since when it cannot be told
  std::string trouble;               ///< ... and why
  std::vector<Dead> dead;            ///< oldest first
};

/// A report of a client's, so that what is said twice is one.
struct Report {
  ClientId client;
  std::string key;  ///< of the client's own making
};

/// Why this is no name for a client.
std::optional<std::string> name_objection(const std::string& name);
/// Why a client cannot be told at this address.
std::optional<std::string> url_objection(const std::string& url);

}  // namespace sigap::clients
