// sigap-history: what `sigap history` becomes (main.cpp).
#include "sigap/commands.h"

int main(int argc, char** argv) {
  return sigap::cli::run_commands(argc, argv, {sigap::cli::add_history});
}
