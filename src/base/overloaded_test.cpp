#include "base/overloaded.h"

#include <gtest/gtest.h>

#include <string>

namespace sigap {
namespace {

struct Told {
  int number = 0;
};
struct Named {
  std::string person;
};
struct Numbered {
  int person = 0;
};
using Any = std::variant<Told, Named, Numbered, std::string>;

template <class T>
concept Personal = requires(T t) {
  t.person;
};

TEST(VisitSomeTest, HearsOfWhatItTakesAndOfNothingElse) {
  int told = 0, of_a_person = 0;
  const auto hear = [&](const Any& any) {
    visit_some(Overloaded{
                   [&](const Told& t) { told += t.number; },
                   [&](const Personal auto&) { ++of_a_person; },
               },
               any);
  };
  hear(Told{7});
  hear(Named{"Ani"});
  hear(Numbered{3});
  hear(std::string("nobody takes it"));
  EXPECT_EQ(told, 7);
  EXPECT_EQ(of_a_person, 2);
}

}  // namespace
}  // namespace sigap
