// What the web hand (HTTP and WebSocket) asks of the gateway behind it, and what may be asked of the web hand.
// The web hand knows nothing of calls: it checks origins, rates, sizes and cookies' form, and passes texts on.
// Invariants: a connection is named by a number never reused in a process life; connected() comes before received(),
// and disconnected() exactly once at the end. All functions may be called from any thread and only post. Sources: RFC
// 6455 (WebSocket), RFC 6265bis (cookies), OWASP ASVS 4.0 chapters 2, 3, 13.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace sigap::ports {

using ConnectionId = std::int64_t;

enum class Channel {
  staff,    ///< /ws: needs the session cookie
  citizen,  ///< /ws/lacak: no cookie; the first message brings a token, or is about a complaint
  caller    ///< /ws/telepon: no cookie; a citizen's page that calls
};

/// A passkey's answer to a challenge, as the browser says it: base64url each (WebAuthn Level 2, 5.2.2).
struct PasskeySaid {
  std::string credential, client_data, authenticator_data, signature;
};

/// What else a person has to prove once their password was right. Named by a ticket; good once, for a few minutes.
struct SecondStep {
  std::string ticket;
  bool totp = false;                  ///< a code of their telephone, or a recovery code
  std::string challenge, host;        ///< for passkeys: base64url, and the rpId; empty: there are none
  std::vector<std::string> passkeys;  ///< their credentials; none of a sign-in that begins with the passkey
};

/// What became of a sign-in.
struct SignInAnswer {
  bool ok = false;
  std::string token;           ///< the cookie's secret, base64url
  std::int64_t max_age_s = 0;  ///< how long the cookie is kept
  std::string role;            ///< "operator", "officer", "supervisor", "administrator": which page to open
  std::string code;            ///< when not ok: "wrong", "disabled", "temporary_over", "in_call", "busy"; "second": a
                               ///< second step follows; of that: "over", "replayed", "cloned", "origin"
  std::optional<SecondStep> second = {};
  std::string device = {};  ///< of a browser without one: the secret that it is to keep
  std::string login = {};   ///< who is signed in
};

/// Somebody asks to sign in.
struct SignInAsked {
  std::string login;
  std::string password;
  bool known = false;            ///< has signed in from there before, so does not queue behind strangers
  std::string address;           ///< the client's, as limits count it: IPv4, or the /64 of an IPv6 address
  std::string device = {};       ///< the secret that this browser keeps; empty: it has none
  std::string device_kind = {};  ///< browser and system, in words
};

/// The second step of a sign-in; or the only one, by a passkey that says whose it is.
struct SecondStepAsked {
  std::string login;  ///< empty: by a passkey alone
  std::string ticket;
  std::string code;  ///< of the telephone, or a recovery code; empty: by a passkey
  std::optional<PasskeySaid> passkey = {};
  std::string address, device, device_kind;  ///< as in SignInAsked
};

/// A page that calls sends a photograph.
struct PhotographSent {
  std::string token;  ///< of its call
  std::string name;   ///< of the line, made by the page: what is sent twice is one
  std::string file;
};

struct PhotographShown {
  std::string jpeg;  ///< empty: it is not shown
  std::string code;  ///< why: "session", "not_allowed", "gone", "busy"
};

/// Where the web hand speaks TLS itself.
struct CertificateHealth {
  Instant until;                ///< browsers refuse it afterwards
  std::string refused;          ///< why what lies on disk is not used; empty: it is
  std::int64_t handshakes = 0;  ///< since the start
  std::int64_t failed = 0;      ///< of others: cut, too slow, no TLS, none of our versions
};

/// Somebody has signed in from this address before.
struct KnownSignIn {
  std::string address, login;
};

