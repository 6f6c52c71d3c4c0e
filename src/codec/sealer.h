// What the codec needs of a vault: sealing and opening one personal value.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace sigap::codec {

class Sealer {
 public:
  virtual ~Sealer() = default;
  /// `place` (event and path of the field) is authenticated: a sealed value cannot be moved elsewhere. Yields base64.
  virtual std::string seal(std::string_view subject, std::string_view place, std::string_view plain) = 0;
  /// Nothing when the key is gone or the text does not belong here.
  virtual std::optional<std::string> open(std::string_view subject, std::string_view place,
                                          std::string_view sealed) = 0;
  /// Makes the keys of what was sealed durable; comes before what was sealed is. Refused when not all was sealed with
  /// the key it should have been.
  virtual Result<bool> flush() { return true; }
  /// These were forgotten elsewhere: nothing of theirs stays in memory here. None named: of anybody.
  virtual void let_go(const std::vector<std::string>& subjects) { (void)subjects; }
};

/// For replays without any key: every personal value reads as unknown. Seals nothing.
class NoKeys final : public Sealer {
 public:
  std::string seal(std::string_view, std::string_view, std::string_view) override { return {}; }
  std::optional<std::string> open(std::string_view, std::string_view, std::string_view) override {
    return std::nullopt;
  }
};

}  // namespace sigap::codec
