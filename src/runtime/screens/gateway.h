// Behind the web hand: sign-ins, sessions' browsers, requests in, news out.
//   text in -> codec -> job on the core's thread -> input        commit -> touched -> picture of each browser -> text
//   out
// Invariants: a browser hears only what views/ projects for its person; a session has at most one browser (a newer one
// replaces the older); a browser that is silent for kSilence is gone; a password never enters the core (its Argon2id
// hash does), and whether it is a good one is asked on the thread that hashes. The WebGateway functions may be called
// from any thread; all else lives on the core's thread.
#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "codec/wire_codec.h"
#include "core/views/picture.h"
#include "domain/people/password.h"
#include "ports/second_factors.h"
#include "ports/vault.h"
#include "ports/web.h"
#include "runtime/core_thread.h"
#include "runtime/followers/history_keeper.h"
#include "runtime/followers/record_keeper.h"
#include "runtime/followers/recording_keeper.h"
#include "runtime/screens/hourly_shares.h"
#include "runtime/screens/places.h"
#include "runtime/screens/refused_sign_ins.h"
#include "runtime/screens/second_steps.h"
#include "runtime/worker.h"

namespace sigap::runtime {

class ClientDoor;
class PageCalls;
class Photographs;
class Switchboard;

struct GatewayConfig {
  std::string version;
  core::Policy policy;
  ports::PasskeyHost passkeys = {};
};

class Gateway final : public ports::WebGateway {
 public:
  /// Renders the bodies of /healthz and /metrics on the core's thread.
  struct Reports {
    std::function<std::pair<bool, std::string>()> health;
    std::function<std::string()> metrics;
  };

  /// What is kept of callers.
  struct Callers {
    std::function<CallerRef(const std::string&)> known;  ///< of a canonical number; core thread
    /// Answered on another thread; false when too many wait.
    std::function<bool(CallerRef, std::function<void(CallersRecords)>)> find;
    /// The same of whoever an incident was opened for.
    std::function<bool(IncidentId, std::function<void(CallerRef, CallersRecords)>)> find_of = {};
  };

  /// What the line did; as of HistoryKeeper.
  struct History {
    std::function<bool(std::function<void(ports::HistoryReader&)>)> ask;
    std::function<std::int64_t()> behind;
  };
  /// What is recorded.
  struct Recordings {
    /// Answered on another thread; false when too many wait.
    std::function<bool(ports::RecordingQuery, std::function<void(FoundCalls)>)> find;
    /// Lets this sign-in hear a recording for a while: the ticket's name, and until when.
    std::function<std::pair<std::string, Instant>(SessionId, const core::KnownCall&)> admit;
    /// Gives a part of what a ticket opens; any thread, answered on any.
    std::function<void(SessionId, ports::SoundAsked, std::function<void(ports::SoundAnswer)>)> hear;
  };

  Gateway(GatewayConfig config, CoreThread& core, Switchboard& switchboard, const Places& places,
          ports::Passwords& passwords, ports::KnownPasswords& known_passwords, ports::SecondFactors& factors,
          ports::Entropy& entropy);
  void set_web(ports::Web& web) { web_ = &web; }
  void set_reports(Reports reports) { reports_ = std::move(reports); }
  void set_callers(Callers callers) { callers_ = std::move(callers); }
  void set_history(History history) { history_ = std::move(history); }
  /// Makes a reference of a canonical number.
  void set_caller_refs(std::function<CallerRef(const std::string&)> refs) { caller_ref_ = std::move(refs); }
  /// Where programs of somebody else's are let in.
  void set_client_door(ClientDoor& door) { client_door_ = &door; }
  void set_recordings(Recordings recordings) { recordings_ = std::move(recordings); }
  /// Whose sockets those of calling citizens are.
  void set_page_calls(PageCalls& pages, Photographs& photographs) {
    pages_ = &pages;
    photographs_ = &photographs;
  }
  /// What voices may go through; without urls: there is none.
  void set_relay(std::function<core::Relay()> relay) { relay_ = std::move(relay); }

  /// Before anybody is heard, when the state is there: who is signed in.
  void recovered();
  /// From where people of the state have signed in, oldest first.
  std::vector<ports::KnownSignIn> known_sign_ins() const;