/// A program of somebody else's asks for something (docs/integrating.md). Nothing of it is believed yet.
struct ClientRequest {
  std::string method;
  std::string path;  ///< without a query
  std::string client;
  std::string id, timestamp, signature;  ///< as the fields webhook-* say
  std::string body;
};
struct ClientAnswer {
  int status = 200;
  std::string json;
  std::int64_t retry_after_s = 0;  ///< 0: nothing is said of it
};
/// A part of a recording is asked for.
struct SoundAsked {
  std::string ticket;
  bool picture = false;  ///< not the sound, but its form, length and gaps, as JSON
  std::uint64_t first = 0;
  std::uint64_t last = 0;  ///< included; may be beyond the end
};
struct SoundAnswer {
  enum class What { given, unknown, unsatisfiable, busy, unreadable };
  What what = What::unknown;  ///< unknown: there is no such ticket, it is somebody else's, or its time is over
  std::string bytes;          ///< of a WAV file, from `first` on and perhaps fewer than asked for; or the JSON
  std::uint64_t whole = 0;    ///< of the file
};

class WebGateway {
 public:
  virtual ~WebGateway() = default;
  /// Whether the cookie belongs to a sign-in that is not over. It is answered at once.
  virtual bool signed_in(const std::string& token) const = 0;
  /// Checks login and password. `done` is called once, on any thread.
  virtual void sign_in(SignInAsked asked, std::function<void(SignInAnswer)> done) = 0;
  /// Yields a challenge for a sign-in by a passkey alone; nothing where there are no passkeys.
  virtual void offer_passkey(std::string address, std::function<void(std::optional<SecondStep>)> done) = 0;
  /// Checks what sign_in() or offer_passkey() asked for. `done` is called once, on any thread.
  virtual void second_step(SecondStepAsked asked, std::function<void(SignInAnswer)> done) = 0;
  virtual void sign_out(std::string token) = 0;
  /// Whether this is the token of a page's call, which may send photographs. It is answered at once.
  virtual bool calls(const std::string& token) const = 0;
  /// `done` is called once, on any thread, with why it was not taken (core/input.h, PhotographSealed; and "busy",
  /// "no_photograph", "too_large", "disk", "failed"), or an empty code.
  virtual void photograph(PhotographSent sent, std::function<void(std::string code)> done) = 0;
  /// Whoever has this cookie looks at a photograph of a call. `done` is called once, on any thread.
  virtual void show_photograph(std::string token, std::int64_t call, std::string name,
                               std::function<void(PhotographShown)> done) = 0;
  /// `token`: of the staff the cookie's, of citizens and callers the client's address as limits count it.
  virtual void connected(ConnectionId connection, Channel channel, std::string token) = 0;
  virtual void received(ConnectionId connection, std::string text) = 0;
  virtual void disconnected(ConnectionId connection) = 0;
  /// Answers a program's request. `done` is called once, on any thread.
  virtual void client_asks(ClientRequest asked, std::function<void(ClientAnswer)> done) = 0;
  /// The sound behind a ticket, to the sign-in of this cookie alone. `done` is called once, on any thread.
  virtual void hear(std::string token, SoundAsked asked, std::function<void(SoundAnswer)> done) = 0;
  /// Yields the body of GET /healthz (JSON) and whether all is well (200, else 503).
  virtual void health(std::function<void(bool well, std::string json)> done) = 0;
  /// Yields the body of GET /metrics (Prometheus text format 0.0.4).
  virtual void metrics(std::function<void(std::string text)> done) = 0;
};

class Web {
 public:
  virtual ~Web() = default;
  /// Sends a text. A connection whose unsent backlog exceeds its limit is closed: its browser comes back for a complete
  /// picture.
  virtual void send(ConnectionId connection, std::string text) = 0;
  virtual void close(ConnectionId connection) = 0;
  /// Calls `here`, on any thread, when the hand has come round once: everything that had arrived on any connection by
  /// now is with the gateway then. A hand that gets no processor comes round late.
  virtual void come_round(std::function<void()> here) = 0;
};

}  // namespace sigap::ports
