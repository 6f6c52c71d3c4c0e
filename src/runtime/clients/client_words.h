// What programs of somebody else's say and are told, as JSON (web/public/api/openapi.json is the contract).
#pragma once
#include <string>
#include <string_view>

#include "core/state.h"
#include "ports/web.h"

namespace sigap::runtime {

/// "name" of an enumeration's value, as the journal writes it; and back.
template <class Enum>
std::string label_of(Enum value);
template <class Enum>
std::optional<Enum> value_of(std::string_view label);

/// Degrees, with at most seven decimals.
std::string degrees(std::int32_t e7);

/// {"code":..., "field":..., "message":...}
ports::ClientAnswer refused(int status, const std::string& code, const std::string& message,
                            const std::string& field = {});
/// Of a command that the core refused.
ports::ClientAnswer refused(const Refusal& refusal);

/// A text as JSON, with its quotes.
std::string quoted(std::string_view text);

/// A report as it was posted. Refusals ("invalid"): what and where.
Result<core::OpenReport> read_report(std::string_view body, const std::string& key);
/// {"status": ...}
Result<dispatch::AlertStatus> read_status(std::string_view body);

}  // namespace sigap::runtime
