#include "sim/stage.h"

namespace sigap::sim {
namespace {

/// A message's usual time on its way: a process beside us, rtpengine beside us, a browser in a district's network.
Duration usual(Random& random, Way way) {
  switch (way) {
    case Way::sip:
      return random.between(milliseconds(1), milliseconds(4));
    case Way::media:
      return random.between(milliseconds(2), milliseconds(30));
    case Way::browser:
      return random.between(milliseconds(10), milliseconds(150));
  }
  return {};
}

}  // namespace

std::optional<Stage::Arrival> Stage::arrival(Way way, bool said_again) {
  auto time = usual(random, way);
  if (starved) time.ms *= 10;
  if (lost && said_again && random.chance(lost)) return ++counts["fault.lost"], std::nullopt;
  if (late && random.chance(late)) {
    ++counts["fault.late"];
    time = time + random.between(milliseconds(100), seconds(12));
  }
  Arrival when{now + time, std::nullopt};
  if (way == Way::sip) when.first = last_sip_ = std::max(last_sip_, when.first);
  if (doubled && way != Way::sip && random.chance(doubled)) {
    ++counts["fault.doubled"];
    when.again = now + time + random.between(milliseconds(1), seconds(30));
  }
  return when;
}

}  // namespace sigap::sim
