#include "adapters/web/router.h"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>

#include "adapters/web/device_kind.h"
#include "adapters/web/owed.h"
#include "adapters/web/sign_in_body.h"
#include "adapters/web/sound_reply.h"
#include "tls/pem.h"

namespace sigap::web {
namespace {

// With the prefix a browser takes and sends it by HTTPS alone, and no other host can set it.
constexpr std::string_view kCookie = "__Host-sigap_session", kPlainCookie = "sigap_session";
constexpr std::string_view kForClients = "/api/v1/";
constexpr std::string_view kDevice = "__Host-sigap_device", kPlainDevice = "sigap_device";
constexpr std::int64_t kDeviceKept_s = std::int64_t{400} * 24 * 3600;  // what browsers keep at most (RFC 6265bis 5.5)
constexpr std::string_view kTrustPage = "/percaya", kAuthority = "/ca.crt";
constexpr std::string_view kPhotographPath = "/telepon/foto", kPhotographs = "/foto/", kSound = "/suara/";
constexpr std::uint16_t kHttps = 443;

constexpr int kSignInsAtOnce = 8;               // at the gateway, which works on one after the other; own
constexpr std::size_t kSignInsWaiting = 1'000;  // ten seconds of password hashes on two cores; own

std::string_view path_of(std::string_view target) {
  return target.substr(0, target.find('?'));
}

bool reads(const std::string& method) {
  return method == "GET" || method == "HEAD";
}

/// Asked by proxies that want to know whether we live, of "*" or "/".
HttpReply options(std::string_view path) {
  const char* allowed = path.starts_with(kForClients)    ? "GET, POST, OPTIONS"
                        : path.starts_with("/api/sign-") ? "POST, OPTIONS"
                                                         : "GET, HEAD, OPTIONS";
  return {204, {{"Allow", allowed}, {"Cache-Control", "no-store"}}, nullptr};
}

HttpReply not_allowed(const char* allowed) {
  auto reply = refusal(405, "method");
  reply.headers.emplace_back("Allow", allowed);
  return reply;
}

/// What stands in the cookie of this name: the session's token, or empty when its form is not right (base64url).
std::optional<std::string> token_named(std::string_view name, std::string_view cookies) {
  constexpr std::size_t kShortest = 16, kLongest = 256;
  while (!cookies.empty()) {
    const auto end = cookies.find(';');
    auto one = cookies.substr(0, end);
    cookies = end == std::string_view::npos ? std::string_view{} : cookies.substr(end + 1);
    one.remove_prefix(std::min(one.find_first_not_of(' '), one.size()));
    if (!one.starts_with(name) || one.substr(name.size(), 1) != "=") continue;
    const auto token = one.substr(name.size() + 1);
    constexpr auto kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const bool right = token.size() >= kShortest && token.size() <= kLongest &&
                       token.find_first_not_of(kAlphabet) == std::string_view::npos;
    return right ? std::string(token) : std::string();
  }
  return std::nullopt;
}

/// To a photograph that is not taken or shown (RFC 9110 section 15; 507: RFC 4918).
int status_of(std::string_view code) {
  if (code == "no_photograph") return 415;
  if (code == "too_large") return 413;
  if (code == "disk") return 507;
  if (code == "failed") return 500;
  if (code == "session") return 401;
  if (code == "not_allowed" || code == "own_password") return 403;
  if (code == "gone") return 404;
  if (code == "invalid") return 400;
  if (code == "busy") return 503;
  return 409;  // "over", "too_many", "nobody_reads", "format"
}

}  // namespace

HttpReply refusal(int status, const std::string& code) {
  return json_reply(status, small_json("code", code));
}

HttpReply full() {
  return retry_later(503, "full", seconds(5));
}

Router::Router(const WebConfig& config, ports::WebGateway& gateway, boost::asio::io_context& io,
               std::shared_ptr<Mailbox> mailbox)
    : config_(config),
      gateway_(gateway),
      io_(io),
      mailbox_(std::move(mailbox)),
      site_(config.static_dir),
      limiter_(config.login),
      sign_ins_(kSignInsWaiting, static_cast<std::size_t>(config.login.free_by_address)) {
  for (const auto& [address, login] : config.known_sign_ins) limiter_.remember(address, login);
}

void Router::answer(const HttpRequest& request, const Reply& reply) {
  const auto path = path_of(request.target);
  if (!host_right(request)) return reply(refusal(421, "host"));
  if (request.method == "OPTIONS") return reply(options(path));
  if (path == "/api/sign-in") return request.method == "POST" ? sign_in(request, reply) : reply(not_allowed("POST"));
  if (path == "/api/sign-in/second")
    return request.method == "POST" ? second_step(request, reply) : reply(not_allowed("POST"));
  if (path == "/api/sign-in/passkey")
    return request.method == "POST" ? offer_passkey(request, reply) : reply(not_allowed("POST"));
  if (path == "/api/sign-out") return reply(request.method == "POST" ? sign_out(request) : not_allowed("POST"));
  if (path == "/healthz" || path == "/metrics") {
    if (!reads(request.method)) return reply(not_allowed("GET, HEAD"));
    if (path == "/healthz") return health(request.observer, reply);
    return request.observer ? metrics(reply) : reply(refusal(403, "observers"));
  }
  if (path.starts_with(kForClients)) return client_asks(request, reply);
  if (path == kPhotographPath)
    return request.method == "POST" ? photograph(request, reply) : reply(not_allowed("POST"));
  if (path.starts_with(kPhotographs))
    return request.method == "GET" ? show_photograph(request, reply) : reply(not_allowed("GET"));
  if (path.starts_with(kSound)) return reads(request.method) ? sound(request, reply) : reply(not_allowed("GET, HEAD"));
  reply(page(request));
}

// ---- pages

HttpReply Router::page(const HttpRequest& request) {
  const auto path = path_of(request.target);
  if (path == kAuthority && !config_.authority.empty()) return authority(request);
  return path == kTrustPage && config_.authority.empty() ? refusal(404, "not_found") : found_page(request, path);
}

HttpReply Router::authority(const HttpRequest& request) {
  if (!reads(request.method)) return not_allowed("GET, HEAD");
  auto text = tls::read_file(config_.authority);
  if (!text) return refusal(404, "not_found");
  return {200,
          {{"Content-Type", "application/x-x509-ca-cert"},
           {"Content-Disposition", "attachment; filename=\"sigap-ca.crt\""},
           {"Cache-Control", "no-store"}},
          std::make_shared<const std::string>(std::move(*text))};
}

HttpReply Router::lead_on(const HttpRequest& request) {
  const auto path = path_of(request.target);
  const auto host = asked_for(config_.hosts, request.asked);
  if (!host) return refusal(421, "host");
  // What is not only read has been overheard already, a password with it: to pass it on would hide that.
  if (!reads(request.method)) return refusal(403, "https");
  if (!config_.authority.empty() && path == kAuthority) return authority(request);
  if (!config_.authority.empty() && path == "/") return found_page(request, kTrustPage);
  if (!request.target.starts_with('/')) return refusal(400, "invalid");
  const auto port = secure_port_ == kHttps ? std::string() : ':' + std::to_string(secure_port_);
  return {308, {{"Location", "https://" + *host + port + request.target}, {"Cache-Control", "no-store"}}, nullptr};
}

HttpReply Router::found_page(const HttpRequest& request, std::string_view path) {
  const bool gzip = request.accept_encoding.find("gzip") != std::string::npos;
  const auto found = site_.find(path, gzip);
  if (!found) {
    const auto without_slash = path.substr(0, path.find_last_not_of('/') + 1);
    if (!reads(request.method) || without_slash == path || !site_.find(without_slash, gzip))
      return refusal(404, "not_found");
    const auto query = std::string_view(request.target).substr(path.size());
    return {301, {{"Location", std::string(without_slash).append(query)}, {"Cache-Control", "no-cache"}}, nullptr};
  }
  if (!reads(request.method)) return not_allowed("GET, HEAD");
  HttpReply reply;
  reply.headers = {{"Cache-Control", found->immutable ? "public, max-age=31536000, immutable" : "no-cache"},
                   {"ETag", found->etag},
                   {"Vary", "Accept-Encoding"}};
  if (request.if_none_match.find(found->etag) != std::string::npos) {
    reply.status = 304;
    return reply;
  }
  reply.headers.emplace_back("Content-Type", found->type);
  if (found->gzip) reply.headers.emplace_back("Content-Encoding", "gzip");
  reply.body = found->body;
  return reply;
}

// ---- photographs

bool Router::is_photograph(std::string_view method, std::string_view target) {
  return method == "POST" && path_of(target) == kPhotographPath;
}

std::shared_ptr<void> Router::photograph_room(const std::string& call_token) {
  if (photographs_ >= config_.limits.photographs || !gateway_.calls(call_token)) return nullptr;
  ++photographs_;
  return {this, [](void* router) { --static_cast<Router*>(router)->photographs_; }};
}

void Router::photograph(const HttpRequest& request, const Reply& reply) {
  if (!origin_right(request)) return reply(refusal(403, "origin"));
  const auto owed = owe(io_, reply, config_.limits.photograph_made);
  gateway_.photograph({request.call_token, request.line_name, request.body},
                      [owed, mailbox = mailbox_](const std::string& code) {
                        mailbox->post([owed, code] {
                          const auto still = owed.lock();
                          if (!still) return;
                          if (code.empty()) return still->give({204, {{"Cache-Control", "no-store"}}, nullptr});
                          still->give(code == "busy" || code == "too_fast" ? retry_later(503, code, seconds(1))
                                                                           : refusal(status_of(code), code));
                        });
                      });
}

/// /foto/CALL/NAME
void Router::show_photograph(const HttpRequest& request, const Reply& reply) {
  auto token = token_of(request.cookie);
  if (token.empty()) return reply(refusal(401, "session"));
  const auto rest = path_of(request.target).substr(kPhotographs.size());
  std::int64_t call = 0;
  const auto [end, wrong] = std::from_chars(rest.data(), rest.data() + rest.size(), call);
  const auto slash = static_cast<std::size_t>(end - rest.data());
  if (wrong != std::errc{} || rest.substr(slash, 1) != "/") return reply(refusal(404, "not_found"));
  const auto owed = owe(io_, reply, config_.limits.photograph_made);
  gateway_.show_photograph(std::move(token), call, std::string(rest.substr(slash + 1)),
                           [owed, mailbox = mailbox_](ports::PhotographShown shown) {
                             mailbox->post([owed, shown = std::move(shown)]() mutable {
                               const auto still = owed.lock();
                               if (!still) return;
                               if (!shown.code.empty()) return still->give(refusal(status_of(shown.code), shown.code));
                               still->give({200,
                                            {{"Content-Type", "image/jpeg"}, {"Cache-Control", "no-store"}},
                                            std::make_shared<const std::string>(std::move(shown.jpeg))});
                             });
                           });
}

// ---- recordings

/// /suara/TICKET.wav, in parts (RFC 9110 14), or /suara/TICKET.json
void Router::sound(const HttpRequest& request, const Reply& reply) {
  auto token = token_of(request.cookie);
  if (token.empty()) return reply(refusal(401, "session"));
  const auto name = path_of(request.target).substr(kSound.size());
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return reply(refusal(404, "not_found"));
  ports::SoundAsked asked{std::string(name.substr(0, dot)), name.substr(dot) == ".json", 0, kWhole};
  if (!asked.picture && name.substr(dot) != ".wav") return reply(refusal(404, "not_found"));
  if (!asked.picture) read_range(request.range, asked);
  const auto owed = owe(io_, reply, config_.limits.sound);
  gateway_.hear(std::move(token), asked, [owed, asked, mailbox = mailbox_](ports::SoundAnswer answer) {
    mailbox->post([owed, asked, answer = std::move(answer)]() mutable {
      if (const auto still = owed.lock()) still->give(sound_reply(asked, std::move(answer)));
    });
  });
}

// ---- health

void Router::health(bool all, const Reply& reply) {
  const auto owed = owe(io_, reply, config_.limits.gateway);
  gateway_.health([owed, all, mailbox = mailbox_](bool well, const std::string& json) {
    mailbox->post([owed, all, well, json] {
      auto shown = all ? json : small_json("status", well ? "ok" : "degraded");
      if (const auto still = owed.lock()) still->give(json_reply(well ? 200 : 503, std::move(shown)));
    });
  });
}

void Router::metrics(const Reply& reply) {
  const auto owed = owe(io_, reply, config_.limits.gateway);
  gateway_.metrics([owed, mailbox = mailbox_](const std::string& text) {
    mailbox->post([owed, text] {
      const auto still = owed.lock();
      if (!still) return;
      still->give({200,
                   {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}, {"Cache-Control", "no-store"}},
                   std::make_shared<const std::string>(text)});
    });
  });
}

