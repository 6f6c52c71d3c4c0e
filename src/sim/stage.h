// What all who act in a simulation share: time, chance, the server, and the ways to it.
#pragma once
#include <map>
#include <string>

#include "sim/agenda.h"
#include "sim/random.h"
#include "sim/scenario.h"
#include "sim/server.h"

namespace sigap::sim {

/// How something reaches the server.
enum class Way { sip, media, browser };

struct Stage {
  Stage(const Scenario& of, const Sabotage& sabotage, ServerHooks hooks)
      : scenario(of),
        random(of.seed),
        slowness(~of.seed),
        retention(of.seed + 1),
        without_call(of.seed + 2),
        pages(of.seed + 3),
        partners(of.seed + 4),
        complaints(of.seed + 5),
        server(agenda, now, sabotage, std::move(hooks)) {}

  const Scenario& scenario;
  Random random;
  Random slowness;      ///< of the fault `starved` alone
  Random retention;     ///< of the fault `forgets` alone
  Random without_call;  ///< of incidents that nobody calls about alone
  Random pages;         ///< of pages that call alone
  Random partners;      ///< of another app that answers alerts alone
  Random complaints;    ///< of who complains and answers alone
  Agenda agenda;
  Instant now{1'767'200'400'000};  ///< 2026-01-01T00:00:00+07:00, a midnight in Jakarta
  Instant began = now;
  std::map<std::string, std::int64_t> counts;  ///< what happened, by name
  Server server;
  bool healing = false;  ///< nothing breaks any more, nobody calls
  bool closing = false;  ///< everybody has hung up: operators begin nothing new

  // How likely a message is late, comes twice, or never comes: while such a fault lasts.
  std::int64_t late = 0, doubled = 0, lost = 0;  ///< percent

  void starve(bool on) {
    starved = on;
    server.starve(on ? &slowness : nullptr);
  }
  bool starved = false;

  void after(Duration time, Agenda::What what) { agenda.at(now + time, std::move(what)); }
  Duration elapsed() const { return now - began; }
  bool odd() { return !healing && random.chance(scenario.restless); }

  /// Sends it on its way. What is on the way when the process dies is gone with the connection. `said_again`: somebody
  /// will say it again, so it may be lost. The SIP hand tells each fact of a leg's life once and in order
  /// (ports/telephony.h): those are only late.
  template <class Input>
  void say(Way way, Input input, bool said_again = false) {
    send(way, said_again, [this, life = server.lives(), input = std::move(input)]() mutable {
      if (server.lives() == life) (void)server.deliver(std::move(input));
    });
  }
  /// What a person wants of their screen; they want it again when nothing comes of it.
  template <class Command>
  void ask(SessionId session, Command command) {
    send(Way::browser, true, [this, life = server.lives(), session, command = std::move(command)]() mutable {
      if (server.lives() == life)
        (void)server.deliver(core::CommandAsked{core::SignedIn{session}, std::move(command), "", ""});
    });
  }

 private:
  /// When it arrives, unless it is lost; and when once more.
  struct Arrival {
    Instant first;
    std::optional<Instant> again;
  };
  std::optional<Arrival> arrival(Way way, bool said_again);
  template <class Arrives>
  void send(Way way, bool said_again, Arrives arrives) {
    const auto when = arrival(way, said_again);
    if (!when) return;
    if (when->again) agenda.at(*when->again, Arrives(arrives));
    agenda.at(when->first, std::move(arrives));
  }

  Instant last_sip_;
};

}  // namespace sigap::sim
