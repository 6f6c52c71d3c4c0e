#include "sigapd/lists.h"

#include <spdlog/spdlog.h>

#include "config/case_categories.h"
#include "config/review_form.h"

namespace sigap::sigapd {
namespace {

/// `key`: that names the file, for whoever reads the log: a journal of an older format refuses it.
template <class Input, class Read>
Result<bool> define(const char* key, const std::filesystem::path& file, Read read, runtime::CoreThread& core) {
  if (file.empty()) return true;
  auto list = read(file);
  if (!list) return tl::unexpected(list.error());
  core.submit(Input{std::move(*list)}, [key](const runtime::Reply& reply) {
    if (reply.refusal) spdlog::warn("{}: {}", key, reply.refusal->message);
  });
  core.turn();
  return true;
}

}  // namespace

Result<bool> define_lists(const config::Config& config, runtime::CoreThread& core) {
  auto form = define<core::DefineReviewForm>("quality.form", config.quality.form, config::load_review_form, core);
  if (!form) return form;
  return define<core::DefineCaseCategories>("cases.categories", config.cases.categories, config::load_case_categories,
                                            core);
}

}  // namespace sigap::sigapd
