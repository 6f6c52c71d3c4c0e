// Lets the codec seal with the vault.
#pragma once
#include <memory>
#include <utility>

#include "codec/sealer.h"
#include "ports/vault.h"

namespace sigap::runtime {

class VaultSealer : public codec::Sealer {
 public:
  explicit VaultSealer(ports::Vault& vault) : vault_(vault) {}
  std::string seal(std::string_view subject, std::string_view place, std::string_view plain) override {
    return vault_.seal(subject, place, plain);
  }
  std::optional<std::string> open(std::string_view subject, std::string_view place, std::string_view sealed) override {
    return vault_.open(subject, place, sealed);
  }
  Result<bool> flush() override { return vault_.flush(); }
  void let_go(const std::vector<std::string>& subjects) override { vault_.let_go(subjects); }

 private:
  ports::Vault& vault_;
};

/// The same with a vault of its own: for a thread that reads.
class OwnVaultSealer final : public VaultSealer {
 public:
  explicit OwnVaultSealer(std::unique_ptr<ports::Vault> vault) : VaultSealer(*vault), vault_(std::move(vault)) {}

 private:
  std::unique_ptr<ports::Vault> vault_;
};

}  // namespace sigap::runtime
