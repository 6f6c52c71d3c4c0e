// The people and things around the engine in a simulation: who calls, who answers, what breaks. One step at a time.
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "codec/event_codec.h"
#include "runtime/engine.h"
#include "sim/checkers.h"
#include "sim/hands.h"
#include "sim/memory_journal.h"
#include "sim/random.h"
#include "sim/screens.h"
#include "sim/simulation.h"

namespace sigap::sim {

/// Seals nothing: personal values stand in the open in this journal, which never leaves memory.
class OpenSealer final : public codec::Sealer {
 public:
  std::string seal(std::string_view, std::string_view, std::string_view plain) override { return std::string(plain); }
  std::optional<std::string> open(std::string_view, std::string_view, std::string_view sealed) override {
    return std::string(sealed);
  }
};

class World {
 public:
  explicit World(const Scenario& scenario);
  void chaos_step();
  void heal_step();
  /// The callers who are left give up.
  void everybody_hangs_up();
  /// After the heal phase.
  void check_rest();

  Instant now() const { return now_; }
  bool broken() const { return !checkers_.violation().empty(); }
  Report report() const;

 private:
  void start();
  void crash(bool durable);
  void feed(std::vector<core::Input> inputs);
  void show(const std::vector<core::Event>& events);
  std::vector<core::Input> carried_out(const std::vector<core::Effect>& effects);
  core::CallArrives arrival();
  void operator_acts(const people::Operator& op, std::vector<core::Input>& out);
  void desk_acts(SessionId session, std::vector<core::Input>& out);
  void officer_acts(PersonId officer, std::vector<core::Input>& out);
  void keys_pressed(std::vector<core::Input>& out);
  void heal_operator(const people::Operator& op, std::vector<core::Input>& out);
  core::Input asks(SessionId session, core::Command command);
  PersonId pick_person(const std::vector<PersonId>& people) {
    return people[static_cast<std::size_t>(random_.below(static_cast<std::int64_t>(people.size())))];
  }

  Scenario scenario_;
  Random random_;
  MemoryJournal journal_;
  OpenSealer sealer_;
  Checkers checkers_;
  Screens screens_;
  std::unique_ptr<runtime::Engine> engine_;
  Instant now_{1'767'225'600'000};  // 2026-01-01T00:00:00Z
  std::vector<PersonId> operators_, officers_;
  PersonId chief_;
  std::vector<core::Input> late_;  ///< said before, may be heard again
  std::int64_t calls_made_ = 0;
  std::map<std::string, std::int64_t> counts_;
  Hands hands_{random_, counts_};
};

}  // namespace sigap::sim