// ---- sign-in

std::optional<HttpReply> Router::not_a_sign_in(const HttpRequest& request) const {
  if (!origin_right(request)) return refusal(403, "origin");
  const std::string_view type = request.content_type;
  if (type.substr(0, type.find(';')) != "application/json") return refusal(415, "content_type");
  return std::nullopt;
}

void Router::sign_in(const HttpRequest& request, const Reply& reply) {
  if (auto refused = not_a_sign_in(request)) return reply(std::move(*refused));
  auto body = read_sign_in(request.body);
  if (!body) return reply(refusal(400, "invalid"));
  const auto wait = limiter_.begin(request.address, body->login, now());
  if (wait.ms > 0) return reply(retry_later(429, "too_many", wait));

  const auto owed = owe(io_, reply, config_.limits.sign_in);
  ports::SignInAsked asked{body->login,     std::move(body->password), limiter_.knows(request.address, body->login),
                           request.address, device_of(request.cookie), device_kind(request.user_agent)};
  const auto begin = [this, owed, request, asked] {
    gateway_.sign_in(asked, [this, owed, mailbox = mailbox_, request, login = asked.login,
                             known = asked.known](const ports::SignInAnswer& answer) {
      mailbox->post([this, owed, request, login, known, answer] {
        auto outcome = signed_in(request, login, answer);
        if (!known) --begun_, next_sign_in();
        const auto still = owed.lock();
        if (still && !still->given()) return still->give(std::move(outcome));
        if (answer.ok) gateway_.sign_out(answer.token);  // too late: nobody would hold it
      });
    });
  };
  if (asked.known) return begin();
  const auto give_up = [this, address = request.address, login = asked.login] { limiter_.not_tried(address, login); };
  const auto waited_for = [owed] {
    const auto still = owed.lock();
    return still && !still->given();
  };
  if (sign_ins_.push(request.address, {waited_for, begin, give_up})) return next_sign_in();
  give_up();
  if (const auto still = owed.lock()) still->give(retry_later(503, "busy", seconds(1)));
}

