#include "runtime/health/report.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <sstream>

#include "base/overloaded.h"
#include "base/rfc3339.h"

namespace sigap::runtime {
namespace {

namespace json = boost::json;

constexpr Duration kFast = seconds(5), kPromise = seconds(10);  // Ofcom 999; Kapolri, January 2026

struct Counts {
  std::int64_t waiting = 0, talking = 0, wrap_up = 0;
  std::int64_t not_ready = 0, ready = 0, offered = 0, in_call = 0, after_call = 0;
};

Counts count(const core::State& s) {
  Counts c;
  for (const auto& [id, call] : s.calls.calls) {
    c.waiting += call.state == calls::CallState::waiting;
    c.talking += call.state == calls::CallState::talking;
    c.wrap_up += call.state == calls::CallState::ended;
  }
  using people::OperatorState;
  for (const auto& [id, op] : s.people.operators) {
    c.not_ready += op.state == OperatorState::not_ready;
    c.ready += op.state == OperatorState::ready;
    c.offered += op.state == OperatorState::offered;
    c.in_call += op.state == OperatorState::talking;
    c.after_call += op.state == OperatorState::wrap_up;
  }
  return c;
}

struct Lines {
  std::ostringstream out;
  template <class T>
  void gauge(const char* name, const char* help, T value) {
    line("gauge", name, help, value);
  }
  template <class T>
  void counter(const char* name, const char* help, T value) {
    line("counter", name, help, value);
  }
  template <class T>
  void line(const char* type, const char* name, const char* help, T value) {
    out << "# HELP sigap_" << name << ' ' << help << "\n# TYPE sigap_" << name << ' ' << type << "\nsigap_" << name
        << ' ' << value << '\n';
  }
};

/// Whole days, rounded down: below 0 browsers refuse the certificate.
std::int64_t days_left(const Condition& c) {
  const auto left = (c.certificate->until - c.now).ms, day = hours(24).ms;
  return left / day - (left % day < 0);
}

}  // namespace

std::pair<bool, std::string> health_json(const core::State& state, const Condition& c) {
  const auto n = count(state);
  const bool well = c.telephony.up && c.media.up;
  json::object body;
  body["status"] = !well ? "degraded" : c.recovery.done ? "ok" : "recovering";
  body["version"] = c.version;
  body["uptime_s"] = c.uptime.ms / 1000;
  body["calls"] = json::object{{"waiting", n.waiting}, {"talking", n.talking}, {"wrap_up", n.wrap_up}};
  body["operators"] = json::object{{"not_ready", n.not_ready},
                                   {"ready", n.ready},
                                   {"offered", n.offered},
                                   {"talking", n.in_call},
                                   {"wrap_up", n.after_call}};
  body["journal"] = json::object{{"position", c.head.position}, {"hash", c.head.hash}, {"format", state.format}};
  json::object sip{{"up", c.telephony.up}, {"note", c.telephony.note}, {"legs", c.telephony.legs}};
  if (const auto& tls = c.telephony.tls)
    sip["tls"] = json::object{{"until", write_rfc3339(tls->until)}, {"refused", tls->refused}, {"why", tls->why}};
  body["sip"] = std::move(sip);
  body["pages"] = json::object{{"up", c.pages.up}, {"legs", c.pages.legs}, {"refused", c.pages.refused}};
  if (c.recorder)
    body["recorder"] = json::object{{"up", c.recorder->up},
                                    {"disk_full", c.recorder->full},
                                    {"note", c.recorder->note},
                                    {"open", c.recorder->open},
                                    {"free_bytes", c.recorder->free_bytes}};
  body["media"] = json::object{
      {"up", c.media.up}, {"note", c.media.note}, {"restarts", c.media.restarts}, {"bridges", c.voices.bridges}};
  body["recovery"] = json::object{{"done", c.recovery.done},
                                  {"restored", c.recovery.restored},
                                  {"lost", c.recovery.lost},
                                  {"silent", c.recovery.silent},
                                  {"unknown", c.recovery.unknown}};
  body["browsers"] = static_cast<std::int64_t>(c.browsers);
  json::array followers;
  for (const auto& follower : c.followers)
    followers.push_back(
        json::object{{"name", follower.name}, {"behind", follower.behind}, {"problem", follower.problem}});
  body["followers"] = std::move(followers);
  if (c.cluster)
    body["cluster"] = json::object{
        {"role", "leader"}, {"epoch", c.cluster->epoch}, {"standby", c.cluster->standby}, {"lag", c.cluster->lag}};
  if (c.certificate)
    body["certificate"] = json::object{{"until", write_rfc3339(c.certificate->until)},
                                       {"days_left", days_left(c)},
                                       {"refused", c.certificate->refused}};
  return {well, json::serialize(body)};
}

void Metrics::happened(const core::State& state, const std::vector<core::Event>& events) {
  ++commits_;
  events_ += static_cast<std::int64_t>(events.size());
  for (const auto& event : events)
    visit_some(
        Overloaded{
            [&](const calls::CallArrived& e) { ++(e.kind == calls::CallKind::test ? test_calls_ : calls_); },
            [&](const calls::CallAccepted& e) {
              const auto* call = state.calls.find(e.call);
              if (!call || call->returns > 0) return;  // a second answer of the same call
              ++answered_;
              in_5_s_ += event.at - call->arrived <= kFast;
              in_10_s_ += event.at - call->arrived <= kPromise;
            },
            [&](const calls::CallEnded& e) {
              if (e.cause == "refused")
                ++refused_;
              else if (!e.answered && e.by == calls::CallEndedBy::caller)
                ++abandoned_;
              else if (e.by == calls::CallEndedBy::system || e.by == calls::CallEndedBy::network)
                ++cut_off_;
            },
            [&](const calls::CallPlaced&) { ++placed_; },
            [&](const calls::CallPickedUp&) { ++picked_up_; },
            [&](const dispatch::AlertRaised&) { ++alerts_; },
            [&](const dispatch::AlertAdvanced& e) { acknowledged_ += e.status == dispatch::AlertStatus::acknowledged; },
            [&](const people::CommandRefused&) { ++refused_commands_; },
            [&](const people::SignInRefused& e) { refused_sign_ins_ += e.times.value_or(1); },
        },
        event.body);
}

std::string Metrics::text(const core::State& state, const Condition& c) const {
  const auto n = count(state);
  Lines l;
  l.counter("calls_total", "Emergency calls that arrived.", calls_);
  l.counter("test_calls_total", "Test calls that arrived.", test_calls_);
  l.counter("calls_answered_total", "Calls that a person answered.", answered_);
  l.counter("calls_answered_in_5s_total", "Of these within 5 seconds.", in_5_s_);
  l.counter("calls_answered_in_10s_total", "Of these within 10 seconds.", in_10_s_);
  l.counter("calls_abandoned_total", "Calls hung up before a person answered.", abandoned_);
  l.counter("calls_refused_total", "Calls turned away with 503.", refused_);
  l.counter("calls_cut_off_total", "Calls that we or the network ended.", cut_off_);
  l.counter("calls_placed_total", "Calls that an operator placed.", placed_);
  l.counter("calls_placed_answered_total", "Of these picked up.", picked_up_);
  l.gauge("calls_waiting", "Calls waiting for a person.", n.waiting);
  l.gauge("calls_talking", "Calls in conversation.", n.talking);
  l.gauge("operators_ready", "Operators who may be offered a call.", n.ready);
  l.gauge("operators_talking", "Operators in conversation.", n.in_call);
  l.gauge("browsers", "Signed-in browsers.", c.browsers);
  l.gauge("tasks_open", "Tasks that a person must still close.", state.tasks.tasks.size());
  l.gauge("incidents_live", "Incidents open or still followed.", state.incidents.incidents.size());
  l.counter("alerts_total", "Alerts raised.", alerts_);
  l.counter("alerts_acknowledged_total", "Alerts acknowledged.", acknowledged_);
  l.counter("commands_refused_total", "Commands refused for a role or reach.", refused_commands_);
  l.counter("sign_ins_refused_total", "Sign-ins with a wrong password or login.", refused_sign_ins_);
  l.gauge("sip_up", "1 when SIP works.", static_cast<int>(c.telephony.up));
  l.gauge("sip_legs", "Live SIP legs.", c.telephony.legs);
  l.counter("sip_refused_total", "Requests refused before the core.", c.telephony.refused);
  l.counter("sip_strangers_total", "Messages and silent connections from addresses of no trunk.",
            c.telephony.strangers);
  if (c.telephony.tls)
    l.counter("sip_tls_refused_total", "Connections of trunks by TLS without a certificate that is taken.",
              c.telephony.tls->refused);
  l.counter("sip_intruders_total", "Requests within a dialog that is not theirs.", c.telephony.intruders);
  l.gauge("page_legs", "Live calls of citizens' pages.", c.pages.legs);
  l.counter("page_refused_total", "Calls of pages that found no room.", c.pages.refused);
  l.gauge("media_up", "1 when media works.", static_cast<int>(c.media.up));
  l.counter("media_restarts_total", "Times the media process was started again.", c.media.restarts);
  if (c.recorder) {
    l.gauge("recorder_up", "1 when calls are recorded.", static_cast<int>(c.recorder->up && !c.recorder->full));
    l.gauge("recorder_disk_full", "1 when recordings stopped before the reserve of the disk.",
            static_cast<int>(c.recorder->full));
    l.gauge("recorder_free_bytes", "Of the disk of recordings.", c.recorder->free_bytes);
    l.gauge("recorder_open", "Recordings that are written.", c.recorder->open);
    l.counter("recorder_restarts_total", "Times the recorder was away.", c.recorder->restarts);
    l.counter("recorder_packets_total", "Packets written by the present recorder.", c.recorder->packets);
    l.counter("recorder_unclaimed_total", "Packets of nobody's port, written nowhere.", c.recorder->unclaimed);
    l.counter("recorder_dropped_total", "Packets lost to a full disk or buffer.", c.recorder->dropped);
  }
  l.gauge("media_voices", "Callers with media.", c.voices.voices);
  l.gauge("media_bridges", "Conversations joined.", c.voices.bridges);
  l.gauge("journal_position", "Events in the journal.", c.head.position);
  l.counter("journal_commits_total", "Durable commits of this process.", commits_);
  l.counter("journal_events_total", "Events written by this process.", events_);
  std::int64_t behind = 0, stuck = 0;
  for (const auto& follower : c.followers) {
    behind = std::max(behind, follower.behind);
    stuck += !follower.problem.empty();
  }
  l.gauge("followers_behind_events", "Events that the slowest follower of the journal has not taken.", behind);
  l.gauge("followers_stuck", "Followers of the journal that stand still or are missing.", stuck);
  if (c.cluster) {
    l.gauge("cluster_epoch", "Of the cluster; rises when the lead is taken.", c.cluster->epoch);
    l.gauge("cluster_standby_in_sync", "1 when the other machine has everything.",
            static_cast<int>(c.cluster->standby == "in_sync"));
    l.gauge("cluster_lag_events", "Events that the other machine lacks.", c.cluster->lag);
  }
  if (c.certificate) {
    l.gauge("certificate_days_left", "Until browsers refuse the certificate.", days_left(c));
    l.gauge("certificate_refused", "1 when the certificate on disk is not used.",
            static_cast<int>(!c.certificate->refused.empty()));
    l.counter("tls_handshakes_total", "TLS handshakes of browsers.", c.certificate->handshakes);
    l.counter("tls_handshakes_failed_total", "Of who said no TLS, an old one, or nothing in time.",
              c.certificate->failed);
  }
  l.gauge("uptime_seconds", "Since the start of this process.", c.uptime.ms / 1000);
  return l.out.str();
}

}  // namespace sigap::runtime
