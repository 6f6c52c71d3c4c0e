# How everything is compiled: strict, the same everywhere, quick to link and to compile again.
set(SIGAP_SANITIZE "" CACHE STRING "sanitizers for the whole build, e.g. address,undefined")

# restrict and maybe-uninitialized: g++ 12 sees ghosts in std::string and std::optional (GCC bugs 105651, 80635).
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor>
                    $<$<COMPILE_LANGUAGE:CXX>:-Wold-style-cast> -Wconversion -Wno-sign-conversion
                    -Wno-maybe-uninitialized -Wno-restrict -Werror)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # For fuzzing alone (--preset fuzz): what g++ is strict about is g++'s, and what clang 14 says besides stops nothing.
  add_compile_options(-Wno-unknown-warning-option -Wno-error)
endif()
# -O2, not CMake's -O3: a build is a sixth cheaper, a simulated day a twentieth slower (docs/performance.md, "A build").
# A stack that is written past its end, a copy past an object's end and an index past a container's end stop the process
# instead of being used. Addresses move (Debian's g++ links -pie by itself), and the tables of what is called are
# read-only before anything is heard. Source: OpenSSF, compiler options hardening guide.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG -D_FORTIFY_SOURCE=2 -D_GLIBCXX_ASSERTIONS -fstack-protector-strong \
-fstack-clash-protection")
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  string(APPEND CMAKE_CXX_FLAGS_RELEASE " -fcf-protection")
endif()
add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_options(-Og -g1)  # clang takes -Og for -O1
endif()
if(SIGAP_SANITIZE)
  add_compile_options(-fsanitize=${SIGAP_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SIGAP_SANITIZE})
  if(SIGAP_SANITIZE MATCHES "thread")
    # Asio's fences are atomic_thread_fence, which the sanitizer does not follow: it then orders by its other atomics.
    add_compile_options(-Wno-tsan)
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()

find_program(SIGAP_LLD ld.lld)
if(SIGAP_LLD)
  add_link_options(-fuse-ld=lld)
endif()
find_program(SIGAP_CCACHE ccache)
if(SIGAP_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SIGAP_CCACHE})
endif()