void Router::offer_passkey(const HttpRequest& request, const Reply& reply) {
  if (auto refused = not_a_sign_in(request)) return reply(std::move(*refused));
  const auto owed = owe(io_, reply, config_.limits.sign_in);
  gateway_.offer_passkey(request.address, [owed, mailbox = mailbox_](const std::optional<ports::SecondStep>& step) {
    mailbox->post([owed, step] {
      const auto still = owed.lock();
      if (!still) return;
      still->give(step ? json_reply(200, second_step_json(*step)) : refusal(404, "no_passkeys"));
    });
  });
}

void Router::second_step(const HttpRequest& request, const Reply& reply) {
  if (auto refused = not_a_sign_in(request)) return reply(std::move(*refused));
  auto asked = read_second_step(request.body);
  if (!asked) return reply(refusal(400, "invalid"));
  // Whose passkey it is, nobody knows yet: the address alone is counted.
  const auto counted = asked->login.empty() ? asked->ticket : asked->login;
  const auto wait = limiter_.begin(request.address, counted, now());
  if (wait.ms > 0) return reply(retry_later(429, "too_many", wait));
  asked->address = request.address;
  asked->device = device_of(request.cookie);
  asked->device_kind = device_kind(request.user_agent);
  const auto owed = owe(io_, reply, config_.limits.sign_in);
  gateway_.second_step(std::move(*asked),
                       [this, owed, mailbox = mailbox_, request, counted](const ports::SignInAnswer& answer) {
                         mailbox->post([this, owed, request, counted, answer] {
                           auto outcome = signed_in(request, counted, answer);
                           const auto still = owed.lock();
                           if (still && !still->given()) return still->give(std::move(outcome));
                           if (answer.ok) gateway_.sign_out(answer.token);  // too late: nobody would hold it
                         });
                       });
}

