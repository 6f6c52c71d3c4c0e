#include "figures/tables.h"

#include <algorithm>
#include <array>

namespace sigap::figures {
namespace {

constexpr auto kInteger = ColumnKind::integer;
constexpr auto kMoment = ColumnKind::moment;
constexpr auto kText = ColumnKind::text;

constexpr std::array kCallResults = {"waiting", "answered", "hung_up", "refused", "cut_off"};
constexpr std::array kAlertResults = {"open", "acknowledged", "missed", "declined", "called_off"};
constexpr std::array kWorkKinds = {"ready", "handling"};

template <class Enum, std::size_t N>
std::string name_in(const std::array<const char*, N>& names, Enum value) {
  return names[static_cast<std::size_t>(value)];
}
template <class Enum, std::size_t N>
Enum value_in(const std::array<const char*, N>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return static_cast<Enum>(found == names.end() ? 0 : found - names.begin());
}

constexpr Column kDay = {"day", kInteger, "days since 1970-01-01 on the station's clock"};
constexpr Column kStation = {"station", kText, "code of the station"};

std::vector<Column> with_counts(std::vector<Column> columns) {
  for (std::size_t i = 0; i < kCounts; ++i) columns.push_back({kCountNames[i], kInteger, kCountMeanings[i]});
  return columns;
}

std::vector<Table> make_tables() {
  return {
      {"stations",
       "the stations, as they are now",
       1,
       false,
       false,
       false,
       {{"station", kText, "code"},
        {"name", kText, "as people say it"},
        {"level", kText, "mabes, polda or polres"},
        {"parent", kText, "code of the station above; empty: none"},
        {"zone", kText, "IANA name of its time zone"}}},
      {"people",
       "where each person works, as it is now: numbers, no names",
       1,
       false,
       false,
       false,
       {{"person", kInteger, "number of the person"}, {"station", kText, "code of the station"}}},
      {"calls",
       "citizens' calls; test calls and calls of ours are left out",
       2,
       false,
       true,
       true,
       {{"arrived", kMoment, "when it arrived"},
        {"call", kInteger, "number of the call"},
        {"station", kText, "its home when the waiting was over"},
        {"hours_east", kInteger, "of that station's clock"},
        {"result", kText, "waiting, answered, hung_up, refused, cut_off"},
        {"answered_ms", kInteger, "after the arrival: an operator took it"},
        {"connected_ms", kInteger, "after the arrival: the voices were joined"},
        {"ended_ms", kInteger, "after the arrival: it was over"},
        {"handled_ms", kInteger, "operators were on it, wrap-up included"},
        {"taken", kMoment, "since when an operator is on it"},
        {"short_ring", kInteger, "1: hung up within 5 s"},
        {"urgent", kInteger, "1: went before others"},
        {"returns", kInteger, "how often it came back to the queue"},
        {"transferred", kInteger, "1: given to another station"},
        {"outcome", kText, "genuine, information, complaint, silent, prank, duplicate; empty: none yet"},
        {"caller", kInteger, "erasable reference of the number", true},
        {"cell_latitude_e2", kInteger, "hundredths of a degree, about 1 km", true},
        {"cell_longitude_e2", kInteger, "hundredths of a degree, about 1 km", true},
        {"open", kInteger, "1: more may become of it"}}},
      {"incidents",
       "what happened, with a call or without",
       2,
       false,
       true,
       true,
       {{"opened", kMoment, "when it was opened"},
        {"incident", kInteger, "number of the incident, the citizen's report number"},
        {"call", kInteger, "number of the call; 0: nobody called"},
        {"began", kMoment, "when that call arrived; else when it was opened"},
        {"station", kText, "where it was opened"},
        {"hours_east", kInteger, "of that station's clock"},
        {"incident_type", kText, "kind of incident"},
        {"priority", kText, "p1, p2, p3"},
        {"dispatched_ms", kInteger, "after began: the first alert was raised"},
        {"arrived_ms", kInteger, "after began: the first unit was on the scene"},
        {"closed_ms", kInteger, "after opened: a person closed it"},
        {"answer", kText, "with which it was closed"},
        {"cell_latitude_e2", kInteger, "hundredths of a degree, about 1 km", true},
        {"cell_longitude_e2", kInteger, "hundredths of a degree, about 1 km", true},
        {"open", kInteger, "1: more may become of it"}}},
      {"alerts",
       "units that were asked to go",
       2,
       false,
       true,
       true,
       {{"raised", kMoment, "when it was raised"},
        {"alert", kInteger, "number of the alert"},
        {"incident", kInteger, "number of the incident"},
        {"station", kText, "of the incident"},
        {"hours_east", kInteger, "of that station's clock"},
        {"unit", kInteger, "number of the officer"},
        {"step", kInteger, "place in the chain"},
        {"result", kText, "open, acknowledged, missed, declined, called_off"},
        {"acknowledged_ms", kInteger, "after it was raised"},
        {"on_scene_ms", kInteger, "after it was raised"},
        {"done_ms", kInteger, "after it was raised"},
        {"open", kInteger, "1: more may become of it"}}},
      {"work",
       "stretches of operators in one state",
       2,
       false,
       true,
       true,
       {{"from_at", kMoment, "since when"},
        {"person", kInteger, "number of the operator"},
        {"until_at", kMoment, "until when"},
        {"station", kText, "of the operator"},
        {"hours_east", kInteger, "of that station's clock"},
        {"kind", kText, "ready or handling"},
        {"open", kInteger, "1: it goes on"}}},
      {"hours", "counts by hour and station", 3, true, false, false,
       with_counts({kDay, {"hour", kInteger, "0 to 23 on the station's clock"}, kStation})},
      {"days", "the same by whole days", 2, true, false, false, with_counts({kDay, kStation})},
      {"spreads",
       "how many durations of each length, by day and station",
       4,
       true,
       false,
       false,
       {kDay,
        kStation,
        {"measure", kText, "answer, handling, dispatch, acknowledgement, arrival"},
        {"seconds", kInteger, "no longer than this, and longer than the step below"},
        {"times", kInteger, "how many"}}},
  };
}

/// Writes the cells of a row in the order of its columns.
struct RowWriter {
  Row row;
  RowWriter& add(std::int64_t value) { return push(value); }
  RowWriter& add(bool value) { return push(std::int64_t{value}); }
  RowWriter& add(int value) { return push(std::int64_t{value}); }
  RowWriter& add(Instant value) { return push(value.ms); }
  RowWriter& add(Duration value) { return push(value.ms); }
  RowWriter& add(const std::string& value) { return push(value); }
  RowWriter& add(const StationCode& value) { return push(value.value); }
  template <class Tag>
  RowWriter& add(NumberId<Tag> value) {
    return push(value.value);
  }
  template <class T>
  RowWriter& add(const std::optional<T>& value) {
    return value ? add(*value) : push(std::monostate{});
  }
  RowWriter& add(const std::optional<Cell>& cell) {
    if (!cell) return push(std::monostate{}).push(std::monostate{});
    return push(cell->latitude_e2).push(cell->longitude_e2);
  }
  RowWriter& push(Value value) {
    row.push_back(std::move(value));
    return *this;
  }
};

/// Reads them in the same order.
struct RowReader {
  const Row& row;
  std::size_t at = 0;
  std::int64_t number() {
    const auto* value = std::get_if<std::int64_t>(&row[at++]);
    return value ? *value : 0;
  }
  bool yes() { return number() != 0; }
  std::string text() {
    const auto* value = std::get_if<std::string>(&row[at++]);
    return value ? *value : "";
  }
  template <class T>
  std::optional<T> maybe() {
    const auto* value = std::get_if<std::int64_t>(&row[at++]);
    return value ? std::optional(T{*value}) : std::nullopt;
  }
  std::optional<Cell> cell() {
    const auto latitude = maybe<Duration>(), longitude = maybe<Duration>();
    if (!latitude || !longitude) return std::nullopt;
    return Cell{latitude->ms, longitude->ms};
  }
};

std::optional<CallerRef> known(CallerRef caller) {
  return caller ? std::optional(caller) : std::nullopt;
}

}  // namespace

const Table& table(TableId id) {
  static const std::vector<Table> kAll = make_tables();
  return kAll[static_cast<std::size_t>(id)];
}

Row row_of(const StationFact& f) {
  return RowWriter{}.add(f.station).add(f.name).add(f.level).add(f.parent).add(f.zone).row;
}
Row row_of(const PersonFact& f) {
  return RowWriter{}.add(f.person).add(f.station).row;
}
Row row_of(const CallFact& f) {
  RowWriter w;
  w.add(f.arrived).add(f.call).add(f.station).add(f.hours_east).add(name_in(kCallResults, f.result));
  w.add(f.answered).add(f.connected).add(f.ended).add(f.handled).add(f.taken).add(f.short_ring).add(f.urgent);
  w.add(f.returns).add(f.transferred).add(f.outcome).add(known(f.caller)).add(f.cell).add(!f.closed);
  return w.row;
}
Row row_of(const IncidentFact& f) {
  RowWriter w;
  w.add(f.opened).add(f.incident).add(f.call).add(f.began).add(f.station).add(f.hours_east).add(f.incident_type);
  w.add(f.priority).add(f.dispatched).add(f.arrived).add(f.closed).add(f.answer).add(f.cell).add(!f.archived);
  return w.row;
}
Row row_of(const AlertFact& f) {
  RowWriter w;
  w.add(f.raised).add(f.alert).add(f.incident).add(f.station).add(f.hours_east).add(f.unit).add(f.step);
  w.add(name_in(kAlertResults, f.result)).add(f.acknowledged).add(f.on_scene).add(f.done).add(!f.over);
  return w.row;
}
Row row_of(const WorkFact& f) {
  RowWriter w;
  w.add(f.from).add(f.person).add(f.until).add(f.station).add(f.hours_east).add(name_in(kWorkKinds, f.kind));
  return w.add(!f.until).row;
}
Row row_of(const HourKey& key, const Counts& counts) {
  RowWriter w;
  w.add(key.hour.day).add(key.hour.hour).add(key.station);
  for (const auto n : counts) w.add(n);
  return w.row;
}
Row row_of(const DayKey& key, const Counts& counts) {
  RowWriter w;
  w.add(key.day).add(key.station);
  for (const auto n : counts) w.add(n);
  return w.row;
}
Row row_of(const SpreadKey& key, std::int64_t times) {
  return RowWriter{}
      .add(key.day)
      .add(key.station)
      .add(std::string(kMeasureNames[static_cast<std::size_t>(key.measure)]))
      .add(key.seconds)
      .add(times)
      .row;
}

StationFact station_of(const Row& row) {
  RowReader r{row};
  StationFact f;
  f.station = {r.text()};
  f.name = r.text();
  f.level = r.text();
  f.parent = {r.text()};
  f.zone = r.text();
  return f;
}
PersonFact person_of(const Row& row) {
  RowReader r{row};
  PersonFact f;
  f.person = {r.number()};
  f.station = {r.text()};
  return f;
}
CallFact call_of(const Row& row) {
  RowReader r{row};
  CallFact f;
  f.arrived = {r.number()};
  f.call = {r.number()};
  f.station = {r.text()};
  f.hours_east = static_cast<int>(r.number());
  f.result = value_in<CallResult>(kCallResults, r.text());
  f.answered = r.maybe<Duration>();
  f.connected = r.maybe<Duration>();
  f.ended = r.maybe<Duration>();
  f.handled = {r.number()};
  f.taken = r.maybe<Instant>();
  f.short_ring = r.yes();
  f.urgent = r.yes();
  f.returns = r.number();
  f.transferred = r.yes();
  f.outcome = r.text();
  f.caller = r.maybe<CallerRef>().value_or(CallerRef{});
  f.cell = r.cell();
  f.closed = !r.yes();
  return f;
}
IncidentFact incident_of(const Row& row) {
  RowReader r{row};
  IncidentFact f;
  f.opened = {r.number()};
  f.incident = {r.number()};
  f.call = {r.number()};
  f.began = {r.number()};
  f.station = {r.text()};
  f.hours_east = static_cast<int>(r.number());
  f.incident_type = r.text();
  f.priority = r.text();
  f.dispatched = r.maybe<Duration>();
  f.arrived = r.maybe<Duration>();
  f.closed = r.maybe<Duration>();
  f.answer = r.text();
  f.cell = r.cell();
  f.archived = !r.yes();
  return f;
}
AlertFact alert_of(const Row& row) {
  RowReader r{row};
  AlertFact f;
  f.raised = {r.number()};
  f.alert = {r.number()};
  f.incident = {r.number()};
  f.station = {r.text()};
  f.hours_east = static_cast<int>(r.number());
  f.unit = {r.number()};
  f.step = r.number();
  f.result = value_in<AlertResult>(kAlertResults, r.text());
  f.acknowledged = r.maybe<Duration>();
  f.on_scene = r.maybe<Duration>();
  f.done = r.maybe<Duration>();
  f.over = !r.yes();
  return f;
}
WorkFact work_of(const Row& row) {
  RowReader r{row};
  WorkFact f;
  f.from = {r.number()};
  f.person = {r.number()};
  f.until = r.maybe<Instant>();
  f.station = {r.text()};
  f.hours_east = static_cast<int>(r.number());
  f.kind = value_in<WorkKind>(kWorkKinds, r.text());
  return f;
}

}  // namespace sigap::figures
