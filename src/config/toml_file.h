// A TOML file that a person wrote: what is wrong is told as FILE:LINE: KEY: reason, the first mistake only, and a key
// that nobody asked for is one. Heavy (toml++): included by the few .cpp files that read such a file.
#pragma once
#include <fmt/format.h>
#include <toml++/toml.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"

namespace sigap {

class TomlFile {
 public:
  /// Refusals: "io", "invalid" with file, line and reason.
  static Result<TomlFile> open(const std::filesystem::path& name) {
    try {
      return TomlFile(name, toml::parse_file(name.string()));
    } catch (const toml::parse_error& error) {
      const auto line = error.source().begin.line;
      if (line == 0) return refuse("io", "cannot read " + name.string());
      return refuse("invalid", fmt::format("{}:{}: {}", name.string(), line, error.description()));
    }
  }
  const toml::table& root() const { return root_; }
  /// `where` is what the mistake stands in, when it stands anywhere. The first one is kept.
  void blame(const toml::node* where, const std::string& key, const std::string& what) {
    if (mistake_) return;
    const auto line = where ? where->source().begin.line : 0;
    const auto text = key.empty() ? what : key + ": " + what;
    mistake_ = Refusal{"invalid", key,
                       line ? fmt::format("{}:{}: {}", name_.string(), line, text) : name_.string() + ": " + text};
  }
  /// Somebody else's refusal about what this file names.
  void blame(Refusal refusal) {
    if (!mistake_) mistake_ = std::move(refusal);
  }
  /// FILE:LINE of it, for whoever finds out later that it is wrong.
  std::string place(const toml::node* node) const {
    const auto line = node ? node->source().begin.line : 0;
    return line ? fmt::format("{}:{}", name_.string(), line) : name_.string();
  }
  const std::optional<Refusal>& mistake() const { return mistake_; }

 private:
  TomlFile(std::filesystem::path name, toml::table root) : name_(std::move(name)), root_(std::move(root)) {}

  std::filesystem::path name_;
  toml::table root_;
  std::optional<Refusal> mistake_;
};

/// One table of such a file. What is absent keeps the value it had.
class TomlTable {
 public:
  TomlTable(const toml::table& table, std::string path, TomlFile& file)
      : table_(table), path_(std::move(path)), file_(file) {}

  /// The value of a key, or nothing; the key is known from now on.
  const toml::node* node(const char* key) {
    known_.insert(key);
    return table_.get(key);
  }

  void read(const char* key, bool& into) { plain(key, into, "true or false"); }
  void read(const char* key, std::string& into) { plain(key, into, "a text in quotes"); }
  void read(const char* key, std::int64_t& into) { plain(key, into, "a whole number"); }
  void read(const char* key, std::uint16_t& into) {
    std::int64_t port = into;
    number(key, 0, 65'535, port, "a port, 0 to 65535");
    into = static_cast<std::uint16_t>(port);
  }
  void read(const char* key, std::filesystem::path& into) {
    std::string text = into.string();
    read(key, text);
    into = text;
  }
  void read(const char* key, std::vector<std::string>& into) {
    const auto* found = node(key);
    if (!found) return;
    into.clear();
    const auto* list = found->as_array();
    if (!list) return blame(key, "a list of strings");
    for (const auto& item : *list)
      if (const auto text = item.value_exact<std::string>())
        into.push_back(*text);
      else
        file_.blame(&item, path_ + key, "a list of strings");
  }
  /// `what` is wanted, e.g. "a port, 0 to 65535".
  void number(const char* key, std::int64_t least, std::int64_t most, std::int64_t& into,
              const std::string& what = {}) {
    const auto* found = node(key);
    if (!found) return;
    const auto value = found->value_exact<std::int64_t>();
    if (!value || *value < least || *value > most)
      return blame(key, what.empty() ? fmt::format("a whole number from {} to {}", least, most) : what);
    into = *value;
  }

  /// At the key, when it is there, else at the table.
  void blame(const std::string& key, const std::string& what) {
    const auto* at = table_.get(key);
    file_.blame(at ? at : &table_, path_ + key, what);
  }
  /// "FILE:LINE: KEY", at the key when it is there, else at the table.
  std::string place(const char* key) const {
    const auto* at = table_.get(key);
    return file_.place(at ? at : &table_) + ": " + path_ + key;
  }
  void refuse_others() {
    for (const auto& [key, value] : table_)
      if (!known_.contains(std::string(key.str()))) file_.blame(&value, path_ + std::string(key.str()), "no such key");
  }

  /// The table [name], read by `read` when it is there.
  template <class Read>
  void section(const char* name, const Read& read) {
    const auto* found = node(name);
    if (!found) return;
    if (!found->as_table()) return blame(name, fmt::format("write [{}]", name));
    TomlTable table(*found->as_table(), path_ + name + ".", file_);
    read(table);
    table.refuse_others();
  }
  /// Each [[name]].
  template <class Read>
  void each(const char* name, const Read& read) {
    const auto* found = node(name);
    if (!found) return;
    const auto* list = found->as_array();
    if (!list) return blame(name, fmt::format("write [[{}]]", name));
    std::size_t number = 0;
    for (const auto& item : *list) {
      if (!item.as_table()) return file_.blame(&item, path_ + name, fmt::format("write [[{}]]", name));
      TomlTable table(*item.as_table(), fmt::format("{}{}[{}].", path_, name, number++), file_);
      read(table);
      table.refuse_others();
    }
  }

 private:
  template <class T>
  void plain(const char* key, T& into, const char* what) {
    const auto* found = node(key);
    if (!found) return;
    const auto value = found->value_exact<T>();
    if (!value) return blame(key, what);
    into = *value;
  }

  const toml::table& table_;
  std::string path_;
  TomlFile& file_;
  std::set<std::string> known_;
};

}  // namespace sigap
