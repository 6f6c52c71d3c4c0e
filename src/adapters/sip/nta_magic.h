// What nta's callbacks carry. Included before <sofia-sip/nta.h>, which names its types by these.
#pragma once
#include "adapters/sip/leg.h"

#define NTA_AGENT_MAGIC_T void
#define NTA_LEG_MAGIC_T void
#define NTA_INCOMING_MAGIC_T void
#define NTA_OUTGOING_MAGIC_T sigap::sip::Leg
