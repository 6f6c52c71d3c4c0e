// What of the configuration makes the web hand speak TLS.
#pragma once
#include "adapters/web/web_config.h"
#include "config/config.h"

namespace sigap::sigapd {

/// The certificate must be good for each name that browsers are told or may ask for.
void secure(web::WebConfig& web, const config::Config& config);

}  // namespace sigap::sigapd
