#include "sigap/lan.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/characters.h"

namespace sigap::cli {
namespace {

std::string text_of(const sockaddr* address) {
  std::array<char, INET_ADDRSTRLEN> text{};
  inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, text.data(), text.size());
  return text.data();
}

/// By which it would speak with the rest of the world; nothing is sent. Empty: it has no way there.
std::string outward_address() {
  sockaddr_in far{};
  far.sin_family = AF_INET;
  far.sin_port = htons(9);
  inet_pton(AF_INET, "203.0.113.1", &far.sin_addr);  // RFC 5737: nobody's
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in own{};
  socklen_t size = sizeof own;
  const bool known = ::connect(fd, reinterpret_cast<const sockaddr*>(&far), sizeof far) == 0 &&
                     ::getsockname(fd, reinterpret_cast<sockaddr*>(&own), &size) == 0;
  ::close(fd);
  return known ? text_of(reinterpret_cast<const sockaddr*>(&own)) : std::string();
}

}  // namespace

Lan this_machine() {
  Lan lan;
  std::array<char, 256> name{};
  ::gethostname(name.data(), name.size() - 1);
  lan.machine = lower_ascii(name.data());
  const auto in_a_name = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  if (lan.machine.empty() || !std::all_of(lan.machine.begin(), lan.machine.end(), in_a_name)) lan.machine = "sigap";
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) != 0) return lan;
  for (const auto* one = all; one; one = one->ifa_next)
    if (one->ifa_addr && one->ifa_addr->sa_family == AF_INET && (one->ifa_flags & IFF_UP) &&
        !(one->ifa_flags & IFF_LOOPBACK))
      lan.addresses.push_back(text_of(one->ifa_addr));
  ::freeifaddrs(all);
  std::sort(lan.addresses.begin(), lan.addresses.end());
  const auto out = std::find(lan.addresses.begin(), lan.addresses.end(), outward_address());
  if (out != lan.addresses.end()) std::rotate(lan.addresses.begin(), out, out + 1);
  return lan;
}

void show_as_picture(const std::string& url) {
  std::fflush(stdout);
  const char* type = ::isatty(STDOUT_FILENO) ? "ANSIUTF8" : "UTF8";  // with colours it can be read on any background
  const int child = ::fork();
  if (child == 0) {
    ::execlp("qrencode", "qrencode", "-m", "2", "-t", type, url.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0)
    fmt::print("  (no picture of it: Debian package qrencode)\n");
}

}  // namespace sigap::cli
