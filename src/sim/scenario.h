// What a simulation is to be about: the nation, who sits where and when, who calls, what breaks.
// All numbers are whole, so that a scenario means the same on every machine.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "core/format.h"
#include "domain/stations/station.h"

namespace sigap::sim {

/// A place or a stretch of the nation: a station, a Polda with all below it, or everything.
struct Where {
  StationCode code;  ///< none: the nation
};

/// An operator's seat and the hours of the day in which somebody sits there, by Jakarta's clock (WIB), as all times of
/// a scenario: it begins at a midnight. Every day alike.
struct Seat {
  StationCode station;
  Duration from;  ///< of the day
  Duration lasts = hours(24);
};

/// More calls than usual, in one place for a time.
struct Surge {
  Where where;
  Duration from;  ///< of the scenario
  Duration lasts;
  std::int64_t times = 10;  ///< the usual rate
  bool one_event = false;   ///< all are about the same thing
};

/// One number, spoofed perhaps, that calls without pause.
struct Flood {
  StationCode station;  ///< whose trunk brings it
  Duration from, lasts;
  std::int64_t calls_per_minute = 60;
};

/// A province is cut off: its browsers are gone; with `trunk`, its callers cannot get through either.
struct Outage {
  Where where;
  Duration from, lasts;
  bool trunk = false;
};

/// All operators of a place leave at once, those who follow come this much later.
struct Gap {
  Where where;
  Duration from, lasts;
};

enum class Fault {
  crash_before_append,  ///< what was decided and not durable is gone
  crash_after_append,   ///< it is durable, but nobody heard of it
  disk_full,            ///< nothing can be appended for a while
  clock_jump,           ///< the wall clock is set forward or back, up to two hours
  slow,                 ///< every commit takes seconds for a while
  late,                 ///< messages of hands and browsers come seconds late, in another order
  doubled,              ///< ... or twice, the second long after
  lost,                 ///< ... or never, where somebody will say it again
  browser_dies,
  media_dies,
  media_fails,  ///< two voices cannot be joined
  trunk_flaps,  ///< INVITEs of a station's trunk do not arrive for a while
  province_cut,
  starved,  ///< everything takes ten times as long, pings included, and the server is not looked after for seconds
  forgets   ///< the time of some records is said to be over, of live ones, too
};
inline constexpr int kFaults = 15;
const char* name_of(Fault fault);

struct Mix {
  std::int64_t genuine = 60, ghost = 30, prank = 10;  ///< percent of calls; ghosts say nothing
  std::int64_t silent = 1;                            ///< percent of the genuine who cannot speak, and press 5
};

struct Scenario {
  std::string name = "swarm";
  std::uint64_t seed = 1;
  Duration lasts = minutes(30);  ///< then nobody calls any more, and everything must come to rest
  std::vector<stations::Station> stations;
  std::vector<Seat> seats;
  /// Thousandths of a call an hour, for each hour from the beginning: instead of a_day, hours and weights.
  std::map<StationCode, std::vector<std::int64_t>> rates;
  bool dispatches = true;               ///< help is sent
  bool ring_back = false;               ///< the system itself calls back whom nobody answered
  std::int64_t format = core::kFormat;  ///< of the journal
  std::int64_t officers_per_station = 3;
  std::int64_t calls_a_day = 200'000;
  std::array<std::int64_t, 24> hours{};        ///< weights of the hours of the day
  std::map<StationCode, std::int64_t> weight;  ///< of stations as origin of calls; 1 where nothing is said
  Mix mix;
  Duration talk = seconds(60);          ///< mean, of a genuine call
  Duration nuisance_talk = seconds(8);  ///< mean, of a ghost or prank
  Duration wrap_up = seconds(10);       ///< mean
  Duration patience = seconds(60);      ///< mean, until a caller who hears only the prompt gives up
  Duration reaction = seconds(2);       ///< mean, of an operator at a ring
  std::int64_t inattentive = 1;         ///< percent of rings that an operator misses
  std::int64_t redial = 70;             ///< percent of the genuine who gave up and call again
  std::int64_t located = 30;            ///< percent of calls that bring a place
  std::int64_t restless = 0;  ///< percent: how often people do something odd (hold, transfer, sign out, answer late)
  std::vector<Surge> surges;
  std::vector<Flood> floods;
  std::vector<Outage> outages;
  std::vector<Gap> gaps;
  std::optional<Duration> without_call =
      {};  ///< mean time between two incidents that nobody calls about; none: there are none
  std::optional<Duration> pages = {};  ///< mean time between two pages that call; none: there are none
  std::map<Fault, Duration> faults;    ///< mean time between two of a kind; none: it does not happen
  bool thorough = true;  ///< small worlds: checkers look at everything again and again, screens are compared
};

/// A small nation of two provinces with few operators, and a random part of the faults at random rates (swarm testing:
/// Groce et al. 2012): the whole of it follows from the seed.
Scenario swarm(std::uint64_t seed);

/// About how calls of a day spread over its hours in Jakarta (WIB), rounded: quiet before dawn, most in the evening.
/// Own, after the hourly counts of two American police forces.
std::array<std::int64_t, 24> usual_hours();

}  // namespace sigap::sim
