// The body of a sign-in, and the small JSON bodies of replies.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "ports/web.h"

namespace sigap::web {

struct SignInBody {
  std::string login;
  std::string password;
};

/// {"login":"...","password":"..."} and nothing else; neither empty, a login of at most 128 bytes.
std::optional<SignInBody> read_sign_in(std::string_view text);
/// The second step of a sign-in: {"login":"...","ticket":"...","code":"..."}, or with "passkey":{"credential",
/// "client_data","authenticator_data","signature"} in place of the code, and then without a login when it begins with
/// the passkey. Nothing else, nothing empty.
std::optional<ports::SecondStepAsked> read_second_step(std::string_view text);
/// {"code":"second","ticket":"...","totp":true,"challenge":"...","host":"...","passkeys":["..."]}
std::string second_step_json(const ports::SecondStep& step);
/// {"name":"value"}
std::string small_json(std::string_view name, std::string_view value);

}  // namespace sigap::web
