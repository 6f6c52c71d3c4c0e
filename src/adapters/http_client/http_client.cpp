#include "adapters/http_client/http_client.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <charconv>
#include <optional>
#include <thread>

#include "adapters/http_client/addresses.h"

namespace sigap::http_client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Error = boost::system::error_code;

struct Address {
  bool secure = true;
  std::string host, port, target;
  std::string authority;  ///< host and port as they were written
};

std::optional<Address> read_url(const std::string& url) {
  Address a;
  std::string_view rest = url;
  if (rest.starts_with("http://"))
    a.secure = false;
  else if (!rest.starts_with("https://"))
    return std::nullopt;
  rest.remove_prefix(rest.find("://") + 3);
  const auto path = std::min(rest.find_first_of("/?#"), rest.size());
  a.authority = rest.substr(0, path);
  a.target = rest.substr(path);
  if (!a.target.starts_with('/')) a.target = '/' + a.target;
  std::string_view host = a.authority;
  a.port = a.secure ? "443" : "80";
  const auto bracket = host.find(']');
  const auto colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) {
    a.port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  a.host = host;
  const bool port_right = !a.port.empty() && a.port.size() <= 5 &&
                          std::ranges::all_of(a.port, [](unsigned char c) { return std::isdigit(c); });
  const bool host_right = !a.host.empty() && std::ranges::all_of(a.host, [](unsigned char c) {
    return std::isalnum(c) || c == '-' || c == '.' || c == ':';
  });
  return port_right && host_right ? std::optional(a) : std::nullopt;
}

std::int64_t retry_after(const http::response_header<>& head) {
  const auto text = head[http::field::retry_after];
  std::int64_t after = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), after);
  return error == std::errc() && end == text.data() + text.size() && after > 0 ? after : 0;
}

/// One message and its answer. Lives on its io thread; kept alive by what it waits for.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  using Done = std::function<void(ports::Posted)>;

  Exchange(asio::io_context& io, asio::ssl::context& tls, const HttpClientConfig& config, Address to,
           ports::Posting posting, Done done)
      : config_(config), to_(std::move(to)), resolver_(io), deadline_(io), stream_(io, tls), done_(std::move(done)) {
    request_.method(http::verb::post);
    request_.target(to_.target);
    request_.set(http::field::host, to_.authority);
    request_.set(http::field::user_agent, config.user_agent);
    request_.set(http::field::content_type, "application/json");
    for (const auto& [name, value] : posting.headers) request_.set(name, value);
    request_.body() = std::move(posting.body);
    request_.keep_alive(false);
    request_.prepare_payload();
  }

  void start() {
    deadline_.expires_after(std::chrono::milliseconds(ports::HttpClient::kPatience.ms));
    deadline_.async_wait([self = shared_from_this()](Error error) {
      if (!error) self->end({0, "timeout", 0});
    });
    Error literal;
    const auto address = asio::ip::make_address(to_.host, literal);
    if (!literal) return connect({tcp::endpoint(address, port())});
    resolver_.async_resolve(to_.host, to_.port,
                            [self = shared_from_this()](Error error, const tcp::resolver::results_type& found) {
                              if (error) return self->end({0, "unresolved", 0});
                              std::vector<tcp::endpoint> all;
                              for (const auto& each : found) all.push_back(each.endpoint());
                              self->connect(std::move(all));
                            });
  }

 private:
  std::uint16_t port() const { return static_cast<std::uint16_t>(std::stoul(to_.port)); }
  beast::tcp_stream& wire() { return beast::get_lowest_layer(stream_); }

  void connect(std::vector<tcp::endpoint> all) {
    if (!config_.private_addresses) std::erase_if(all, [](const auto& each) { return !is_public(each.address()); });
    if (all.empty()) return end({0, "address", 0});
    ends_ = std::move(all);
    wire().async_connect(ends_, [self = shared_from_this()](Error error, const tcp::endpoint&) {
      if (error) return self->end({0, "unreachable", 0});
      self->to_.secure ? self->shake_hands() : self->write(self->wire());
    });
  }

  void shake_hands() {
    Error literal;
    asio::ip::make_address(to_.host, literal);
    // As SSL_set_tlsext_host_name, which is a macro with a cast.
    if (literal)
      SSL_ctrl(stream_.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, to_.host.data());
    stream_.set_verify_mode(asio::ssl::verify_peer);
    stream_.set_verify_callback(asio::ssl::host_name_verification(to_.host));
    stream_.async_handshake(asio::ssl::stream_base::client, [self = shared_from_this()](Error error) {
      if (error) return self->end({0, "tls", 0});
      self->write(self->stream_);
    });
  }

  template <class Stream>
  void write(Stream& stream) {
    http::async_write(stream, request_, [self = shared_from_this(), &stream](Error error, std::size_t) {
      if (error) return self->end({0, "unreachable", 0});
      self->read(stream);
    });
  }

  template <class Stream>
  void read(Stream& stream) {
    parser_.header_limit(static_cast<std::uint32_t>(HttpClientBeast::kHeadMost_bytes));
    http::async_read_header(stream, buffer_, parser_, [self = shared_from_this()](Error error, std::size_t) {
      if (error) return self->end({0, "answer", 0});
      self->end({self->parser_.get().result_int() > 0 ? static_cast<int>(self->parser_.get().result_int()) : 0, "",
                 retry_after(self->parser_.get().base())});
    });
  }

  void end(ports::Posted posted) {
    if (!done_) return;
    deadline_.cancel();
    resolver_.cancel();
    wire().close();  // what else it says is of no matter
    std::exchange(done_, nullptr)(std::move(posted));
  }

  const HttpClientConfig& config_;
  Address to_;
  tcp::resolver resolver_;
  asio::steady_timer deadline_;
  asio::ssl::stream<beast::tcp_stream> stream_;
  std::vector<tcp::endpoint> ends_;
  http::request<http::string_body> request_;
  beast::flat_buffer buffer_{HttpClientBeast::kHeadMost_bytes + 1024};
  http::response_parser<http::empty_body> parser_;
  Done done_;
};

}  // namespace

