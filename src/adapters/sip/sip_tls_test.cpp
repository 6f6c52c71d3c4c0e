// Trunks that come by TLS without an edge: who shows which certificate is heard as whom, and who is not.
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "adapters/sip/raw_phone.h"
#include "adapters/sip/recorder.h"
#include "adapters/sip/sip_hand.h"
#include "tls/issue.h"

namespace sigap::sip {
namespace {

Instant now_and(int days) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()} + hours(24 * days);
}

tls::Issued issued(const std::string& name, const tls::Issued* by, int from_day = -1, int until_day = 2) {
  tls::Wanted wanted;
  wanted.common_name = name;
  if (by) wanted.names = {name};
  wanted.from = now_and(from_day);
  wanted.until = now_and(until_day);
  wanted.authority = by == nullptr;
  auto made = tls::issue(wanted, by);
  EXPECT_TRUE(made) << made.error().message;
  return *made;
}

const tls::Issued& authority() {
  static const auto made = issued("trunks of a test", nullptr);
  return made;
}

/// A trunk's side of one connection.
class TlsPhone {
 public:
  TlsPhone(std::uint16_t server, const tls::Issued* shows, int at_most = TLS1_3_VERSION)
      : context_(SSL_CTX_new(TLS_client_method())), tcp_(server, true) {
    SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context_, at_most);
    if (at_most < TLS1_2_VERSION) SSL_CTX_set_security_level(context_, 0);
    if (shows) {
      auto* text = BIO_new_mem_buf(shows->certificate.data(), -1);
      auto* certificate = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
      SSL_CTX_use_certificate(context_, certificate);
      X509_free(certificate);
      BIO_free(text);
      text = BIO_new_mem_buf(shows->key.data(), -1);
      auto* key = PEM_read_bio_PrivateKey(text, nullptr, nullptr, nullptr);
      SSL_CTX_use_PrivateKey(context_, key);
      EVP_PKEY_free(key);
      BIO_free(text);
    }
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, tcp_.descriptor());
    timeval patience{5, 0};
    setsockopt(tcp_.descriptor(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    joined_ = SSL_connect(ssl_) == 1;
  }
  ~TlsPhone() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
  }
  TlsPhone(const TlsPhone&) = delete;
  TlsPhone& operator=(const TlsPhone&) = delete;

  /// The status of the answer; 0: the connection was ended, or nothing came.
  int ask(std::string text) {
    for (auto at = text.find("SIP/2.0/TCP"); at != std::string::npos; at = text.find("SIP/2.0/TCP"))
      text.replace(at, 11, "SIP/2.0/TLS");
    if (!joined_ || SSL_write(ssl_, text.data(), static_cast<int>(text.size())) <= 0) return 0;
    return text.starts_with("ACK") ? 0 : hear();
  }
  int hear() {
    char buffer[8192];
    do {
      const int n = SSL_read(ssl_, buffer, sizeof buffer);
      if (n <= 0) return 0;
      answer.assign(buffer, static_cast<std::size_t>(n));
    } while (answer.starts_with("SIP/2.0 100"));
    if (const auto at = answer.find("\r\nTo:"); at != std::string::npos)
      if (const auto tag = answer.find(";tag=", at); tag < answer.find("\r\n", at + 2))
        tcp_.to_tag = answer.substr(tag + 5, answer.find("\r\n", tag) - tag - 5);
    return std::stoi(answer.substr(8, 3));
  }
  RawPhone& words() { return tcp_; }
  std::string answer;

 private:
  SSL_CTX* context_;
  RawPhone tcp_;
  SSL* ssl_ = nullptr;
  bool joined_ = false;
};

