#include "drill/health_probe.h"

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/json/parse.hpp>
#include <memory>

namespace sigap::drill {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace json = boost::json;

constexpr auto kProbePatience = std::chrono::seconds(1);

std::int64_t number(const json::object& in, const char* name) {
  const auto* value = in.if_contains(name);
  return value && value->is_int64() ? value->as_int64() : 0;
}

std::string word(const json::object& in, const char* name) {
  const auto* value = in.if_contains(name);
  return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

const json::object& part(const json::object& in, const char* name) {
  static const json::object none;
  const auto* value = in.if_contains(name);
  return value && value->is_object() ? value->as_object() : none;
}

std::optional<Health> read(bool well, const std::string& text) {
  boost::system::error_code wrong;
  const auto body = json::parse(text, wrong);
  if (wrong || !body.is_object()) return std::nullopt;
  const auto& all = body.as_object();
  const auto& calls = part(all, "calls");
  const auto& operators = part(all, "operators");
  Health h;
  h.well = well;
  h.status = word(all, "status");
  h.uptime_s = number(all, "uptime_s");
  h.epoch = number(part(all, "cluster"), "epoch");
  h.standby = word(part(all, "cluster"), "standby");
  h.calls = number(calls, "waiting") + number(calls, "talking");
  for (const auto* state : {"ready", "offered", "talking", "wrap_up"}) h.at_work += number(operators, state);
  return h;
}

struct Probe : std::enable_shared_from_this<Probe> {
  Probe(boost::asio::io_context& io, std::function<void(std::optional<Health>)> told)
      : stream(io), done(std::move(told)) {}

  void run(const Path& path) {
    request.set(http::field::host, in_uri(path.http));
    stream.expires_after(kProbePatience);
    stream.async_connect(path.http, [self = shared_from_this()](beast::error_code error) {
      if (error) return self->done(std::nullopt);
      http::async_write(self->stream, self->request, [self](beast::error_code unsent, std::size_t) {
        if (unsent) return self->done(std::nullopt);
        http::async_read(self->stream, self->buffer, self->reply, [self](beast::error_code unread, std::size_t) {
          if (unread) return self->done(std::nullopt);
          self->done(read(self->reply.result() == http::status::ok, self->reply.body()));
        });
      });
    });
  }

  beast::tcp_stream stream;
  std::function<void(std::optional<Health>)> done;
  http::request<http::empty_body> request{http::verb::get, "/healthz", 11};
  http::response<http::string_body> reply;
  beast::flat_buffer buffer;
};

}  // namespace

void probe_health(boost::asio::io_context& io, const Path& path, std::function<void(std::optional<Health>)> done) {
  std::make_shared<Probe>(io, std::move(done))->run(path);
}

}  // namespace sigap::drill
