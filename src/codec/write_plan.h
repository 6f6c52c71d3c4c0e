// How objects of a type are written as JSON, worked out once: what stands between two values is joined beforehand, and
// structures are taken apart into their values. Events are written in the path of every call, and a walk over the
// tables is three calls by pointer for each member.
// Invariants: a plan never changes and lives as long as its thread.
#pragma once
#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "codec/type.h"

namespace sigap::codec {

struct WritePlan {
  struct Step {
    enum class What {
      text,  ///< its quotes stand around it
      number,
      label,     ///< its quotes stand around it
      truth,     ///< true or false
      comma,     ///< no value: after a member that perhaps was written
      member,    ///< of a structure, left out when there is none; `inner` begins with its name
      optional,  ///< null when there is none
      list,
      variant,  ///< `alternatives`
      personal
    };
    What what;
    const Type* type;
    std::string before;  ///< written first, whatever the value is
    std::size_t offset;  ///< of the value in the object, in bytes
    std::string path;    ///< of the value in the object: ".caller", "[0].place"
    const WritePlan* inner = nullptr;
    std::vector<const WritePlan*> alternatives = {};
    bool may_be_first = false;  ///< a member before which perhaps none was written
  };
  std::vector<Step> steps;
  std::string after;
};

class WritePlans {
 public:
  const WritePlan& of(const Type& type);

 private:
  struct Draft;
  const WritePlan& of_alternative(const Type& type);
  void value(Draft& draft, const Type& type, std::size_t offset, const std::string& path);
  void members(Draft& draft, const Type& type, std::size_t offset, const std::string& path, bool follow);

  std::deque<WritePlan> plans_;
  std::map<const Type*, WritePlan*> of_type_;
  std::map<const Type*, WritePlan*> of_alternative_;  ///< with its type first
};

}  // namespace sigap::codec