class SipTlsTest : public testing::Test {
 protected:
  void SetUp() override {
    folder = std::filesystem::path(testing::TempDir()) / ("sip_tls" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    const auto ours = issued("110.example", &authority());
    const auto put = [&](const char* name, const std::string& text) {
      std::ofstream(folder / name) << text;
      std::filesystem::permissions(folder / name,
                                   std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    };
    put("ours.pem", ours.certificate);
    put("ours.key", ours.key);
    put("ca.pem", authority().certificate);
    config.trunks = {{{"telkom"}, {"127.0.0.1"}, "sbc.telkom.example"},
                     {{"indosat"}, {"127.0.0.0/8"}, "sbc.indosat.example"}};
    config.tls = SipTls{"127.0.0.1", 0, folder / "ours.pem", folder / "ours.key", folder / "ca.pem"};
    config.stranger_stays = milliseconds(300);
    config.tell_of_tls = [this](const std::string& why) {
      const std::lock_guard lock(mutex);
      told.push_back(why);
    };
    heard.written = [this](const LegId& leg) { hand.hang_up(leg); };
  }
  void TearDown() override {
    hand.stop();
    std::filesystem::remove_all(folder);
  }
  void start() {
    const auto started = hand.start(config, heard);
    ASSERT_TRUE(started) << started.error().message;
    ASSERT_NE(hand.tls_port(), 0);
    ASSERT_NE(hand.tls_port(), hand.port());
  }
  static int options(TlsPhone& phone) { return phone.ask(phone.words().request("OPTIONS", 1)); }
  /// Why the newest connection was refused, once there were so many.
  std::string why(std::int64_t refused) {
    for (int i = 0; i < 500 && hand.health().tls->refused < refused; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(hand.health().tls->refused, refused);
    return hand.health().tls->why;
  }

  std::filesystem::path folder;
  SipConfig config;
  Recorder heard;
  std::mutex mutex;
  std::vector<std::string> told;
  SipHand hand;
};

TEST_F(SipTlsTest, ACallOfATrunkThatShowsItsCertificate) {
  start();
  const auto certificate = issued("sbc.telkom.example", &authority());
  TlsPhone phone(hand.tls_port(), &certificate);
  ASSERT_EQ(options(phone), 200);
  phone.words().call_id += "-call";
  auto& words = phone.words();
  std::thread arrived([this] {
    ASSERT_TRUE(heard.wait([&] { return heard.arrived.size() == 1; }));
    hand.answer(heard.arrived[0].leg, RawPhone::sdp());
  });
  const int status = phone.ask(words.invite());
  arrived.join();
  ASSERT_EQ(status, 200) << phone.answer;
  EXPECT_EQ(heard.arrived[0].trunk.value, "telkom");
  EXPECT_NE(phone.answer.find(":" + std::to_string(hand.tls_port()) + ";transport=tls>"), std::string::npos)
      << phone.answer;
  (void)phone.ask(words.request("ACK", 1));
  ASSERT_TRUE(heard.wait([&] { return heard.confirmed.size() == 1; }));

  // Somebody else's certificate is good for their own calls, not for this one.
  const auto neighbour = issued("sbc.indosat.example", &authority());
  TlsPhone other(hand.tls_port(), &neighbour);
  other.words().call_id = words.call_id;
  other.words().to_tag = words.to_tag;
  EXPECT_EQ(other.ask(other.words().request("BYE", 2)), 403);
  EXPECT_TRUE(heard.ended.empty());
  // Nor is the address enough, without TLS.
  RawPhone plain(hand.port(), true);
  plain.call_id = words.call_id;
  plain.to_tag = words.to_tag;
  plain.say(plain.request("BYE", 3));
  EXPECT_EQ(plain.status(500), 0);
  EXPECT_TRUE(heard.ended.empty());

  EXPECT_EQ(phone.ask(words.request("BYE", 4)), 200);
  ASSERT_TRUE(heard.wait([&] { return heard.ended.size() == 1; }));
  EXPECT_EQ(heard.ended[0].by, ports::LegEndedBy::caller);
}

TEST_F(SipTlsTest, WhoseCertificateItIsSaysWhoseCallItIs) {
  start();
  const auto certificate = issued("sbc.indosat.example", &authority());
  TlsPhone phone(hand.tls_port(), &certificate);
  ASSERT_EQ(options(phone), 200);
  phone.words().call_id += "-call";
  std::thread answered([this] {
    ASSERT_TRUE(heard.wait([&] { return heard.arrived.size() == 1; }));
    hand.refuse(heard.arrived[0].leg, 480);
  });
  EXPECT_EQ(phone.ask(phone.words().invite()), 480);
  answered.join();
  EXPECT_EQ(heard.arrived[0].trunk.value, "indosat") << "the same address as the other's";
}

TEST_F(SipTlsTest, ACertificateThatIsNotTakenIsRefusedWithItsReason) {
  start();
  const auto stranger = issued("trunks of somebody else", nullptr);
  const auto expired = issued("sbc.telkom.example", &authority(), -9, -1),
             early = issued("sbc.telkom.example", &authority(), 1, 2),
             unknown = issued("sbc.telkom.example", &stranger), wrong = issued("sbc.other.example", &authority());
  const auto refused = [&](const tls::Issued* shows, int version = TLS1_3_VERSION) {
    TlsPhone phone(hand.tls_port(), shows, version);
    return options(phone);
  };
  EXPECT_EQ(refused(&expired), 0);
  EXPECT_NE(why(1).find("certificate has expired (/CN=sbc.telkom.example)"), std::string::npos) << why(1);
  EXPECT_EQ(refused(&early), 0);
  EXPECT_NE(why(2).find("not yet valid"), std::string::npos) << why(2);
  EXPECT_EQ(refused(&unknown), 0);
  EXPECT_NE(why(3).find("issuer"), std::string::npos) << why(3);
  EXPECT_EQ(refused(nullptr), 0);
  EXPECT_NE(why(4).find("no certificate was shown"), std::string::npos) << why(4);
  EXPECT_EQ(refused(&wrong), 403);
  EXPECT_NE(why(5).find("sbc.other.example"), std::string::npos) << why(5);
  const auto good = issued("sbc.telkom.example", &authority());
  EXPECT_EQ(refused(&good, TLS1_1_VERSION), 0) << "of yesterday";
  EXPECT_EQ(refused(&good), 200) << "nobody else was hurt";
  EXPECT_TRUE(heard.arrived.empty());
  const std::lock_guard lock(mutex);
  ASSERT_FALSE(told.empty());
  EXPECT_NE(told[0].find("expired"), std::string::npos);
}

TEST_F(SipTlsTest, WithoutTlsATrunkThatHasToShowACertificateIsAStranger) {
  start();
  for (const bool tcp : {false, true}) {
    RawPhone plain(hand.port(), tcp);
    plain.say(plain.request("OPTIONS", 1));
    EXPECT_EQ(plain.status(), 403);
  }
  EXPECT_EQ(hand.health().strangers, 2);
}

TEST_F(SipTlsTest, AConnectionThatShowsNothingIsEnded) {
  start();
  RawPhone silent(hand.tls_port(), true);
  EXPECT_TRUE(silent.ended(5'000));
  const auto certificate = issued("sbc.telkom.example", &authority());
  TlsPhone phone(hand.tls_port(), &certificate);
  ASSERT_EQ(options(phone), 200);
  std::this_thread::sleep_for(std::chrono::milliseconds(900));
  phone.words().call_id += "-later";
  EXPECT_EQ(options(phone), 200) << "a trunk may say nothing for long";
}

TEST_F(SipTlsTest, FilesThatDoNotFitAreToldAtTheStart) {
  config.tls->authority = folder / "ours.key";
  auto started = hand.start(config, heard);
  ASSERT_FALSE(started);
  EXPECT_NE(started.error().message.find("no certificate in it"), std::string::npos) << started.error().message;
  config.tls->authority = folder / "none.pem";
  started = hand.start(config, heard);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, "io");
  config.tls->authority = folder / "ca.pem";
  config.tls->key = folder / "ca.pem";
  EXPECT_FALSE(hand.start(config, heard));
}

}  // namespace
}  // namespace sigap::sip
