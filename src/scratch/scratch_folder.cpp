#include "scratch/scratch_folder.h"

#include <cstdlib>
#include <string>
#include <system_error>

#include "base/check.h"

namespace sigap {

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "sigap-XXXXXX").string();
  SIGAP_CHECK(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code gone;  // renamed or removed by its owner: nothing is left to do
  std::filesystem::remove_all(path_, gone);
}

}  // namespace sigap
