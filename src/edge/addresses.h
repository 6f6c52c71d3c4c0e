// Addresses of a configuration, as the programs in front of the server want them told.
#pragma once
#include <string>

#include "base/result.h"
#include "config/config.h"

namespace sigap::edge {

tl::unexpected<Refusal> wrong(const std::string& key, const std::string& why);
bool is_v6(const std::string& address);
bool is_v4(const std::string& address);
/// An IPv6 address in brackets, another one as it is.
std::string bracketed(const std::string& address);
std::string text_of(const config::HostPort& at);
/// Whether an address is within a block ("192.0.2.0/24") or is that one address.
bool within(const std::string& address, const std::string& block);
/// A socket of ours that is told to the other side: an address, so no wildcard, no name, no "any port".
Result<config::HostPort> own_socket(const std::string& key, const std::string& text);
/// A line break or a blank at an end would not be the same text for everybody who reads it.
bool plain(const std::string& text);

}  // namespace sigap::edge
