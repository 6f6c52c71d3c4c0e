// A PostgreSQL of a test's own: made by initdb in a folder of its own, on loopback and a free port, ended by its
// process id. Root may not run one, so under root it runs as nobody.
#pragma once
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "scratch/scratch_folder.h"

namespace sigap {

class PostgresCluster {
 public:
  /// Null where PostgreSQL 15 is not installed (tools/packages.txt), or when it does not start; `why` says which.
  static std::unique_ptr<PostgresCluster> start(std::string& why) {
    const std::filesystem::path programs = "/usr/lib/postgresql/15/bin";
    if (!std::filesystem::exists(programs / "initdb")) {
      why = "PostgreSQL 15 is not installed";
      return nullptr;
    }
    std::unique_ptr<PostgresCluster> cluster(new PostgresCluster(programs));
    if (!cluster->made(why) || !cluster->run(why)) return nullptr;
    return cluster;
  }
  ~PostgresCluster() { stop(); }
  PostgresCluster(const PostgresCluster&) = delete;
  PostgresCluster& operator=(const PostgresCluster&) = delete;

  std::string connection(const std::string& database = "postgres") const {
    return "host=127.0.0.1 port=" + std::to_string(port_) + " dbname=" + database + " user=sigap";
  }
  /// At once, as a host that dies.
  void stop() {
    if (server_ <= 0) return;
    go_on();
    ::kill(server_, SIGQUIT);
    ::waitpid(server_, nullptr, 0);
    server_ = 0;
  }
  /// Neither answers nor ends, until go_on(): the server and what it started, which are groups of their own.
  void hang() { signal_all("STOP"); }
  void go_on() { signal_all("CONT"); }
  bool run(std::string& why) {
    const auto folder = path().string();
    server_ = spawn({(programs_ / "postgres").string(), "-D", folder + "/data", "-h", "127.0.0.1", "-p",
                     std::to_string(port_), "-k", folder, "-c", "fsync=off"});
    for (int tries = 0; tries < 600; ++tries) {
      const int ready = finish(spawn({(programs_ / "pg_isready").string(), "-q", "-h", "127.0.0.1", "-p",
                                      std::to_string(port_), "-U", "sigap", "-d", "postgres"}));
      if (ready == 0) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    why = "PostgreSQL does not start";
    return false;
  }
  /// A statement of psql, as the one who may everything; its answer.
  std::string ask(const std::string& sql, const std::string& user = "sigap",
                  const std::string& database = "postgres") const {
    const auto command = (programs_ / "psql").string() + " -X -q -t -A -h 127.0.0.1 -p " + std::to_string(port_) +
                         " -U " + user + " -d " + database + " -c \"" + sql + "\" 2>&1";
    std::string answer;
    FILE* out = ::popen(command.c_str(), "r");
    for (char buffer[512]; out && std::fgets(buffer, sizeof buffer, out);) answer += buffer;
    if (out) ::pclose(out);
    while (answer.ends_with('\n')) answer.pop_back();
    return answer;
  }

 private:
  explicit PostgresCluster(std::filesystem::path programs) : programs_(std::move(programs)) {
    if (::geteuid() == 0) (void)!::chown(path().c_str(), kNobody, kNobody);
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof any;
    if (::bind(fd, reinterpret_cast<sockaddr*>(&any), size) == 0 &&
        ::getsockname(fd, reinterpret_cast<sockaddr*>(&any), &size) == 0)
      port_ = ntohs(any.sin_port);
    ::close(fd);
  }

  bool made(std::string& why) {
    const int made = finish(spawn({(programs_ / "initdb").string(), "-D", (folder_ / "data").string(), "-U", "sigap",
                                   "-A", "trust", "-E", "UTF8", "--locale=C", "-N"}));
    if (made != 0) why = "initdb failed";
    return made == 0;
  }

  void signal_all(const std::string& signal) const {
    const auto server = std::to_string(server_);
    (void)!std::system(("kill -" + signal + " " + server + "; pkill -" + signal + " -P " + server).c_str());
  }

  static pid_t spawn(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0) return child;
    if (::geteuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) ::_exit(126);
    const int quiet = ::open("/dev/null", O_RDWR);
    for (const int fd : {0, 1, 2}) ::dup2(quiet, fd);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  static int finish(pid_t child) {
    int status = 1;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
  }

  static constexpr uid_t kNobody = 65'534;
  const std::filesystem::path& path() const { return folder_; }

  std::filesystem::path programs_;
  ScratchFolder folder_;
  int port_ = 0;
  pid_t server_ = 0;
};

}  // namespace sigap
