#include "process/udp_owner.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sigap::process {
namespace {

constexpr char kTable[] =
    "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer "
    "drops\n"
    "  12: 0100007F:56CE 00000000:0000 07 00000000:00000000 00:00000000 00000000  1000        0 1 2 0 0\n"
    "  13: 0100007F:56CF 0100007F:56CE 01 00000000:00000000 00:00000000 00000000   107        0 2 2 0 0\n"
    "  14: 00000000:56D0 00000000:0000 07 00000000:00000000 00:00000000 00000000    33        0 3 2 0 0\n"
    "  15: 0200007F:56D1 00000000:0000 07 00000000:00000000 00:00000000 00000000    33        0 4 2 0 0\n"
    "  16: 0100007F:56D1 00000000:0000 07 00000000:00000000 00:00000000 00000000   107        0 5 2 0 0\n"
    "  17: 0100007F:56D2 00000000:0000 07 00000000:00000000 00:00000000 00000000   107        0 6 2 0 0\n"
    "  18: 00000000:56D2 00000000:0000 07 00000000:00000000 00:00000000 00000000    33        0 7 2 0 0\n";

TEST(UdpOwnerTest, EachPortHasTheAccountThatTheTableNames) {
  const auto owner = [](std::uint16_t port) { return owner_in_table(kTable, "0100007F", port); };
  EXPECT_EQ(owner(0x56ce), 1000U);
  EXPECT_EQ(owner(0x56cf), 107U);
  EXPECT_EQ(owner(0x56d0), 33U) << "who listens everywhere listens here";
  EXPECT_EQ(owner(0x56d1), 107U) << "another address is somebody else's";
  EXPECT_FALSE(owner(0x56d2)) << "either could be it";
  EXPECT_FALSE(owner(0x56d3));
  EXPECT_FALSE(owner_in_table("", "0100007F", 0x56ce));
  EXPECT_FALSE(owner_in_table("  12: 0100007F:56CE 00000000:0000 07\n", "0100007F", 0x56ce));
}

TEST(UdpOwnerTest, OurOwnSocketIsOurs) {
  const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof here;
  ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&here), size), 0);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&here), &size);
  EXPECT_EQ(owner_of_udp("127.0.0.1", ntohs(here.sin_port)), ::geteuid());
  EXPECT_FALSE(owner_of_udp("127.0.0.77", ntohs(here.sin_port)));
  EXPECT_FALSE(owner_of_udp("no address", ntohs(here.sin_port)));
  ::close(socket);
}

}  // namespace
}  // namespace sigap::process
