// sigap-evidence: what `sigap evidence` becomes (main.cpp). Whoever checks an archive needs this program alone.
#include "sigap/commands.h"

int main(int argc, char** argv) {
  return sigap::cli::run_commands(argc, argv, {sigap::cli::add_evidence});
}
