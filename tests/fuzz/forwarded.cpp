#include "adapters/web/forwarded.h"

#include <string>

#include "base/check.h"
#include "targets.h"

namespace sigap::fuzz {

/// First line: X-Forwarded-For; the rest: Forwarded.
bool forwarded(std::string_view input) {
  namespace ip = boost::asio::ip;
  const auto end = input.find('\n');
  const web::ForwardedFields fields{std::string(input.substr(0, end)),
                                    end == std::string_view::npos ? std::string() : std::string(input.substr(end + 1))};
  static const auto trusted = *web::AddressBlocks::read({"10.0.0.0/8", "2001:db8::/32"});
  // Nobody is believed but a trusted proxy.
  const auto stranger = ip::make_address("192.0.2.7");
  SIGAP_CHECK(web::client_of(stranger, trusted, fields) == "192.0.2.7");
  const auto client = web::client_of(ip::make_address("10.0.0.8"), trusted, fields);
  SIGAP_CHECK(!client.empty() && client.size() <= 64);
  for (const auto part : web::list_parts(fields.x_forwarded_for))
    if (const auto address = web::node_address(part)) {
      SIGAP_CHECK(web::plain_address(*address) == *address);
      SIGAP_CHECK(web::node_address(address->to_string()) == address);
    }
  (void)web::AddressBlocks::read({fields.x_forwarded_for});
  return client != "10.0.0.8";
}

}  // namespace sigap::fuzz
