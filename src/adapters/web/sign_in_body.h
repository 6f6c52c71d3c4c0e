// The body of a sign-in, and the small JSON bodies of replies.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace sigap::web {

struct SignInBody {
  std::string login;
  std::string password;
};

/// {"login":"...","password":"..."} and nothing else; neither empty, a login of at most 128 bytes.
std::optional<SignInBody> read_sign_in(std::string_view text);
/// {"name":"value"}
std::string small_json(std::string_view name, std::string_view value);

}  // namespace sigap::web
