// A broken invariant ends the process at once, in every build: the journal, not a limping process, carries us on.
#pragma once

namespace sigap {

[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace sigap

#define SIGAP_CHECK(condition)                                               \
  do {                                                                       \
    if (!(condition)) ::sigap::check_failed(#condition, __FILE__, __LINE__); \
  } while (false)
