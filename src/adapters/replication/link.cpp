#include "adapters/replication/link.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

namespace sigap::replication {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::string_view kMagicOfAll = "SIGAPRP";  // and a digit
constexpr std::size_t kMagic_bytes = 8;

Salt salt_of(std::string_view bytes) {
  Salt salt;
  std::copy(bytes.begin(), bytes.end(), salt.begin());
  return salt;
}
std::string text(const Salt& salt) {
  return {reinterpret_cast<const char*>(salt.data()), salt.size()};
}

}  // namespace

/// Starts one operation and waits for it until the deadline; what has not ended then is cancelled.
template <class Start>
Result<bool> Link::within(Deadline deadline, const Start& start) {
  std::optional<boost::system::error_code> ended;
  wire_->io.restart();
  start([&](const boost::system::error_code& error, auto&&...) { ended = error; });
  wire_->io.run_until(deadline);
  if (!ended) {
    boost::system::error_code ignored;
    wire_->socket.cancel(ignored);
    wire_->socket.close(ignored);
    wire_->io.restart();
    wire_->io.run();
    return refuse("silent", "the other machine does not answer");
  }
  if (*ended) return refuse("closed", ended->message());
  return true;
}

Result<std::unique_ptr<Link>> Link::dial(const Address& to, const ClusterKey& key, const Service& service,
                                         Deadline deadline) {
  std::unique_ptr<Link> link(new Link(std::make_shared<Wire>()));
  auto& socket = link->wire_->socket;
  // The system looks names up without a deadline: a cluster's configuration uses addresses.
  boost::system::error_code error;
  tcp::resolver resolver(link->wire_->io);
  const auto places = resolver.resolve(to.host, std::to_string(to.port), tcp::resolver::numeric_service, error);
  if (error) return refuse("unreachable", to.host + ": " + error.message());
  const auto connected = link->within(deadline, [&](auto done) {
    asio::async_connect(socket, places, [done](const boost::system::error_code& e, const tcp::endpoint&) { done(e); });
  });
  if (!connected)
    return refuse("unreachable", to.host + ":" + std::to_string(to.port) + ": " + connected.error().message);
  if (auto shaken = link->shake_as_client(key, service, deadline); !shaken) return tl::unexpected(shaken.error());
  return link;
}

Result<std::unique_ptr<Link>> Link::answer(std::shared_ptr<Wire> wire, const ClusterKey& key, const Service& service,
                                           Deadline deadline) {
  std::unique_ptr<Link> link(new Link(std::move(wire)));
  if (auto shaken = link->shake_as_server(key, service, deadline); !shaken) return tl::unexpected(shaken.error());
  return link;
}

Result<bool> Link::shake_as_client(const ClusterKey& key, const Service& service, Deadline deadline) {
  boost::system::error_code ignored;
  wire_->socket.set_option(tcp::no_delay(true), ignored);
  const Salt ours = fresh_salt();
  if (auto sent = put(service.magic + text(ours), deadline); !sent) return sent;
  const auto heard = get(kSalt_bytes + kStreamHeader_bytes, deadline);
  if (!heard && heard.error().code == "closed")
    return refuse("version", "it hung up at the first word, as another version of the program does");
  if (!heard) return tl::unexpected(heard.error());
  const Salt theirs = salt_of(heard->substr(0, kSalt_bytes));
  in_.emplace(stream_key(key, service.name, Direction::from_server, ours, theirs), heard->substr(theirs.size()));
  out_.emplace(stream_key(key, service.name, Direction::from_client, ours, theirs));
  return put(out_->header(), deadline);
}

