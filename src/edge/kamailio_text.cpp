#include "edge/kamailio_text.h"

namespace sigap::edge {

const char* const kKamailioSettings = R"cfg(
# ---- Core
debug=0
log_facility=LOG_DAEMON
auto_aliases=no
server_signature=no
children=4
maxbuffer=4194304                  # bytes of a UDP socket's queue: rides out a burst
tcp_children=4
tcp_max_connections=4096
tcp_rd_buf_size=65536              # bytes: one whole message of the largest size
tcp_connection_lifetime=150        # seconds for who has not yet shown to be a trunk (RFC 5626 4.4.1: pings come within 120)
tcp_connect_timeout=3              # seconds
tcp_send_timeout=3
tcp_keepalive=yes                  # finds dead peers
tcp_keepidle=60
tcp_keepintvl=20
tcp_keepcnt=3

# Whoever parses prints what cannot be read as an error, and a message is personal data: of these only what is critical is
# logged. The others and these routes print no message.
loadmodule "debugger.so"
modparam("debugger", "mod_hash_size", 5)
modparam("debugger", "mod_level_mode", 1)
modparam("debugger", "mod_level", "core=-3")
modparam("debugger", "mod_level", "sanity=-3")
modparam("debugger", "mod_level", "rr=-3")
modparam("debugger", "mod_level", "maxfwd=-3")
modparam("debugger", "mod_level", "nathelper=-3")
modparam("debugger", "mod_level", "siputils=-3")
modparam("debugger", "mod_level", "textops=-3")

loadmodule "tm.so"
loadmodule "tmx.so"
loadmodule "sl.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "sanity.so"
loadmodule "siputils.so"
loadmodule "textops.so"
loadmodule "xlog.so"
loadmodule "pike.so"
loadmodule "pipelimit.so"
loadmodule "nathelper.so"
loadmodule "tcpops.so"

# A server that is away for half a minute loses no call: an INVITE is repeated until it is heard.
modparam("tm", "fr_timer", 60000)          # ms without a word from the server; then 503
modparam("tm", "retr_timer2", 2000)        # ms between the repetitions in the end: so late a call is heard after a restart
modparam("tm", "fr_inv_timer", 900000)     # ms that a call may ring: to give up is the trunk's to decide
modparam("tm", "max_inv_lifetime", 960000)
modparam("tm", "cancel_b_method", 1)       # who hangs up during an outage is still told to the server, for a callback
modparam("tm", "auto_inv_100_reason", "Trying")
# Two Record-Routes, as the transport changes between outside and inside.
modparam("rr", "enable_double_rr", 1)
modparam("rr", "append_fromtag", 0)
# Strangers only: more than 20 messages in 2 s from one address, and it gets no answer for a minute.
modparam("pike", "sampling_time_unit", 2)
modparam("pike", "reqs_density_per_unit", 20)
modparam("pike", "remove_latency", 60)
modparam("pike", "pike_log_level", 0)
modparam("pipelimit", "timer_interval", 1)  # s: calls_per_second is counted each second
)cfg";

const char* const kKamailioTls = R"cfg(
# ---- TLS
enable_tls=yes
tls_max_connections=4096
loadmodule "tls.so"
modparam("tls", "tls_method", "TLSv1.2+")
modparam("tls", "tls_log", 3)
)cfg";

const char* const kKamailioRoutes = R"cfg(
# ---- Requests
request_route {
  if (dst_ip == @INSIDE_IP@ && dst_port == @INSIDE_PORT@) {
    # This socket is for the server alone.
    if (src_ip != @SERVER_IP@ || src_port != @SERVER_PORT@) exit;
    route(OUTWARDS);
    exit;
  }
  $var(trunk) = "";
  route(TRUNK);
  if ($var(trunk) == "") route(STRANGER);
  if (proto == TCP || proto == TLS) tcp_set_connection_lifetime("43200");  # s; dead peers are found by keep-alive
  route(INWARDS);
}

# Told so at first, then not heard at all; and nothing of it reaches the server.
route[STRANGER] {
  if (!pike_check_req()) {
    if (proto == TCP || proto == TLS) tcp_close_connection();
    exit;
  }
  if (!is_method("ACK")) sl_send_reply("403", "Forbidden");
  if (proto == TCP || proto == TLS) tcp_set_connection_lifetime("5");
  exit;
}

