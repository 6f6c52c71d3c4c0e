// Against a server that answers as it likes: at once, never, with a redirect, without end, with a bad certificate.
#include "adapters/http_client/http_client.h"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <csignal>
#include <fstream>
#include <future>
#include <thread>

#include "adapters/http_client/addresses.h"
#include "scratch/scratch_folder.h"
#include "tls/issue.h"

namespace sigap::http_client {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using Error = boost::system::error_code;

/// Reads a request and then does what it is told.
class ServerOfTests {
 public:
  explicit ServerOfTests(std::function<void(tcp::socket&)> answer) : answer_(std::move(answer)) {
    thread_ = std::thread([this] {
      while (true) {
        tcp::socket socket(io_);
        Error error;
        acceptor_.accept(socket, error);
        if (error || stopping_) return;
        ++came_;
        answer_(socket);
      }
    });
  }
  ~ServerOfTests() {
    stopping_ = true;
    Error ignored;
    tcp::socket socket(io_);
    socket.connect(acceptor_.local_endpoint(), ignored);
    thread_.join();
  }
  std::string url(const std::string& scheme = "http", const std::string& host = "127.0.0.1") const {
    return scheme + "://" + host + ":" + std::to_string(acceptor_.local_endpoint().port()) + "/hook";
  }
  int came() const { return came_; }

 private:
  std::function<void(tcp::socket&)> answer_;
  asio::io_context io_;
  tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
  std::atomic<bool> stopping_{false};
  std::atomic<int> came_{0};
  std::thread thread_;
};

std::string read_request(tcp::socket& socket) {
  std::string text;
  Error error;
  asio::read_until(socket, asio::dynamic_buffer(text), "\r\n\r\n", error);
  return text;
}

void says(tcp::socket& socket, const std::string& text) {
  read_request(socket);
  Error ignored;
  asio::write(socket, asio::buffer(text), ignored);
}

struct HttpClientTest : testing::Test {
  HttpClientTest() { std::signal(SIGPIPE, SIG_IGN); }
  static std::unique_ptr<HttpClientBeast> client(bool inside = true, const std::filesystem::path& authority = {}) {
    HttpClientConfig config;
    config.private_addresses = inside;
    config.authority = authority;
    auto made = HttpClientBeast::make(std::move(config));
    EXPECT_TRUE(made);
    return std::move(*made);
  }
  static ports::Posted ask(HttpClientBeast& client, const std::string& url) {
    std::promise<ports::Posted> promise;
    client.post({url, {{"webhook-id", "msg_1"}}, R"({"a":1})"},
                [&](ports::Posted posted) { promise.set_value(posted); });
    return promise.get_future().get();
  }
};

}  // namespace

TEST_F(HttpClientTest, SaysItWholeAndTellsTheStatus) {
  std::string heard;
  ServerOfTests server([&](tcp::socket& socket) {
    heard = read_request(socket);
    asio::write(socket, asio::buffer(std::string("HTTP/1.1 204 No Content\r\n\r\n")));
  });
  auto our = client();
  const auto posted = ask(*our, server.url());
  EXPECT_EQ(posted.status, 204);
  EXPECT_EQ(posted.trouble, "");
  EXPECT_TRUE(heard.starts_with("POST /hook HTTP/1.1\r\n")) << heard;
  EXPECT_NE(heard.find("webhook-id: msg_1\r\n"), std::string::npos) << heard;
  EXPECT_NE(heard.find("Content-Length: 7\r\n"), std::string::npos) << heard;
}

TEST_F(HttpClientTest, FollowsNoRedirect) {
  ServerOfTests other([](tcp::socket& socket) { says(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); });
  ServerOfTests server([&](tcp::socket& socket) {
    says(socket, "HTTP/1.1 307 Temporary Redirect\r\nLocation: " + other.url() + "\r\nContent-Length: 0\r\n\r\n");
  });
  auto our = client();
  EXPECT_EQ(ask(*our, server.url()).status, 307);
  EXPECT_EQ(other.came(), 0);
}

