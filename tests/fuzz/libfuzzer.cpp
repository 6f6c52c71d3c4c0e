// One target as libFuzzer wants it: SIGAP_FUZZ_TARGET names which.
#include <cstddef>
#include <cstdint>

#include "targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  (void)sigap::fuzz::SIGAP_FUZZ_TARGET({reinterpret_cast<const char*>(bytes), size});
  return 0;
}
