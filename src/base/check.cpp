#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace sigap {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "sigap: broken invariant: %s at %s:%d\n", condition, file, line);
  std::abort();
}

}  // namespace sigap
