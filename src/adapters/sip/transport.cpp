#include "adapters/sip/transport.h"

#include <sofia-sip/sip.h>
#include <sofia-sip/sip_header.h>
#include <strings.h>

namespace sigap::sip {

const char* name_of(Transport transport) {
  return transport == Transport::tls ? "tls" : transport == Transport::tcp ? "tcp" : "udp";
}

const char* parameter_of(Transport transport) {
  return transport == Transport::tls ? ";transport=tls" : transport == Transport::tcp ? ";transport=tcp" : "";
}

Transport transport_of(const sip_t& sip) {
  const char* said = sip.sip_via ? sip_via_transport(sip.sip_via) : nullptr;
  if (said && strcasecmp(said, "TLS") == 0) return Transport::tls;
  return said && strcasecmp(said, "TCP") == 0 ? Transport::tcp : Transport::udp;
}

}  // namespace sigap::sip
