#include "process/udp_owner.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

namespace sigap::process {
namespace {

/// Each 32 bits as the machine has them (net/ipv4/udp.c, udp4_format_sock).
std::string as_in_table(const unsigned char* bytes, int size) {
  std::string text;
  for (int word = 0; word < size; word += 4) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes + word, 4);
    char digits[9];
    (void)std::snprintf(digits, sizeof digits, "%08X", value);
    text += digits;
  }
  return text;
}

std::string_view word(std::string_view& line) {
  const auto begin = std::min(line.find_first_not_of(' '), line.size());
  const auto end = std::min(line.find(' ', begin), line.size());
  const auto found = line.substr(begin, end - begin);
  line.remove_prefix(end);
  return found;
}

template <class Number>
std::optional<Number> number(std::string_view text, int base) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<uid_t> owner_in_table(std::string_view table, std::string_view address, std::uint16_t port) {
  std::optional<uid_t> owner;
  while (!table.empty()) {
    auto line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(line.size() + 1, table.size()));
    // sl local_address rem_address st queues tr:when retrnsmt uid
    (void)word(line);
    const auto local = word(line);
    const auto colon = local.find(':');
    if (colon == std::string_view::npos || number<std::uint16_t>(local.substr(colon + 1), 16) != port) continue;
    const auto host = local.substr(0, colon);
    if (host != address && host.find_first_not_of('0') != std::string_view::npos) continue;  // another address
    for (int skipped = 0; skipped < 5; ++skipped) (void)word(line);
    const auto uid = number<uid_t>(word(line), 10);
    if (!uid || (owner && *owner != *uid)) return std::nullopt;
    owner = uid;
  }
  return owner;
}

std::optional<uid_t> owner_of_udp(const std::string& address, std::uint16_t port) {
  unsigned char bytes[sizeof(in6_addr)];
  const bool v6 = address.find(':') != std::string::npos;
  if (inet_pton(v6 ? AF_INET6 : AF_INET, address.c_str(), bytes) != 1) return std::nullopt;
  std::ostringstream table;
  table << std::ifstream(v6 ? "/proc/net/udp6" : "/proc/net/udp").rdbuf();
  return owner_in_table(table.str(), as_in_table(bytes, v6 ? 16 : 4), port);
}

}  // namespace sigap::process
