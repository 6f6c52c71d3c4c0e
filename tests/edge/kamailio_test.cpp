// The generator of the edge's configuration: what it writes, what it escapes, what it refuses, and Kamailio's own
// opinion.
#include "edge/kamailio.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace sigap::edge {
namespace {

config::Config good() {
  config::Config config;
  config.sip_edges = {"127.0.0.1"};
  config.edge.udp = {"192.0.2.1:5060"};
  config.edge.tcp = {"192.0.2.1:5060", "[2001:db8::1]:5060"};
  config::TrunkConfig trunk;
  trunk.name = "telkom-diy";
  trunk.addresses = {"192.0.2.10", "198.51.100.0/28", "2001:db8:110::/64"};
  trunk.calls_per_second = 200;
  config.trunks = {trunk};
  return config;
}
config::Config with_tls() {
  auto config = good();
  config.edge.tls = {"192.0.2.1:5061"};
  config.edge.certificate = "/etc/sigap-edge/cert.pem";
  config.edge.key = "/etc/sigap-edge/key.pem";
  config.edge.client_ca = "/etc/sigap-edge/clients.pem";
  return config;
}
std::string written(const config::Config& config) {
  const auto text = kamailio_configuration(config);
  EXPECT_TRUE(text) << text.error().message;
  return text.value_or("");
}
bool holds(const std::string& text, const std::string& piece) {
  return text.find(piece) != std::string::npos;
}
/// The key that is to blame; its message says more than the key.
std::string blamed(const config::Config& config) {
  const auto text = kamailio_configuration(config);
  if (text) return "nothing";
  EXPECT_EQ(text.error().code, "invalid");
  EXPECT_TRUE(text.error().message.rfind(text.error().field + ": ", 0) == 0) << text.error().message;
  EXPECT_GT(text.error().message.size(), text.error().field.size() + 5);
  return text.error().field;
}
/// Kamailio reads the file, with no word of complaint.
bool accepted(const std::string& text) {
  // The addresses of the examples are not this machine's; whether one can be bound is not what is asked here.
  const std::string file = testing::TempDir() + "kamailio_test.cfg", words = file + ".words";
  std::ofstream(file) << text;
  const bool passed = std::system(("kamailio -c -f '" + file + "' >'" + words + "' 2>&1").c_str()) == 0;
  std::ifstream in(words);
  const std::string said{std::istreambuf_iterator<char>(in), {}};
  EXPECT_TRUE(passed) << said;
  EXPECT_FALSE(holds(said, "ERROR") || holds(said, "CRITICAL")) << said;
  return passed;
}

}  // namespace

TEST(KamailioTest, ListensOutsideAndTowardsTheServer) {
  const auto text = written(good());
  EXPECT_EQ(text.rfind("#!KAMAILIO\n", 0), 0u);
  EXPECT_TRUE(holds(text,
                    "listen=udp:127.0.0.1:5062\nlisten=udp:192.0.2.1:5060\nlisten=tcp:192.0.2.1:5060\n"
                    "listen=tcp:[2001:db8::1]:5060\n"));
  EXPECT_TRUE(holds(text, "$du = \"sip:127.0.0.1:5060\";\n  $fs = \"udp:127.0.0.1:5062\";"));
  EXPECT_TRUE(holds(text, "if (src_ip != 127.0.0.1 || src_port != 5060) exit;"));
  EXPECT_FALSE(holds(text, "tls.so"));
  EXPECT_FALSE(holds(text, "@")) << "a word that was not filled in";
  EXPECT_EQ(text, written(good())) << "the same configuration, the same text";
  auto udp_only = good();
  udp_only.edge.tcp.clear();
  EXPECT_TRUE(holds(written(udp_only), "disable_tcp=yes"));
}

TEST(KamailioTest, TrunksAndTheirPaceStandAsTheServerHasThem) {
  auto config = with_tls();
  config::TrunkConfig proved;
  proved.name = "proved";
  proved.addresses = {"0.0.0.0/0"};
  proved.tls_name = "sbc.example";
  config.trunks.push_back(proved);
  const auto text = written(config);
  EXPECT_TRUE(holds(text,
                    "  if (src_ip == 192.0.2.10 || src_ip == 198.51.100.0/28 || src_ip == [2001:db8:110::]/64) {\n"
                    "    $var(trunk) = \"telkom-diy\";\n    $var(pipe) = \"trunk0\";\n    $var(rate) = 200;\n"));
  EXPECT_TRUE(holds(text,
                    "  if ((src_ip == 0.0.0.0/0) && proto == TLS && $tls_peer_verified == 1 &&\n"
                    "      ($tls_peer_subject_cn == \"sbc.example\" || $tls_peer_san_hostname == \"sbc.example\")) {\n"
                    "    $var(trunk) = \"proved\";\n"));
  EXPECT_TRUE(holds(text, "modparam(\"tls\", \"tls_method\", \"TLSv1.2+\")"));
  EXPECT_TRUE(holds(text, "modparam(\"tls\", \"private_key\", \"/etc/sigap-edge/key.pem\")"));
  EXPECT_TRUE(holds(text, "modparam(\"tls\", \"verify_certificate\", 1)"));
  EXPECT_FALSE(holds(text, "Retry-After:"));
}

