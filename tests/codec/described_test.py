"""What is left out of a description does not compile: a member, and an enumeration's value.

usage: described_test.py COMPILER SOURCE_DIR
"""
import subprocess
import sys

compiler, source = sys.argv[1:3]
# In a namespace within sigap and of an enumeration of base, as descriptions are.
PROGRAM = """
#include "base/records.h"
#include "codec/describe.h"
namespace sigap {{ SIGAP_ENUM(RecordKind, {kinds}) }}
namespace sigap::tests {{
enum class Light {{ red, amber, green }};
struct Crossing {{ Light light = Light::red; std::int64_t waiting = 0; }};
SIGAP_ENUM(Light, {lights})
SIGAP_STRUCT(Crossing, {members})
}}
"""
WHOLE = {"kinds": "call, incident, task, complaint", "lights": "red, amber, green", "members": "light, waiting"}


def compiles(**change):
    done = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", f"-I{source}/src", "-x", "c++", "-"],
                          input=PROGRAM.format(**{**WHOLE, **change}), capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    return done.returncode == 0, done.stderr


failed = 0


def expect(what, holds, seen):
    global failed
    if not holds:
        failed += 1
        print(f"{what}:\n{seen}")


good, seen = compiles()
expect("a whole description compiles", good, seen)
for change, word in (({"lights": "red, green"}, "amber"), ({"kinds": "call, incident"}, "task"),
                     ({"lights": "red, amber, green, blue"}, "blue"), ({"members": "light"}, "Crossing")):
    good, seen = compiles(**change)
    expect(f"{change} does not compile, and says {word}", not good and word in seen, seen)
sys.exit(1 if failed else 0)
