// What became of an alert, as a line of its incident's timeline: dispatch and incidents do not know each other.
#pragma once
#include "domain/dispatch/dispatch.h"
#include "domain/incidents/incident.h"

namespace sigap::core {

incidents::HappeningKind happening_of(dispatch::AlertStatus status);
incidents::HappeningKind happening_of(dispatch::AlertEnd how);

}  // namespace sigap::core
