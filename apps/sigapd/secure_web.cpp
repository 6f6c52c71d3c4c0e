#include "sigapd/secure_web.h"

#include <spdlog/spdlog.h>

#include "adapters/web/origin.h"

namespace sigap::sigapd {

void secure(web::WebConfig& w, const config::Config& c) {
  w.identity = {c.certificate, c.key};
  w.authority = c.authority;
  if (c.redirect_from) w.redirect_from = {c.redirect_from->host, c.redirect_from->port};
  std::vector<std::string> urls;
  for (const auto& host : c.hosts) urls.push_back("https://" + host);
  if (const auto ours = web::read_origin(c.public_url); ours && ours->scheme == "https") {
    urls.push_back(c.public_url);
    w.public_port = ours->port;
  }
  for (const auto& url : urls)
    if (const auto origin = web::read_origin(url)) {
      const bool ipv6 = origin->host.starts_with('[');
      w.certificate_names.push_back(ipv6 ? origin->host.substr(1, origin->host.size() - 2) : origin->host);
    }
  w.tell_of_certificate = [](bool wrong, const std::string& what) {
    wrong ? spdlog::error("{}", what) : spdlog::info("{}", what);
  };
}

}  // namespace sigap::sigapd
