#include "codec/write_plan.h"

namespace sigap::codec {

using What = WritePlan::Step::What;

/// A plan in the making: `pending` is what is written before the next value, or at the end.
struct WritePlans::Draft {
  WritePlan& plan;
  std::string pending = {};

  WritePlan::Step& step(What what, const Type& type, std::size_t offset, const std::string& path) {
    return plan.steps.emplace_back(
        WritePlan::Step{what, &type, std::exchange(pending, {}), offset, path, nullptr, {}, false});
  }
};

const WritePlan& WritePlans::of(const Type& type) {
  auto& known = of_type_[&type];
  if (known) return *known;
  known = &plans_.emplace_back();  // known before it is made: a type may contain itself
  Draft draft{*known};
  value(draft, type, 0, "");
  draft.plan.after = draft.pending;
  return draft.plan;
}

const WritePlan& WritePlans::of_alternative(const Type& type) {
  auto& known = of_alternative_[&type];
  if (known) return *known;
  known = &plans_.emplace_back();
  Draft draft{*known, "{\"type\":\"" + type.name + '"'};
  members(draft, type, 0, "", true);
  draft.plan.after = draft.pending + '}';
  return draft.plan;
}

void WritePlans::value(Draft& draft, const Type& type, std::size_t offset, const std::string& path) {
  switch (type.kind) {
    case Kind::integer:
      draft.step(What::number, type, offset, path);
      return;
    case Kind::boolean:
      draft.step(What::truth, type, offset, path);
      return;
    case Kind::text:
    case Kind::enumeration:
      draft.pending += '"';
      draft.step(type.kind == Kind::text ? What::text : What::label, type, offset, path);
      draft.pending = '"';
      return;
    case Kind::structure:
      draft.pending += '{';
      members(draft, type, offset, path, false);
      draft.pending += '}';
      return;
    case Kind::pair:
      draft.pending += '[';
      value(draft, type.members[0].type(), offset + type.members[0].offset, path + "[0]");
      draft.pending += ',';
      value(draft, type.members[1].type(), offset + type.members[1].offset, path + "[1]");
      draft.pending += ']';
      return;
    case Kind::optional:
      draft.step(What::optional, type, offset, path).inner = &of(type.inner());
      return;
    case Kind::list:
      draft.step(What::list, type, offset, path).inner = &of(type.inner());
      return;
    case Kind::variant: {
      auto& alternatives = draft.step(What::variant, type, offset, path).alternatives;
      for (const auto alternative : type.alternatives) alternatives.push_back(&of_alternative(alternative()));
      return;
    }
    case Kind::personal:
      draft.step(What::personal, type, offset, path).inner = &of(type.inner());
      return;
  }
}

void WritePlans::members(Draft& draft, const Type& type, std::size_t offset, const std::string& path, bool follow) {
  bool perhaps = false;  // none for certain, perhaps one that is left out
  for (const Member& m : type.members) {
    const Type& its = m.type();
    const auto key = '"' + std::string(m.name) + "\":";
    const auto here = path + '.' + m.name;
    if (its.kind == Kind::optional) {
      WritePlan& held = plans_.emplace_back();
      Draft inner{held, follow ? ',' + key : key};
      value(inner, its.inner(), 0, "");
      held.after = inner.pending;
      auto& step = draft.step(What::member, its, offset + m.offset, here);
      step.inner = &held;
      step.may_be_first = !follow;
      perhaps = true;
    } else {
      if (perhaps && !follow) draft.step(What::comma, its, offset, here);
      draft.pending += follow ? ',' + key : key;
      value(draft, its, offset + m.offset, here);
      follow = true;
    }
  }
}

}  // namespace sigap::codec
