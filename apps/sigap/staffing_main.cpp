// sigap-staffing: what `sigap staffing` becomes (main.cpp).
#include "sigap/commands.h"

int main(int argc, char** argv) {
  return sigap::cli::run_commands(argc, argv, {sigap::cli::add_staffing});
}