Result<bool> Link::shake_as_server(const ClusterKey& key, const Service& service, Deadline deadline) {
  boost::system::error_code ignored;
  wire_->socket.set_option(tcp::no_delay(true), ignored);
  const auto heard = get(kMagic_bytes + kSalt_bytes, deadline);
  if (!heard) return tl::unexpected(heard.error());
  if (!heard->starts_with(service.magic))
    return heard->starts_with(kMagicOfAll) ? refuse("version", "a machine with another version of the program")
                                           : refuse("untrusted", "a connection that speaks something else");
  const Salt theirs = salt_of(heard->substr(kMagic_bytes));
  const Salt ours = fresh_salt();
  out_.emplace(stream_key(key, service.name, Direction::from_server, theirs, ours));
  if (auto sent = put(text(ours) + out_->header(), deadline); !sent) return sent;
  const auto header = get(kStreamHeader_bytes, deadline);
  if (!header) return tl::unexpected(header.error());
  in_.emplace(stream_key(key, service.name, Direction::from_client, theirs, ours), *header);
  return true;
}

Result<bool> Link::put(std::string_view bytes, Deadline deadline) {
  return within(deadline, [&](auto done) { asio::async_write(wire_->socket, asio::buffer(bytes), std::move(done)); });
}

Result<std::string> Link::get(std::size_t size, Deadline deadline) {
  std::string bytes(size, '\0');
  auto done =
      within(deadline, [&](auto told) { asio::async_read(wire_->socket, asio::buffer(bytes), std::move(told)); });
  if (!done) return tl::unexpected(done.error());
  return bytes;
}

Result<bool> Link::send(std::string_view message, Deadline deadline) {
  if (message.size() > kMessageMax_bytes) return refuse("too_long", "a message beyond the limit");
  std::string bytes;
  bytes.reserve(message.size() + (message.size() / kFrameMax_bytes + 1) * (4 + kFrameExtra_bytes));
  do {
    const auto part = message.substr(0, kFrameMax_bytes);
    message.remove_prefix(part.size());
    const auto cipher = out_->push(part, message.empty());
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((cipher.size() >> shift) & 0xff);
    bytes += cipher;
  } while (!message.empty());
  return put(bytes, deadline);
}

Result<Inwards::Frame> Link::next_frame(Deadline deadline) {
  const auto head = get(4, deadline);
  if (!head) return tl::unexpected(head.error());
  std::size_t size = 0;
  for (std::size_t i = 0; i < 4; ++i)
    size |= static_cast<std::size_t>(static_cast<unsigned char>((*head)[i])) << (8 * i);
  if (size > kFrameMax_bytes + kFrameExtra_bytes) return refuse("too_long", "a frame beyond the limit");
  const auto cipher = get(size, deadline);
  if (!cipher) return tl::unexpected(cipher.error());
  auto frame = in_->pull(*cipher);
  if (!frame) return refuse("untrusted", "a frame that the key does not open");
  return std::move(*frame);
}

Result<bool> Link::prove(Deadline deadline) {
  auto frame = next_frame(deadline);
  if (!frame) return tl::unexpected(frame.error());
  first_ = std::move(*frame);
  return true;
}

Result<std::string> Link::receive(Deadline deadline) {
  std::string message;
  while (true) {
    auto frame = first_ ? Result<Inwards::Frame>(std::move(*first_)) : next_frame(deadline);
    first_.reset();
    if (!frame) return tl::unexpected(frame.error());
    if (message.size() + frame->plain.size() > kMessageMax_bytes)
      return refuse("too_long", "a message beyond the limit");
    message += frame->plain;
    if (frame->last) return message;
  }
}

bool Link::wait(Deadline deadline) {
  if (first_) return true;
  bool ready = false;
  wire_->io.restart();
  wire_->socket.async_wait(tcp::socket::wait_read, [&](const boost::system::error_code& error) {
    ready = error != asio::error::operation_aborted;
  });
  wire_->io.run_until(deadline);
  if (ready) return true;
  boost::system::error_code ignored;
  wire_->socket.cancel(ignored);
  wire_->io.restart();
  wire_->io.run();
  return ready;
}

}  // namespace sigap::replication
