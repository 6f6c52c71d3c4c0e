#include "adapters/web/sign_in_body.h"

#include <boost/json.hpp>

namespace sigap::web {

namespace json = boost::json;

std::optional<SignInBody> read_sign_in(std::string_view text) {
  constexpr std::size_t kLoginMax_bytes = 128;
  json::error_code error;
  json::parse_options options;
  options.max_depth = 2;
  const json::value value = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  const auto& object = value.get_object();
  const auto* login = object.if_contains("login");
  const auto* password = object.if_contains("password");
  if (object.size() != 2 || !login || !password || !login->is_string() || !password->is_string()) return std::nullopt;
  SignInBody body{std::string(login->get_string()), std::string(password->get_string())};
  if (body.login.empty() || body.login.size() > kLoginMax_bytes || body.password.empty()) return std::nullopt;
  return body;
}

std::string small_json(std::string_view name, std::string_view value) {
  return json::serialize(json::object{
      {json::string_view(name.data(), name.size()), json::string(json::string_view(value.data(), value.size()))}});
}

}  // namespace sigap::web
