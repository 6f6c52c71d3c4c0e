// A TCP connection that carries whole messages between two machines that have the cluster key, each step with a
// deadline.
//   client -> server: magic, salt      server -> client: salt, stream header      client -> server: stream header
//   then frames: length (4 bytes, least significant first), cipher text; a message ends with its last frame
// The first frame of the client proves its key before anything else is done for it; a wrong key is "untrusted" at the
// end that notices. Used by one thread at a time. Refusals: "unreachable", "silent" (the deadline), "closed",
// "untrusted", "too_long", "version" (the other end speaks the language of another program's version).
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <memory>

#include "adapters/replication/secure_stream.h"
#include "base/result.h"

namespace sigap::replication {

using SteadyClock = std::chrono::steady_clock;
using Deadline = SteadyClock::time_point;
inline Deadline in(std::chrono::milliseconds time) {
  return SteadyClock::now() + time;
}

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

/// What is wanted of the other end. A stream of one service is not understood by another.
struct Service {
  std::string name;
  std::string magic = "SIGAPRP1";  ///< the first bytes of a client: which version of the service's language
};

/// A socket with the context that only its user runs. Never moved: a socket must not outlive its context.
struct Wire {
  boost::asio::io_context io{1};
  boost::asio::ip::tcp::socket socket{io};
};

class Link {
 public:
  static constexpr std::size_t kFrameMax_bytes = 65'536;
  /// A checkpoint with 10,000 waiting callers is about 40 MB; own.
  static constexpr std::size_t kMessageMax_bytes = 134'217'728;

  static Result<std::unique_ptr<Link>> dial(const Address& to, const ClusterKey& key, const Service& service,
                                            Deadline deadline);
  /// A connection that was accepted.
  static Result<std::unique_ptr<Link>> answer(std::shared_ptr<Wire> wire, const ClusterKey& key, const Service& service,
                                              Deadline deadline);
  /// Waits for the first frame of the first message, which is still to be received: whoever sent it has the key.
  Result<bool> prove(Deadline deadline);

  Result<bool> send(std::string_view message, Deadline deadline);
  Result<std::string> receive(Deadline deadline);
  /// True when there is something to receive, or the end.
  bool wait(Deadline deadline);

 private:
  explicit Link(std::shared_ptr<Wire> wire) : wire_(std::move(wire)) {}
  template <class Start>
  Result<bool> within(Deadline deadline, const Start& start);
  Result<bool> put(std::string_view bytes, Deadline deadline);
  Result<std::string> get(std::size_t size, Deadline deadline);
  Result<bool> shake_as_client(const ClusterKey& key, const Service& service, Deadline deadline);
  Result<bool> shake_as_server(const ClusterKey& key, const Service& service, Deadline deadline);
  Result<Inwards::Frame> next_frame(Deadline deadline);

  std::shared_ptr<Wire> wire_;
  std::optional<Outwards> out_;
  std::optional<Inwards> in_;
  std::optional<Inwards::Frame> first_;  ///< came as a proof, is not received yet
};

}  // namespace sigap::replication