TEST_F(HttpClientTest, ReadsNoneOfAGigabyte) {
  std::atomic<std::int64_t> written{0};
  ServerOfTests server([&](tcp::socket& socket) {
    says(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
    const std::string chunk(1U << 20, 'x');
    Error error;
    for (int i = 0; i < 1024 && !error; ++i)
      written += static_cast<std::int64_t>(asio::write(socket, asio::buffer(chunk), error));
  });
  auto our = client();
  EXPECT_EQ(ask(*our, server.url()).status, 200);
  EXPECT_LT(written, 64 << 20) << "what kernels buffer, and no more";
}

TEST_F(HttpClientTest, AHeadWithoutEndIsNoAnswer) {
  ServerOfTests server([](tcp::socket& socket) {
    says(socket, "HTTP/1.1 200 OK\r\n");
    Error error;
    while (!error) asio::write(socket, asio::buffer(std::string("X-More: and more and more\r\n")), error);
  });
  auto our = client();
  const auto posted = ask(*our, server.url());
  EXPECT_EQ(posted.status, 0);
  EXPECT_EQ(posted.trouble, "answer");
}

TEST_F(HttpClientTest, WhoeverSaysNothingHoldsUpNobodyAndIsGivenUpInTime) {
  std::promise<void> end;
  auto over = end.get_future().share();
  ServerOfTests silent([over](tcp::socket& socket) {
    read_request(socket);
    over.wait();
  });
  ServerOfTests server([](tcp::socket& socket) { says(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); });
  auto our = client();
  std::promise<ports::Posted> promise;
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 8; ++i)  // on each of its threads
    our->post({silent.url(), {}, "{}"}, [&, i](ports::Posted posted) {
      if (i == 0) promise.set_value(posted);
    });
  for (int i = 0; i < 8; ++i) EXPECT_EQ(ask(*our, server.url()).status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(ports::HttpClient::kPatience.ms) / 2);
  EXPECT_EQ(promise.get_future().get().trouble, "timeout");
  our->stop();
  end.set_value();
}

TEST_F(HttpClientTest, NobodyWithinOurNetworkIsSpokenTo) {
  ServerOfTests server([](tcp::socket& socket) { says(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"); });
  auto our = client(false);
  for (const auto& url :
       {server.url("https"), server.url("https", "localhost"), server.url("https", "[::ffff:127.0.0.1]"), server.url()})
    EXPECT_EQ(ask(*our, url).trouble, "address") << url;
  EXPECT_EQ(server.came(), 0);
}

TEST_F(HttpClientTest, WhatIsPublic) {
  for (const auto* text : {"8.8.8.8", "103.28.12.1", "2001:4860:4860::8888", "64:ff9b::808:808", "::ffff:8.8.8.8"})
    EXPECT_TRUE(is_public(asio::ip::make_address(text))) << text;
  for (const auto* text : {"127.0.0.1", "0.0.0.0", "10.1.2.3", "172.31.255.255", "192.168.1.1", "169.254.169.254",
                           "100.64.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1",
                           "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:1::1", "2001:db8::1"})
    EXPECT_FALSE(is_public(asio::ip::make_address(text))) << text;
}

TEST_F(HttpClientTest, ACertificateIsGoodForTheNameOrNothingIsSaid) {
  const ScratchFolder folder;
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  const Instant now{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
  tls::Wanted root{"Tests", {}, now - hours(1), now + hours(24), true};
  const auto authority = tls::issue(root);
  ASSERT_TRUE(authority);
  std::ofstream(folder / "ca.crt") << authority->certificate;
  const auto answers = [&](const std::string& name) {
    const auto pair = tls::issue({name, {name}, now - hours(1), now + hours(24)}, &*authority);
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    context->use_certificate_chain(asio::buffer(pair->certificate));
    context->use_private_key(asio::buffer(pair->key), asio::ssl::context::pem);
    return [context](tcp::socket& socket) {
      asio::ssl::stream<tcp::socket&> stream(socket, *context);
      Error error;
      stream.handshake(asio::ssl::stream_base::server, error);
      if (error) return;
      std::string text;
      asio::read_until(stream, asio::dynamic_buffer(text), "\r\n\r\n", error);
      asio::write(stream, asio::buffer(std::string("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")), error);
    };
  };
  ServerOfTests right(answers("localhost")), wrong(answers("other.example"));
  auto our = client(true, folder / "ca.crt");
  EXPECT_EQ(ask(*our, right.url("https", "localhost")).status, 200);
  EXPECT_EQ(ask(*our, wrong.url("https", "localhost")).trouble, "tls");
  auto strict = client(true);
  EXPECT_EQ(ask(*strict, right.url("https", "localhost")).trouble, "tls") << "the authority is nobody's";
}

TEST_F(HttpClientTest, WhatIsNoAddressIsTold) {
  auto our = client();
  for (const auto* url : {"", "ftp://a/b", "https://", "https://a b/", "https://user@host/", "https://host:99999999/"})
    EXPECT_EQ(ask(*our, url).trouble, "address") << url;
  EXPECT_EQ(ask(*our, "https://no-such-host.invalid/x").trouble, "unresolved");
}

}  // namespace sigap::http_client