# A trunk's request: always to the server, wherever it says that it wants to go.
route[INWARDS] {
  if (msg:len > 60000) {  # bytes: inside it is one UDP datagram, with our headers
    if (!is_method("ACK")) sl_send_reply("513", "Message Too Large");
    exit;
  }
  $var(refused) = "";
  if (!mf_process_maxfwd_header("20")) {
    if (is_method("INVITE") && !has_totag()) {
      $var(refused) = "483";
    } else {
      if (!is_method("ACK")) sl_send_reply("483", "Too Many Hops");
      exit;
    }
  }
  # What a proxy needs to go on (version, scheme, headers, CSeq, length); how From is written must not cost a call.
  if (!sanity_check("231")) exit;
  if (is_method("CANCEL")) {
    if (t_check_trans()) t_relay();
    else sl_send_reply("481", "Call/Transaction Does Not Exist");
    exit;
  }
  if (!is_method("ACK") && t_precheck_trans()) {
    t_check_trans();
    exit;
  }
  t_check_trans();
  if (has_totag()) {
    loose_route();
  } else {
    if (is_method("ACK")) exit;
    if (is_method("INVITE")) route(PACE);
    record_route();
  }
  # The Contact's way back is the connection that it came by; a peer that only ever dials out is reached, too.
  if ((proto == TCP || proto == TLS) && is_method("INVITE|UPDATE")) set_contact_alias();
  remove_hf("Route");
  # Whose call it is, for the server: ours is the only such header, or the server believes none.
  remove_hf("X-Sigap-Trunk");
  remove_hf("X-Sigap-Refused");
  if ($var(refused) != "") append_hf("X-Sigap-Refused: $var(refused)\r\n");
  append_hf("X-Sigap-Trunk: $var(trunk)\r\n");
  $du = "sip:@SERVER@";
  $fs = "udp:@INSIDE@";
  if (is_method("INVITE") && !has_totag()) t_on_failure("NOT_SERVED");
  if (!t_relay() && !is_method("ACK")) sl_send_reply("503", "Service Unavailable");
  exit;
}

# More than this trunk's share: 503 without Retry-After, which would silence the whole trunk (RFC 3261 21.5.4).
route[PACE] {
  if ($var(refused) == "" && pl_check("$var(pipe)", "TAILDROP", "$var(rate)")) return;
  if ($var(refused) == "") $var(refused) = "503";
  if ($shv(told) != $Ts) {  # one line a second
    $shv(told) = $Ts;
    xlog("L_WARN", "sigap: trunk $var(trunk): more than $var(rate) calls a second, or too many hops: refused with $var(refused)\n");
  }
  # Who is refused stands in the server's journal with their number: it is told so, and says it. More than ten a second
  # in all would be the load that is kept out here: they are told at once.
  if (pl_check("refused", "TAILDROP", "10")) return;
  if ($var(refused) == "483") sl_send_reply("483", "Too Many Hops");
  else sl_send_reply("503", "Service Unavailable");
  exit;
}

# Away for longer than fr_timer, or full: the carrier tries another way. Left alone, a proxy makes 500 of a 503
# (RFC 3261 16.7 step 6), which some carriers take for the end of it.
failure_route[NOT_SERVED] {
  if (t_is_canceled()) exit;
  if (t_check_status("503") || (t_branch_timeout() && !t_branch_replied())) t_reply("503", "Service Unavailable");
}

# The server's own requests: only within dialogs that came through here.
route[OUTWARDS] {
  if (is_method("CANCEL")) {
    if (t_check_trans()) t_relay();
    exit;
  }
  if (!is_method("ACK") && t_precheck_trans()) {
    t_check_trans();
    exit;
  }
  t_check_trans();
  if (!has_totag() || !loose_route()) {
    if (!is_method("ACK")) sl_send_reply("404", "Not Found");
    exit;
  }
  # By the connection that the caller came by, while it stands; else to where the Contact says.
  if ($du == $null && handle_ruri_alias() > 0 && $du != $null) {
    if (!tcp_get_conid("$dd:$dp", "$var(conid)") || $var(conid) <= 0) $du = $null;
  }
  if (!t_relay() && !is_method("ACK")) sl_send_reply("480", "Temporarily Unavailable");
  exit;
}
)cfg";

}  // namespace sigap::edge
