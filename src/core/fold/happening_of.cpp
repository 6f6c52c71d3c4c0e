#include "core/fold/happening_of.h"

namespace sigap::core {

using Kind = incidents::HappeningKind;

incidents::HappeningKind happening_of(dispatch::AlertStatus status) {
  switch (status) {
    case dispatch::AlertStatus::sent:
      return Kind::alert_sent;
    case dispatch::AlertStatus::delivered:
      return Kind::alert_delivered;
    case dispatch::AlertStatus::acknowledged:
      return Kind::alert_acknowledged;
    case dispatch::AlertStatus::en_route:
      return Kind::alert_en_route;
    case dispatch::AlertStatus::on_scene:
      return Kind::alert_on_scene;
    case dispatch::AlertStatus::done:
      return Kind::alert_done;
  }
  return Kind::alert_sent;
}

incidents::HappeningKind happening_of(dispatch::AlertEnd how) {
  switch (how) {
    case dispatch::AlertEnd::expired:
      return Kind::alert_expired;
    case dispatch::AlertEnd::declined:
      return Kind::alert_declined;
    case dispatch::AlertEnd::off_duty:
      return Kind::alert_off_duty;
    case dispatch::AlertEnd::cancelled:
    case dispatch::AlertEnd::incident_closed:
      return Kind::alert_cancelled;
  }
  return Kind::alert_cancelled;
}

}  // namespace sigap::core
