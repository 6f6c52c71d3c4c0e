// What a drill is done to: an installation, how the blow falls on it, and whether it is there again.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sigap/drill/patience.h"
#include "sigap/drill/tally.h"
#include "sigap/drill/way.h"

namespace sigap::drill {

struct Operator {
  std::string login, password;
};

struct Doors {
  Way way;
  std::vector<Operator> operators;
  std::optional<boost::asio::ip::udp::endpoint> ng;  ///< of its media process; nothing: it cannot be asked
  std::filesystem::path data, keys;                  ///< its journal afterwards; empty: it cannot be seen from here
};

class Ground {
 public:
  virtual ~Ground() = default;
  /// What will be done, for a person, before anything is.
  virtual std::string intent(int waiting, int talking) const = 0;
  /// The server answers, and there are so many operators who may sign in. Refusal: why there will be no drill.
  virtual Result<Doors> open(Patience& patience, int operators) = 0;
  virtual Result<bool> strike() = 0;
  /// The calls on the line, before the blow: for a ground whose blow needs them.
  virtual void overhear(std::vector<Overheard>) {}

  /// Whether the blow cuts the operators' consoles off; otherwise they are back when their voices are.
  virtual bool parts_consoles() const { return true; }

  enum class Sight { standing, away, back };
  /// After the blow, again and again; does not wait. Refusal: it will not come back.
  virtual Result<Sight> look() = 0;
  /// From when its return is counted, and what that was: "its start", "the blow".
  virtual Clock::time_point counted_from() const = 0;
  virtual const char* counted_from_what() const = 0;
  /// For how long gaps in the voices are measured before the blow, and at least after it: what a return takes.
  virtual Clock::duration measured() const = 0;
  /// What else was looked at, when all is over.
  virtual std::vector<Finding> findings() const { return {}; }
};

}  // namespace sigap::drill
