#include "adapters/web/forwarded.h"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <charconv>

namespace sigap::web {
namespace {

namespace ip = boost::asio::ip;
using boost::beast::iequals;

constexpr std::size_t kHiddenName_bytes = 64;  // of an obfuscated name; longer ones are nobody's

std::string_view trimmed(std::string_view text) {
  constexpr auto kBlanks = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);  // npos + 1 == 0
}

/// Without its quotes; what a backslash stands before is itself.
std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string out;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

std::vector<unsigned char> bytes_of(const ip::address& address) {
  const auto plain = plain_address(address);
  if (plain.is_v4()) {
    const auto bytes = plain.to_v4().to_bytes();
    return {bytes.begin(), bytes.end()};
  }
  const auto bytes = plain.to_v6().to_bytes();
  return {bytes.begin(), bytes.end()};
}

/// RFC 7239 6.3.
bool hidden_name(const std::string& text) {
  constexpr auto kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";
  return text.size() >= 2 && text.size() <= kHiddenName_bytes && text.front() == '_' &&
         text.find_first_not_of(kAlphabet) == std::string::npos;
}

std::vector<std::string> nodes_of_forwarded(std::string_view field) {
  std::vector<std::string> nodes;
  for (const auto element : list_parts(field)) {
    std::string node;  // an element without one does not tell
    for (const auto pair : list_parts(element, ';'))
      if (const auto equals = pair.find('='); iequals(trimmed(pair.substr(0, equals)), "for"))
        node = equals == std::string_view::npos ? "" : unquoted(trimmed(pair.substr(equals + 1)));
    nodes.push_back(std::move(node));
  }
  return nodes;
}

std::vector<std::string> nodes_of_list(std::string_view field) {
  std::vector<std::string> nodes;
  for (const auto part : list_parts(field)) nodes.push_back(unquoted(part));
  return nodes;
}

std::string walk(ip::address last, const AddressBlocks& trusted, const std::vector<std::string>& nodes) {
  for (auto node = nodes.rbegin(); node != nodes.rend() && trusted.contain(last); ++node) {
    const auto address = node_address(*node);
    if (!address) return hidden_name(*node) ? *node : counted_address(last);
    last = *address;
  }
  return counted_address(last);
}

}  // namespace

std::vector<std::string_view> list_parts(std::string_view list, char separator) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t from = 0;
  for (std::size_t i = 0; i <= list.size(); ++i) {
    if (i < list.size() && list[i] == '\\' && quoted) {
      ++i;
      continue;
    }
    if (i < list.size() && list[i] == '"') quoted = !quoted;
    if (i < list.size() && (quoted || list[i] != separator)) continue;
    if (const auto part = trimmed(list.substr(from, i - from)); !part.empty()) parts.push_back(part);
    from = i + 1;
  }
  if (from < list.size()) parts.push_back(trimmed(list.substr(from)));  // a quote that does not end
  return parts;
}

ip::address plain_address(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address;
}

std::string counted_address(const ip::address& address) {
  const auto plain = plain_address(address);
  if (plain.is_v4()) return plain.to_string();
  auto bytes = plain.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return ip::address_v6(bytes).to_string() + "/64";
}

std::optional<ip::address> node_address(std::string_view text) {
  const auto inner = unquoted(trimmed(text));
  std::string_view name = inner;
  if (name.starts_with('[')) {  // whatever the port is, it does not tell clients apart
    const auto end = name.find(']');
    if (end == std::string_view::npos || (end + 1 < name.size() && name[end + 1] != ':')) return std::nullopt;
    name = name.substr(1, end - 1);
  } else if (std::count(name.begin(), name.end(), ':') == 1) {
    name = name.substr(0, name.find(':'));
  }
  name = name.substr(0, name.find('%'));  // an interface of the proxy's is nothing to us
  boost::system::error_code error;
  const auto address = ip::make_address(std::string(name), error);
  if (error) return std::nullopt;
  return plain_address(address);
}

Result<AddressBlocks> AddressBlocks::read(const std::vector<std::string>& texts, const char* field) {
  AddressBlocks all;
  for (const auto& text : texts) {
    const auto slash = text.find('/');
    boost::system::error_code error;
    const auto address = ip::make_address(text.substr(0, slash), error);
    Block block;
    if (!error) block.bytes = bytes_of(address);
    const auto most = static_cast<unsigned>(block.bytes.size() * 8);
    block.bits = most;
    if (!error && slash != std::string::npos) {
      const auto* end = text.data() + text.size();
      const auto read = std::from_chars(text.data() + slash + 1, end, block.bits);
      if (read.ec != std::errc() || read.ptr != end || block.bits > most)
        error = make_error_code(boost::system::errc::invalid_argument);
    }
    if (error) return refuse("invalid", "not an address, nor a block of them", field);
    all.blocks_.push_back(std::move(block));
  }
  return all;
}

bool AddressBlocks::contain(const ip::address& address) const {
  const auto bytes = bytes_of(address);
  return std::any_of(blocks_.begin(), blocks_.end(), [&](const Block& block) {
    if (block.bytes.size() != bytes.size()) return false;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const unsigned bits = block.bits <= i * 8 ? 0 : std::min(block.bits - static_cast<unsigned>(i * 8), 8U);
      const auto mask = static_cast<unsigned>(0xFF00U >> bits) & 0xFFU;
      if (((bytes[i] ^ block.bytes[i]) & mask) != 0) return false;
    }
    return true;
  });
}

std::string client_of(const ip::address& peer, const AddressBlocks& trusted, const ForwardedFields& fields) {
  const auto proxy = counted_address(peer);
  if (!trusted.contain(peer)) return proxy;
  const auto old = walk(plain_address(peer), trusted, nodes_of_list(fields.x_forwarded_for));
  if (fields.forwarded.empty()) return old;
  const auto standard = walk(plain_address(peer), trusted, nodes_of_forwarded(fields.forwarded));
  if (fields.x_forwarded_for.empty()) return standard;
  return old == standard ? old : proxy;
}

}  // namespace sigap::web