void Router::next_sign_in() {
  while (begun_ < kSignInsAtOnce) {
    const auto next = sign_ins_.pop();
    if (!next) return;
    if (!next->waited_for()) {
      next->give_up();
      continue;
    }
    ++begun_;
    next->begin();
  }
}

HttpReply Router::signed_in(const HttpRequest& request, const std::string& login, const ports::SignInAnswer& answer) {
  if (answer.ok) {
    if (answer.login != login) limiter_.not_tried(request.address, login);  // a passkey said who it is
    limiter_.succeeded(request.address, answer.login);
    auto reply = json_reply(200, small_json("role", answer.role));
    reply.headers.emplace_back("Set-Cookie", cookie(answer.token, answer.max_age_s));
    if (!answer.device.empty())
      reply.headers.emplace_back("Set-Cookie",
                                 cookie(config_.secure_cookie ? kDevice : kPlainDevice, answer.device, kDeviceKept_s));
    return reply;
  }
  const bool tried =
      answer.code == "wrong" || answer.code == "replayed" || answer.code == "cloned" || answer.code == "origin";
  if (tried) return refusal(401, answer.code);
  limiter_.not_tried(request.address, login);
  if (answer.second) return json_reply(401, second_step_json(*answer.second));
  if (answer.code == "busy") return retry_later(503, answer.code, seconds(1));
  return refusal(answer.code == "in_call" ? 409 : 403, answer.code);
}