struct HttpClientBeast::Parts {
  explicit Parts(HttpClientConfig wanted) : config(std::move(wanted)), tls(asio::ssl::context::tls_client) {}
  HttpClientConfig config;
  asio::ssl::context tls;
  struct Line {
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
    std::thread thread;
  };
  std::array<Line, kThreads> lines;
  std::atomic<std::size_t> under_way{0}, next{0};
  std::atomic<bool> stopped{false};
};

HttpClientBeast::HttpClientBeast(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {
  for (auto& line : parts_->lines) line.thread = std::thread([&line] { line.io.run(); });
}

Result<std::unique_ptr<HttpClientBeast>> HttpClientBeast::make(HttpClientConfig config) {
  auto parts = std::make_unique<Parts>(std::move(config));
  Error error;
  parts->tls.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1, error);
  parts->tls.set_default_verify_paths(error);
  if (!parts->config.authority.empty()) {
    parts->tls.load_verify_file(parts->config.authority.string(), error);
    if (error) return refuse("tls", parts->config.authority.string() + ": " + error.message());
  }
  return std::unique_ptr<HttpClientBeast>(new HttpClientBeast(std::move(parts)));
}

HttpClientBeast::~HttpClientBeast() {
  stop();
}

void HttpClientBeast::stop() {
  if (parts_->stopped.exchange(true)) return;
  for (auto& line : parts_->lines) line.io.stop();
  for (auto& line : parts_->lines) line.thread.join();
}

void HttpClientBeast::post(ports::Posting posting, std::function<void(ports::Posted)> done) {
  auto to = read_url(posting.url);
  if (!to || (!to->secure && !parts_->config.private_addresses)) return done({0, "address", 0});
  if (parts_->stopped || parts_->under_way >= kUnderWayMost) return done({0, "busy", 0});
  ++parts_->under_way;
  auto counted = [parts = parts_.get(), done = std::move(done)](ports::Posted posted) {
    --parts->under_way;
    done(std::move(posted));
  };
  auto& io = parts_->lines[parts_->next++ % kThreads].io;
  asio::post(io, [this, &io, to = std::move(*to), posting = std::move(posting),
                  counted = std::move(counted)]() mutable {
    std::make_shared<Exchange>(io, parts_->tls, parts_->config, std::move(to), std::move(posting), std::move(counted))
        ->start();
  });
}

}  // namespace sigap::http_client
