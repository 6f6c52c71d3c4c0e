// A whole installation on this machine, for demos and drills: its configuration, its server, its people. On loopback,
// or by HTTPS for the network that it is in.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/command.h"

namespace sigap::installation {

struct LocalOptions {
  std::filesystem::path data;
  std::filesystem::path assets, pages, nation;  ///< prompts and places; built pages; stations and jurisdictions
  std::string http = "127.0.0.1:8110", sip = "127.0.0.1:5060";
  std::int64_t ring_back_after_s = 0;  ///< 0: the system itself calls nobody
  /// Of citizens' pages at once; nothing: not in the file, which a program of before then reads, too.
  std::optional<std::int64_t> web_calls = {};
  std::optional<std::int64_t> reviewed_percent =
      {};  ///< of handled calls; none: as an older program knows it, nothing of it
  std::optional<std::string> second_factor = {};  ///< "required" or "offered"; none: likewise
  std::string call_to;  ///< ADDRESS:PORT of a telephone that calls of operators ring at; empty: none go out
  bool media_ends_with_server = true;
  /// Callers may be softphones of this machine, which name its outer address and send from loopback: where their voice
  /// comes from is learned, not read.
  std::string second_trunk_address = {};  ///< of the trunk, too: a stranger there is none
  bool media_learned = false;
  int rtp_min = 30'000, rtp_max = 40'000;

  /// By HTTPS, for other machines; empty: this one alone.
  struct Secure {
    std::filesystem::path certificate, key, authority;
    std::vector<std::string> hosts;  ///< by which it is asked; the first one is told to citizens
    std::string redirect_from;       ///< ADDRESS:PORT of plain HTTP that leads to HTTPS
  };
  std::optional<Secure> secure = {};
  std::string media_address = "127.0.0.1";  ///< what browsers must reach
  /// "http://127.0.0.1:8110"
  std::string url() const;
};

/// Where assets, pages and nation are: beside the build this program belongs to, or /usr/share/sigap.
void find_assets(LocalOptions& options);

/// Of the media process: the same for the same SIP port, so that a server that was killed finds its voices again.
int control_port(const LocalOptions& options);

/// Makes the data folder and sigap.toml in it, private. Yields the file. Refusal "io".
Result<std::filesystem::path> write_configuration(const LocalOptions& options);
/// Private to its owner from the first byte; whether it worked.
bool write_private(const std::filesystem::path& file, const std::string& text);

/// Where its other programs are.
std::filesystem::path folder_of_this_program();

/// Starts sigapd (of `program`, or the one beside this program) with this signal mask. Yields its process id.
int start_server(const std::filesystem::path& configuration, const sigset_t& signals,
                 const std::filesystem::path& program = {});
/// What a process has worked so far, or waited for a processor (milliseconds): while it rises, the process is not
/// stuck.
std::int64_t work_of(int process);
/// Waits until the server's control socket is there. Refusal "io": it ended, or did nothing for a minute.
Result<bool> await_server(const std::filesystem::path& data, int server);
/// Everybody exists and has this password. Refusal: the server's.
Result<bool> settle_people(const std::filesystem::path& data, const std::vector<core::AddPerson>& people);

}  // namespace sigap::installation
