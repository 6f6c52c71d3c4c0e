// What every reply tells the browser to forbid. Sources: OWASP ASVS 4.0 14.4, CSP Level 3 ('self' covers WebSockets).
#pragma once
#include <array>
#include <string_view>
#include <utility>

namespace sigap::web {

inline constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kSecurityHeaders = {{
    {"Content-Security-Policy",
     "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
     "connect-src 'self'; worker-src 'self' blob:; media-src 'self' blob:; frame-ancestors 'none'; object-src 'none'; "
     "base-uri 'none'; form-action 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Permissions-Policy", "microphone=(self), geolocation=(self), camera=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
}};

/// Only by TLS, ours or that of a proxy in front (RFC 6797 7.2).
inline constexpr std::pair<std::string_view, std::string_view> kStrictTransport = {"Strict-Transport-Security",
                                                                                   "max-age=31536000"};

}  // namespace sigap::web
