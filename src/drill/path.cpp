#include "drill/path.h"

#include <charconv>

#include "sdp/voice.h"

namespace sigap::drill {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::tcp;
using boost::asio::ip::udp;

template <class Endpoint>
Result<Endpoint> read(const std::string& text) {
  const auto refusal = [&] { return refuse("invalid", "\"" + text + "\" is not ADDRESS:PORT"); };
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return refusal();
  auto host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto where = boost::asio::ip::make_address(host, error);
  const auto* last = text.data() + text.size();
  std::uint16_t port = 0;
  const auto [end, wrong] = std::from_chars(text.data() + colon + 1, last, port);
  if (error || wrong != std::errc() || end != last || port == 0) return refusal();
  return Endpoint(where, port);
}

template <class Endpoint>
std::string written(const Endpoint& endpoint) {
  return in_uri(endpoint.address()) + ":" + std::to_string(endpoint.port());
}

}  // namespace

Result<udp::endpoint> udp_endpoint(const std::string& text) {
  return read<udp::endpoint>(text);
}

Result<tcp::endpoint> tcp_endpoint(const std::string& text) {
  return read<tcp::endpoint>(text);
}

Path path_on_loopback(const std::string& http, const std::string& sip) {
  return {boost::asio::ip::address_v4::loopback(), udp_endpoint(sip).value(), tcp_endpoint(http).value()};
}

std::string origin_of(const Path& path) {
  return path.origin.empty() ? "http://" + in_uri(path.http) : path.origin;
}

std::string in_uri(const address& address) {
  return address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
}

std::string in_uri(const udp::endpoint& endpoint) {
  return written(endpoint);
}

std::string in_uri(const tcp::endpoint& endpoint) {
  return written(endpoint);
}

std::string in_sdp(const address& address) {
  return (address.is_v6() ? "IN IP6 " : "IN IP4 ") + address.to_string();
}

std::optional<udp::endpoint> audio_at(const std::string& sdp) {
  const auto port = sdp::port_of(sdp);
  if (!port) return std::nullopt;
  // The media's own c= line stands after its m= line and counts more than the session's.
  auto line = sdp.find("c=IN IP", std::min(sdp.find("m=audio "), sdp.size()));
  if (line == std::string::npos) line = sdp.find("c=IN IP");
  if (line == std::string::npos) return std::nullopt;
  const auto begin = sdp.find(' ', line + 5) + 1;
  boost::system::error_code error;
  const auto where = boost::asio::ip::make_address(sdp.substr(begin, sdp.find_first_of("\r\n", begin) - begin), error);
  if (error) return std::nullopt;
  return udp::endpoint(where, *port);
}

}  // namespace sigap::drill