  // WebGateway: any thread.
  bool signed_in(const std::string& token) const override;
  void sign_in(ports::SignInAsked asked, std::function<void(ports::SignInAnswer)> done) override;
  void offer_passkey(std::string address, std::function<void(std::optional<ports::SecondStep>)> done) override;
  void second_step(ports::SecondStepAsked asked, std::function<void(ports::SignInAnswer)> done) override;
  void sign_out(std::string token) override;
  void connected(ports::ConnectionId connection, ports::Channel channel, std::string token) override;
  void received(ports::ConnectionId connection, std::string text) override;
  void disconnected(ports::ConnectionId connection) override;
  void client_asks(ports::ClientRequest asked, std::function<void(ports::ClientAnswer)> done) override;
  bool calls(const std::string& token) const override;
  void photograph(ports::PhotographSent sent, std::function<void(std::string)> done) override;
  void show_photograph(std::string token, std::int64_t call, std::string name,
                       std::function<void(ports::PhotographShown)> done) override;
  void hear(std::string token, ports::SoundAsked asked, std::function<void(ports::SoundAnswer)> done) override;
  void health(std::function<void(bool, std::string)> done) override;
  void metrics(std::function<void(std::string)> done) override;

  // The machine's own administrator (sigap user ...): any thread.
  using Tell = std::function<void(const core::ServerMessage&)>;
  /// People and stations as an administrator sees them; and all shifts, of which these see none: when and who alone.
  void local_picture(Tell tell);
  /// A Request as on the WebSocket; answered with Done or Refused.
  void local_request(const std::string& text, Tell tell);
  /// The journal's format becomes the newest of this program; answered alike.
  void raise_format(Tell tell);

  // Core thread.
  void happened(const std::vector<core::Event>& events);
  void tick(Instant now);
  bool offer_voice(SessionId session, const core::MediaOffer& offer);
  void send(ports::ConnectionId connection, const core::ServerMessage& message);
  std::size_t browsers() const { return browsers_.size(); }

  static constexpr Duration kSilence = seconds(5);
  // Of complaints, in an hour. A mobile network's many telephones share an address. Own.
  static constexpr std::size_t kFilingsOfAddress = 20, kFilingsOfAll = 2'000;
  static constexpr std::size_t kWrongCodesOfAddress = 30, kWrongCodesOfAll = 100'000;
  static constexpr std::size_t kStepsOfPerson = 4;     // tabs in which somebody tries; own
  static constexpr std::size_t kOffersOfAddress = 64;  // a station's people share one; own

 private:
  struct Browser {
    SessionId session;
    PersonId person;
    core::views::Picture picture;
    Duration heard;        ///< `listened_` then
    bool greeted = false;  ///< the complete picture was sent: changes make sense from here on
    /// Records of which something personal was sent: all that is known of it, and what the journal has yet to hear.
    std::set<std::pair<RecordKind, std::int64_t>> shown;
    Records untold;
  };
  /// A citizen's page; `token_hash` is empty until Track came.
  struct Follower {
    std::string address = {};  ///< as limits count it
    std::string token_hash = {};
    IncidentId report = {};  ///< the token's
    std::optional<core::TrackCard> shown = {};
    bool told = false;
    Duration heard, came = {};  ///< `listened_` then
    bool complains = false;     ///< the page is that of complaints ...
    CaseId complaint = {};      ///< ... and shows this one, by this code
    std::string code_hash = {};
    std::optional<core::OwnCaseCard> case_shown = {};
  };

