// Whose account on this machine holds a UDP port of loopback: a datagram from there names nobody, the kernel does.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sigap::process {

/// Of the socket that a datagram from this address and port came from, or that one to it reaches. Nothing when there is
/// none, or when sockets of several accounts could be it. Source: proc(5), /proc/net/udp and udp6.
std::optional<uid_t> owner_of_udp(const std::string& address, std::uint16_t port);

/// The same out of such a table's text. `address`: as it writes addresses, in hexadecimal.
std::optional<uid_t> owner_in_table(std::string_view table, std::string_view address, std::uint16_t port);

}  // namespace sigap::process
