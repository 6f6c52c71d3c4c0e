// The name of a command as it stands in causes, audits and metrics: "accept_offer".
#pragma once
#include "core/command.h"

namespace sigap::core {

const char* command_name(const Command& command);

}  // namespace sigap::core