TEST(KamailioTest, WhatIsWrittenIsOneStringWhateverItHolds) {
  auto config = with_tls();
  config.trunks[0].name = "a \"b\" \\ $si # @SERVER@";
  config.edge.key = "/etc/\"; exit; \"";
  const auto text = written(config);
  EXPECT_TRUE(holds(text, "$var(trunk) = \"a \\\"b\\\" \\\\ $si # @SERVER@\";"));
  EXPECT_TRUE(holds(text, "\"/etc/\\\"; exit; \\\"\""));
  EXPECT_TRUE(accepted(text));
  for (const auto* name : {"a\nb", "a\r\nX: y", " a", "a ", "\x7f"}) {
    config.trunks[0].name = name;
    EXPECT_EQ(blamed(config), "trunk[0].name");
  }
}

TEST(KamailioTest, KamailioAcceptsEachShape) {
  EXPECT_TRUE(accepted(written(good())));
  EXPECT_TRUE(accepted(written(with_tls())));
  auto v6 = good();
  v6.sip = {"::1", 5060};
  v6.edge.inside = {"::1", 5062};
  v6.sip_edges = {"::1"};
  EXPECT_TRUE(accepted(written(v6)));
}

TEST(KamailioTest, WhatCannotWorkIsRefusedWithTheKeyToBlame) {
  const auto but = [](auto change, config::Config config = with_tls()) {
    change(config);
    return blamed(config);
  };
  EXPECT_EQ(but([](auto&) {}), "nothing");
  EXPECT_EQ(but([](auto& c) { c.trunks.clear(); }), "trunk");
  EXPECT_EQ(but([](auto& c) { c.trunks[0].addresses.clear(); }), "trunk[0].addresses");
  for (const auto* address : {"sbc.example", "192.0.2.0/33", "192.0.2.1/", "192.0.2.1 ; exit", "::1/129", ""})
    EXPECT_EQ(but([&](auto& c) { c.trunks[0].addresses = {address}; }), "trunk[0].addresses") << address;
  EXPECT_EQ(but([](auto& c) { c.edge.certificate = ""; }), "edge.certificate");
  EXPECT_EQ(but([](auto& c) { c.edge.key = ""; }), "edge.key");
  EXPECT_EQ(but([](auto& c) { c.edge.key = "key.pem"; }), "edge.key");
  EXPECT_EQ(but([](auto& c) { c.edge.client_ca = "/a\nb"; }), "edge.client_ca");
  EXPECT_EQ(but([](auto& c) { c.edge.udp = c.edge.tcp = c.edge.tls = {}; }), "edge");
  EXPECT_EQ(but([](auto& c) { c.edge.udp = {"192.0.2.1"}; }), "edge.udp");
  EXPECT_EQ(but([](auto& c) { c.edge.tcp = {"0.0.0.0:5060"}; }), "edge.tcp");
  EXPECT_EQ(but([](auto& c) { c.edge.tls = {"edge.example:5061"}; }), "edge.tls");
  EXPECT_EQ(but([](auto& c) { c.edge.udp = {"192.0.2.1:0"}; }), "edge.udp");
  EXPECT_EQ(but([](auto& c) { c.edge.udp = {"127.0.0.1:5060"}; }), "edge.udp") << "the server's own";
  EXPECT_EQ(but([](auto& c) { c.edge.tls = c.edge.tcp; }), "edge.tls") << "taken by edge.tcp";
  EXPECT_EQ(but([](auto& c) { c.sip.host = "0.0.0.0"; }), "sip.listen");
  EXPECT_EQ(but([](auto& c) { c.edge.inside.host = "::1"; }), "edge.inside");
  EXPECT_EQ(but([](auto& c) { c.sip_edges.clear(); }), "sip.edge");
  EXPECT_EQ(but([](auto& c) { c.trunks[0].tls_name = "sbc"; }, good()), "trunk[0].tls_name");
  EXPECT_EQ(but([](auto& c) { c.trunks[0].tls_name = "sbc", c.edge.client_ca = ""; }), "edge.client_ca");
  EXPECT_EQ(but([](auto& c) { c.trunks[0].tls_name = "sbc\n"; }), "trunk[0].tls_name");
}

}  // namespace sigap::edge
