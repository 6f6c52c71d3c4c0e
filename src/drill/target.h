// What a drill is done to: an installation, how the fault falls on it, and whether it is there again.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "drill/path.h"
#include "drill/patience.h"
#include "drill/tally.h"

namespace sigap::drill {

struct Operator {
  std::string login, password;
};

struct Doors {
  Path path;
  std::vector<Operator> operators;
  std::optional<boost::asio::ip::udp::endpoint> ng;  ///< of its media process; nothing: it cannot be asked
  std::filesystem::path data, keys;                  ///< its journal afterwards; empty: it cannot be seen from here
};

class Target {
 public:
  virtual ~Target() = default;
  /// What will be done, for a person, before anything is.
  virtual std::string intent(int waiting, int talking) const = 0;
  /// The server answers, and there are so many operators who may sign in. Refusal: why there will be no drill.
  virtual Result<Doors> open(Patience& patience, int operators) = 0;
  /// May come again when it is back.
  virtual Result<bool> strike() = 0;
  /// The calls on the line, before the fault: for a target whose fault needs them.
  virtual void overhear(std::vector<Overheard>) {}

  /// Whether the fault cuts the operators' consoles off; otherwise they are back when their voices are.
  virtual bool parts_consoles() const { return true; }

  enum class Sight { standing, away, back };
  /// After the fault, again and again; does not wait. Refusal: it will not come back.
  virtual Result<Sight> look() = 0;
  /// From when its return is counted, and what that was: "its start", "the fault".
  virtual Clock::time_point counted_from() const = 0;
  virtual const char* counted_from_what() const = 0;
  /// For how long gaps in the voices are measured before the fault, and at least after it: what a return takes.
  virtual Clock::duration measured() const = 0;
  /// What else was looked at, when all is over.
  virtual std::vector<Finding> findings() { return {}; }
};

}  // namespace sigap::drill
