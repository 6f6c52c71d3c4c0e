// Where programs of somebody else's are let in (docs/integrating.md): who signs, when, how often; then what they ask
// for becomes a command of theirs, and what became of it an answer.
//   request -> signature, clock, pace, said before? -> job on the core's thread -> CommandAsked -> answer
// Invariants: nothing that is not signed reaches the core; what is said twice by one id is done once, and answered
// alike for as long as its signature would be believed; a flood of one client is refused before the core, by a budget
// of its own. ask() may be called from any thread; all else lives on the core's thread. Sources: Standard
// Webhooks 1.0.0; draft-ietf-httpapi-idempotency-key-header; RFC 9110 (statuses).
#pragma once
#include <deque>
#include <map>
#include <mutex>
#include <string>

#include "ports/vault.h"
#include "ports/web.h"
#include "runtime/core_thread.h"

namespace sigap::runtime {

class ClientDoor {
 public:
  using Done = std::function<void(ports::ClientAnswer)>;

  /// `clock`: the wall's, as clients know it. Any thread.
  ClientDoor(CoreThread& core, ports::Entropy& entropy, std::string public_url, Clock clock);

  /// Any thread; `done` is called once, on any.
  void ask(ports::ClientRequest asked, Done done);

  // Core thread.
  /// When the state is there: who may come.
  void recovered();
  void happened(const std::vector<core::Event>& events);
  /// Says what clients asked for, summed up.
  void tick(Instant now);

  static constexpr std::int64_t kPerSecond = 20;  ///< requests of one client; own
  static constexpr std::int64_t kBurst = 100;     ///< ... after a pause; own
  /// Of one client: as many as its pace allows for while a signature is believed, before and after.
  static constexpr std::size_t kRememberedMost = 12'000;
  static constexpr Duration kToldEvery = seconds(60);  ///< to the journal; own

 private:
  struct Answered {
    std::string said;                           ///< SHA-256 of method, path and body
    std::optional<ports::ClientAnswer> answer;  ///< none: it is being worked on
    Instant at;
  };
  struct Known {
    ClientId id;
    bool disabled = true;
    std::string key, key_before;
    Instant key_before_until;
    double budget = kBurst;
    Instant budget_at;
    std::map<std::string, Answered> answered;  ///< by the request's id
    std::deque<std::pair<Instant, std::string>> order;
    std::int64_t served = 0, refused = 0;
    std::string refusal;
  };

  void note(const clients::Client& client);
  std::optional<ports::ClientAnswer> let_in(const ports::ClientRequest& asked, Known& known, Instant now);
  std::optional<ports::ClientAnswer> said_before(const ports::ClientRequest& asked, Known& known, Instant now);
  void forget_old(Known& known, Instant now);
  void finish(const std::string& client, const std::string& id, bool remember, const ports::ClientAnswer& answer,
              const Done& done);
  void work(const std::string& client, const ports::ClientRequest& asked,
            const std::function<void(ports::ClientAnswer)>& tell);
  void answer_alert(const std::string& client, AlertId alert, const std::string& verb, const std::string& body,
                    const std::function<void(ports::ClientAnswer)>& tell);
  void open_report(const std::string& client, const std::string& id, const std::string& body,
                   const std::function<void(ports::ClientAnswer)>& tell);
  ports::ClientAnswer report(const clients::Client& client, IncidentId id, int status) const;
  ports::ClientAnswer alert(const clients::Client& client, AlertId id) const;
  void submit(const std::string& client, core::Command command, const CoreThread::Answer& answer);

  CoreThread& core_;
  ports::Entropy& entropy_;
  std::string public_url_;
  Clock clock_;
  std::mutex mutex_;
  std::map<std::string, Known> known_;  ///< by the mutex
  Instant told_;
};

}  // namespace sigap::runtime
