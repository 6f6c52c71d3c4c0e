// What the web hand is told at its start. TLS is spoken by itself or by a proxy in front; on plain loopback none is
// needed.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/web/certificates.h"
#include "adapters/web/login_limiter.h"
#include "base/time.h"
#include "ports/web.h"

namespace sigap::web {

struct WebLimits {
  std::size_t connections = 20'000;  ///< of all kinds; what staff and requests do not have is for citizens' sockets
  /// Of one sign-in: it has one page that is served, and some that are just being replaced; own.
  std::size_t sockets_per_sign_in = 8;
  std::size_t staff_sockets =
      6'000;                     ///< for who is signed in alone: 5,000 desks and telephones, and tabs that come back
  std::size_t requests = 2'000;  ///< that are no socket: beyond, who sits idle goes
  std::size_t connections_per_address = 512;  ///< requests, and citizens' sockets: a mobile network shares one address
  std::size_t header_bytes = 8U << 10;
  std::size_t body_bytes = 8U << 10;        ///< a report of another app's, with 4,000 bytes of words
  std::size_t photograph_bytes = 4U << 20;  ///< one file of a page that calls (picture::kFileMax_bytes)
  std::size_t photographs = 32;             ///< under way at once: 128 MB; own
  Duration photograph = seconds(60);        ///< for one to arrive: 4 MB at 560 kbit/s
  Duration sound = seconds(30);             ///< for a part of a recording: an hour of it is opened in two; own
  Duration photograph_made = seconds(30);   ///< for the gateway to have it made anew and kept, or shown
  std::size_t message_bytes = 64U << 10;    ///< one message in
  std::size_t backlog_bytes = 4U << 20;     ///< unsent, of one socket
  std::int64_t messages_per_second = 200;   ///< in, of one socket; pings count
  std::int64_t messages_burst = 400;
  // Of a citizen's socket, which says little: a beat a second, a place in five, an offer of a voice now and then; own.
  std::size_t citizen_message_bytes = 24U << 10;
  std::int64_t citizen_messages_per_second = 10;
  std::int64_t citizen_messages_burst = 30;
  /// Of strangers. A signature with RSA of 2048 bits takes 0.3 ms (docs/performance.md) of the thread that carries the
  /// desks: so theirs take at most a tenth of it; own. With RSA of 4096 bits they could take all of it.
  std::int64_t handshakes_per_second = 300;
  std::int64_t handshakes_per_address = 20;  ///< a second, of one: a mobile network shares one address; own
  Duration handshake = seconds(5);           ///< for a TLS handshake, the first byte included
  Duration certificate_look = seconds(5);    ///< between two looks at the certificate's files
  Duration request = seconds(10);            ///< for a whole request to arrive, and to sit idle between two
  Duration reply = seconds(120);             ///< for a whole reply to leave: 10 MB at 700 kbit/s
  Duration gateway = seconds(2);             ///< for the gateway to answer /healthz and /metrics
  Duration sign_in = seconds(10);            ///< for the gateway to answer a sign-in, or a program's request
  Duration socket_idle = seconds(20);        ///< a socket is pinged after half of it and given up after all of it
  Duration socket_close = seconds(5);        ///< for what is left to leave, and the closing handshake
};

struct WebConfig {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;                    ///< 0 = any free one
  std::filesystem::path static_dir;          ///< empty: no pages
  std::vector<std::string> allowed_origins;  ///< "https://110.example.go.id", besides the host asked for
  std::vector<std::string> trusted_proxies;  ///< addresses and blocks whose X-Forwarded-* and Forwarded count
  /// Addresses and blocks that see /metrics and all of /healthz; others see whether all is well.
  std::vector<std::string> observers = {"127.0.0.0/8", "::1"};
  std::vector<std::string> hosts;  ///< by which we may be asked; empty: by any
  /// Told of each address that writes such a field and is named nowhere: a proxy that was forgotten, or a liar.
  std::function<void(const std::string& address)> unnamed_proxy;
  bool secure_cookie = true;                   ///< false only on plain loopback
  tls::IdentityFiles identity;                 ///< without a certificate it is plain HTTP
  std::vector<std::string> certificate_names;  ///< that the certificate must be good for
  TellOfCertificate tell_of_certificate;
  std::optional<std::pair<std::string, std::uint16_t>> redirect_from;  ///< plain HTTP there only leads to HTTPS
  std::uint16_t public_port = 0;    ///< by which browsers reach it where something stands between; 0: the port itself
  std::filesystem::path authority;  ///< of a local certificate, for whoever is to trust it; empty: none
  WebLimits limits;
  LoginLimits login;
  std::vector<ports::KnownSignIn> known_sign_ins;  ///< from an earlier process, oldest first
  std::function<Instant()> clock;                  ///< for the login limiter; empty = the steady clock
};

}  // namespace sigap::web
