// Plays recordings to people: a ticket for one sign-in, and then parts of a WAV file that is made in memory.
//   admit(sign-in, call) -> ticket        hear(sign-in, ticket, range) -> own thread: sealed file -> samples -> bytes
// Invariants: the core's thread never waits here; nothing clear is on the disk; what is kept in memory is the last few
// recordings that somebody listens to, until their tickets are over; a forgotten call's sound is gone at once.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/known_call.h"
#include "ports/vault.h"
#include "ports/web.h"
#include "recording/sound.h"
#include "runtime/worker.h"

namespace sigap::runtime {

class Player {
 public:
  struct Parts {
    std::filesystem::path folder;         ///< of recordings
    std::unique_ptr<ports::Vault> vault;  ///< this thread's own, reading
    std::function<std::string()> fresh;   ///< a name that nobody guesses
    std::function<Instant()> clock;       ///< for tickets; any thread
  };
  explicit Player(Parts parts) : parts_(std::move(parts)) {}

  /// Any thread. A ticket's name, and until when it opens the recording.
  std::pair<std::string, Instant> admit(SessionId session, const core::KnownCall& call);
  /// Any thread; answered on the player's.
  void hear(SessionId session, ports::SoundAsked asked, std::function<void(ports::SoundAnswer)> done);
  /// Any thread: these subjects were forgotten.
  void let_go(std::vector<std::string> subjects);
  /// Any thread: deletes the file of a recording. True also when there is none.
  bool remove(RecordingId recording) const;

  static constexpr Duration kTicket = minutes(30);        ///< to hear a call, with pauses, and again; own
  static constexpr std::size_t kTickets = 1'000;          ///< of the nation at once; the oldest goes; own
  static constexpr std::size_t kPart_bytes = 1U << 20;    ///< of an answer: a minute of two channels
  static constexpr std::size_t kKept_bytes = 256U << 20;  ///< of sound in memory: a few long calls; own
  static constexpr std::size_t kColumns = 1'200;          ///< of the picture: as wide as a screen

 private:
  struct Ticket {
    SessionId session;
    CallId call;
    RecordingId recording;
    Instant until;
  };
  /// What was made of one file.
  struct Made {
    std::string wav, picture;
  };
  std::optional<Ticket> ticket_of(SessionId session, const std::string& name);
  /// Null when it cannot be read.
  std::shared_ptr<const Made> made(const Ticket& ticket);
  ports::SoundAnswer answer(const Ticket& ticket, const ports::SoundAsked& asked);

  Parts parts_;
  std::mutex mutex_;
  std::map<std::string, Ticket> tickets_;
  // The own thread's:
  std::map<RecordingId, std::pair<CallId, std::shared_ptr<const Made>>> kept_;
  std::size_t kept_bytes_ = 0;
  Worker worker_;  ///< last: it stops first
};

/// The form, length and gaps of a recording as JSON: {"from", "milliseconds", "complete", "missing": [{"from", "until",
/// "why"}], "peaks": [[0..255, a column each] of each channel]}; times are milliseconds from its beginning.
std::string picture_of(const recording::Sound& sound, std::size_t columns);

}  // namespace sigap::runtime