  void listen(Instant now);
  void attach(ports::ConnectionId connection, const std::string& token);
  void detach(ports::ConnectionId connection);
  void hear(ports::ConnectionId connection, core::ClientMessage message);
  void hear_staff(ports::ConnectionId connection, Browser& browser, core::ClientMessage message);
  void prove(ports::ConnectionId connection, const Browser& browser, core::Prove proof);
  void request(const core::Asker& asker, core::Request request, const Tell& tell);
  /// Null of who is no person, or whose sign-in is over.
  const people::Person* person_of(const core::Asker& asker) const;
  /// The password of a command that sets one.
  static std::string* password_in(core::Command& command);
  /// Of a command that sets a password: looks at it and hashes it, then asks.
  void set_password(const core::Asker& asker, core::Request request, const Tell& tell);
  people::PasswordOwner owner_of(const core::Asker& asker, const core::Command& command) const;
  void sign_in_failed(PersonId person, const std::string& address);
  void ask(const core::Asker& asker, std::int64_t id, core::Command command, const Tell& tell,
           std::optional<core::CallerRecords> found = {}, std::optional<core::KnownCall> known = {});
  // gateway_records.cpp
  void ask_about_caller(const core::Asker& asker, core::Request request, const std::string& number, const Tell& tell);
  void tell_found(const core::Asker& asker, core::Request request, CallerRef caller, const CallersRecords& all,
                  const Tell& tell);
  void show(ports::ConnectionId connection, Browser& browser, const core::Update& update);
  void tell_shown(Browser& browser);
  void tell_shown_in_turn();
  // gateway_recordings.cpp
  /// Of a command that names a call which may have left the state.
  static CallId call_in(const core::Command& command);
  void ask_about_call(const core::Asker& asker, core::Request request, CallId call, const Tell& tell);
  void tell_known(const core::Asker& asker, core::Request request, const FoundCalls& found, const Tell& tell);
  void find_recordings(ports::ConnectionId connection, const Browser& browser, const core::FindRecordings& find);
  void show_recordings(ports::ConnectionId connection, std::int64_t id, const FoundCalls& found);
  void position(const Browser& browser, const core::PositionReport& report);
  // gateway_report.cpp
  void read_report(ports::ConnectionId connection, const people::Person& person, const core::ReadReport& asked);
  void end_browsers(SessionId session, const core::SessionOver& over);
  void follow(ports::ConnectionId connection, Follower& follower);
  void tell_followers(const std::set<IncidentId>& touched);
  void unfollow(ports::ConnectionId connection);
  // gateway_cases.cpp
  /// False: the message is about something else.
  bool hear_complaint(ports::ConnectionId connection, Follower& follower, const core::ClientMessage& message);
  void file_case(ports::ConnectionId connection, const core::FileCase& file);
  void follow_case(ports::ConnectionId connection, const std::string& number, const std::string& code);
  void tell_case(ports::ConnectionId connection, Follower& follower, bool again);
  void ask_of_case(ports::ConnectionId connection, core::Input input);
  void tell_cases(const std::set<CaseId>& touched);
  using SignInDone = std::function<void(ports::SignInAnswer)>;
  /// Where a browser signs in from.
  struct From {
    std::string address, device, device_kind;
  };
  void open_session(PersonId person, const From& from, std::optional<core::FactorGiven> factor, const SignInDone& done);
  // gateway_factors.cpp
  ports::SignInAnswer ask_second(const people::Person& person);
  void passkey_said(const people::Person& person, const std::string& challenge, const ports::SecondStepAsked& asked,
                    const SignInDone& done);
  void code_said(const people::Person& person, const ports::SecondStepAsked& asked, const SignInDone& done);
  void offer_totp(ports::ConnectionId connection, const Browser& browser, std::int64_t id);
  void offer_new_passkey(ports::ConnectionId connection, const Browser& browser, std::int64_t id);
  static bool sets_factor(const core::Command& command);
  /// What was said of a new factor is verified; its text never enters the core.
  void set_factor(SessionId session, core::Request request, const Tell& tell);
  void factor_made(SessionId session, core::Request request, core::FactorMade made, std::vector<std::string> codes,
                   const Tell& tell);
  core::views::View view(const Browser& browser) const;
  const people::Session* session_by_token(const std::string& token) const;

  GatewayConfig config_;
  CoreThread& core_;
  Switchboard& switchboard_;
  const Places& places_;
  ports::Passwords& passwords_;
  ports::KnownPasswords& known_passwords_;
  ports::SecondFactors& factors_;
  ports::Entropy& entropy_;
  ports::Web* web_ = nullptr;
  PageCalls* pages_ = nullptr;
  ClientDoor* client_door_ = nullptr;
  Photographs* photographs_ = nullptr;
  std::function<core::Relay()> relay_;
  Reports reports_;
  Callers callers_;
  History history_;
  Recordings recordings_;
  std::function<CallerRef(const std::string&)> caller_ref_;
  HourlyShares filings_{kFilingsOfAddress, kFilingsOfAll};
  HourlyShares wrong_codes_{kWrongCodesOfAddress, kWrongCodesOfAll};
  RefusedSignIns refused_sign_ins_;
  SecondSteps steps_{kStepsOfPerson};     ///< after a right password
  SecondSteps offers_{kOffersOfAddress};  ///< of who asks for a passkey alone
  /// What a sign-in was offered to set a second factor up with.
  struct Offered {
    std::string secret, challenge;
    Instant secret_until, challenge_until;
  };
  std::map<SessionId, Offered> offered_;
  mutable std::mutex tokens_mutex_;
  // By the mutex, for any thread: the hashes of the tokens of sign-ins that are not over.
  std::map<SessionId, std::string> token_of_;
  std::set<std::string> tokens_;
  std::string decoy_hash_;  ///< checked for unknown logins, so that time tells nothing
  std::map<ports::ConnectionId, Browser> browsers_;
  std::map<ports::ConnectionId, Follower> followers_;
  std::map<IncidentId, std::set<ports::ConnectionId>> followed_;  ///< whose pages show which report
  std::set<PersonId> moved_;                                      ///< units with a new position since the last tick
  bool board_changed_ = false;
  Instant ticked_;
  std::int64_t ticks_ = 0;
  Duration listened_;          ///< for how long browsers could be heard
  bool hand_is_late_ = false;  ///< the web hand was asked to come round, and has not
  Worker worker_;              ///< passwords
  Worker known_worker_;        ///< of those who have signed in from there before
  Worker finder_;              ///< place names; workers are last here: they stop first
};

}  // namespace sigap::runtime
