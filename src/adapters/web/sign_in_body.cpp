#include "adapters/web/sign_in_body.h"

#include <boost/json.hpp>

namespace sigap::web {

namespace json = boost::json;

namespace {

constexpr std::size_t kLoginMax_bytes = 128;

std::optional<json::object> object_of(std::string_view text) {
  json::error_code error;
  json::parse_options options;
  options.max_depth = 3;
  json::value value = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

/// The texts of these names, which are all that there is.
bool texts(const json::object& object, std::initializer_list<std::pair<const char*, std::string*>> wanted) {
  if (object.size() != wanted.size()) return false;
  for (const auto& [name, to] : wanted) {
    const auto* value = object.if_contains(name);
    if (!value || !value->is_string() || value->get_string().empty()) return false;
    *to = std::string(value->get_string());
  }
  return true;
}

}  // namespace

std::optional<SignInBody> read_sign_in(std::string_view text) {
  const auto read = object_of(text);
  if (!read) return std::nullopt;
  const auto& object = *read;
  const auto* login = object.if_contains("login");
  const auto* password = object.if_contains("password");
  if (object.size() != 2 || !login || !password || !login->is_string() || !password->is_string()) return std::nullopt;
  SignInBody body{std::string(login->get_string()), std::string(password->get_string())};
  if (body.login.empty() || body.login.size() > kLoginMax_bytes || body.password.empty()) return std::nullopt;
  return body;
}

std::optional<ports::SecondStepAsked> read_second_step(std::string_view text) {
  auto object = object_of(text);
  if (!object) return std::nullopt;
  ports::SecondStepAsked asked;
  if (const auto* passkey = object->if_contains("passkey")) {
    auto& said = asked.passkey.emplace();
    if (!passkey->is_object() || !texts(passkey->get_object(), {{"credential", &said.credential},
                                                                {"client_data", &said.client_data},
                                                                {"authenticator_data", &said.authenticator_data},
                                                                {"signature", &said.signature}}))
      return std::nullopt;
    object->erase("passkey");
    const bool alone = !object->contains("login");
    const bool read = alone ? texts(*object, {{"ticket", &asked.ticket}})
                            : texts(*object, {{"login", &asked.login}, {"ticket", &asked.ticket}});
    if (!read) return std::nullopt;
  } else if (!texts(*object, {{"login", &asked.login}, {"ticket", &asked.ticket}, {"code", &asked.code}})) {
    return std::nullopt;
  }
  if (asked.login.size() > kLoginMax_bytes) return std::nullopt;
  return asked;
}

std::string second_step_json(const ports::SecondStep& step) {
  json::array passkeys;
  for (const auto& each : step.passkeys) passkeys.emplace_back(each);
  return json::serialize(json::object{{"code", "second"},
                                      {"ticket", step.ticket},
                                      {"totp", step.totp},
                                      {"challenge", step.challenge},
                                      {"host", step.host},
                                      {"passkeys", std::move(passkeys)}});
}

std::string small_json(std::string_view name, std::string_view value) {
  return json::serialize(json::object{
      {json::string_view(name.data(), name.size()), json::string(json::string_view(value.data(), value.size()))}});
}

}  // namespace sigap::web
