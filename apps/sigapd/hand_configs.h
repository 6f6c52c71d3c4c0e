// What each part of the server is told of the configuration.
#pragma once
#include "adapters/http_client/http_client.h"
#include "adapters/media/media_hand.h"
#include "adapters/recorder/recorder_hand.h"
#include "adapters/sip/sip_hand.h"
#include "adapters/web/web_config.h"
#include "config/config.h"
#include "core/policy.h"
#include "runtime/screens/gateway.h"
#include "runtime/voice/page_calls.h"
#include "runtime/voice/switchboard.h"

namespace sigap::sigapd {

core::Policy policy_of(const config::Config& c);
/// Logs prompts that cannot be played.
media::MediaConfig media_of(const config::Config& c);
/// Nothing when calls are not recorded.
std::optional<recorder::HandConfig> recorder_of(const config::Config& c);
/// `epoch`: of the process, for the numbers of its requests.
sip::SipConfig sip_of(const config::Config& c, std::int64_t epoch);
http_client::HttpClientConfig http_client_of(const config::Config& c);
web::WebConfig web_of(const config::Config& c);
runtime::GatewayConfig gateway_of(const config::Config& c);
runtime::PageCallsConfig pages_of(const config::Config& c);
runtime::SwitchboardConfig switchboard_of(const config::Config& c);

}  // namespace sigap::sigapd
