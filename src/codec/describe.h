// How a struct or enumeration is described: its name and its members, in the order they are written.
// The descriptions are the only schema of journal, protocol and checkpoint (Boost.Describe underneath).
#pragma once
#include <boost/describe.hpp>

// clang-format off
#define SIGAP_STRUCT(Name, ...)                      \
  BOOST_DESCRIBE_STRUCT(Name, (), (__VA_ARGS__))     \
  constexpr const char* described_name(const Name*) { return #Name; }
#define SIGAP_ENUM(Name, ...) BOOST_DESCRIBE_ENUM(Name, __VA_ARGS__)
// clang-format on