HttpReply Router::sign_out(const HttpRequest& request) {
  if (!origin_right(request)) return refusal(403, "origin");
  if (auto token = token_of(request.cookie); !token.empty()) gateway_.sign_out(std::move(token));
  return {204, {{"Set-Cookie", cookie("", 0)}, {"Cache-Control", "no-store"}}, nullptr};
}

/// Until everybody has signed in again after an upgrade, a cookie by the name of before counts where there is no other:
/// or all desks of the nation would sign in at once, and nobody answered.
std::string Router::token_of(std::string_view cookies) const {
  if (config_.secure_cookie)
    if (auto token = token_named(kCookie, cookies)) return *token;
  return token_named(kPlainCookie, cookies).value_or("");
}

std::string Router::cookie(const std::string& token, std::int64_t max_age_s) const {
  return cookie(config_.secure_cookie ? kCookie : kPlainCookie, token, max_age_s);
}

std::string Router::device_of(std::string_view cookies) const {
  return token_named(config_.secure_cookie ? kDevice : kPlainDevice, cookies).value_or("");
}

std::string Router::cookie(std::string_view name, const std::string& token, std::int64_t max_age_s) const {
  auto text = std::string(name) + '=' + token + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=";
  text += std::to_string(max_age_s);
  if (config_.secure_cookie) text += "; Secure";
  return text;
}

// ---- who may

bool Router::host_right(const HttpRequest& request) const {
  return config_.hosts.empty() || request.observer || asked_for(config_.hosts, request.asked).has_value();
}

bool Router::origin_right(const HttpRequest& request) const {
  const auto origin = read_origin(request.origin);
  if (!origin) return false;
  const auto& allowed = config_.allowed_origins;
  return same_origin(*origin, request.asked) ||
         std::any_of(allowed.begin(), allowed.end(), [&](const auto& text) { return read_origin(text) == origin; });
}

bool Router::is_socket_path(const std::string& target) {
  const auto path = path_of(target);
  return path == "/ws" || path == "/ws/lacak" || path == "/ws/telepon";
}

std::variant<SocketPass, HttpReply> Router::admit(const HttpRequest& request) const {
  if (!host_right(request)) return refusal(421, "host");
  if (request.method != "GET") return not_allowed("GET");
  if (request.upgrade != "websocket") {
    auto reply = refusal(426, "upgrade");
    reply.headers.emplace_back("Upgrade", "websocket");
    return reply;
  }
  if (!origin_right(request)) return refusal(403, "origin");
  if (path_of(request.target) == "/ws/lacak")
    return SocketPass{ports::Channel::citizen, request.address, ports::Channel::citizen};
  if (path_of(request.target) == "/ws/telepon")
    return SocketPass{ports::Channel::caller, request.address, ports::Channel::citizen};
  auto token = token_of(request.cookie);
  if (token.empty()) return refusal(401, "session");
  // A token that is none is told so on its socket, at a seat of citizens: those of the staff are not for asking.
  const bool staff = gateway_.signed_in(token);
  return SocketPass{ports::Channel::staff, std::move(token), staff ? ports::Channel::staff : ports::Channel::citizen};
}

Instant Router::now() const {
  if (config_.clock) return config_.clock();
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
}

}  // namespace sigap::web
