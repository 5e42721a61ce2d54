# Compiler settings and third-party packages, all of them Debian 12's own.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

option(JIEDUI_BUILD_BENCHMARKS "Build the load drivers of tests/bench" ON)
option(JIEDUI_BUILD_GRPC "Build what needs gRPC (off under ThreadSanitizer)" ON)
set(JIEDUI_SANITIZE "" CACHE STRING "Value of -fsanitize=, e.g. address,undefined")

# A clean clone is built for every check: ccache and mold pay when present.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
      "${CCACHE_PROGRAM}")
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

add_library(jiedui_warnings INTERFACE)
target_compile_options(jiedui_warnings INTERFACE -Wall -Wextra -Werror
                       -Wno-unused-parameter -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False alarm of gcc 12 on std::string (GCC bug 105651).
  target_compile_options(jiedui_warnings INTERFACE -Wno-restrict)
endif()

if(JIEDUI_SANITIZE)
  add_compile_options("-fsanitize=${JIEDUI_SANITIZE}" -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options("-fsanitize=${JIEDUI_SANITIZE}")
endif()

find_package(Threads REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(Protobuf REQUIRED)  # MODULE mode: Debian ships no protobuf-config
if(JIEDUI_BUILD_GRPC)
  find_package(gRPC CONFIG REQUIRED)
  find_package(prometheus-cpp CONFIG REQUIRED)
endif()
find_package(RocksDB CONFIG REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(spdlog CONFIG REQUIRED)
# A fifth of a command's time is allocation, and glibc keeps what a large import
# has freed. The sanitizers bring an allocator of their own.
if(NOT JIEDUI_SANITIZE)
  find_library(JEMALLOC_LIBRARY jemalloc REQUIRED)
endif()
find_package(GTest CONFIG REQUIRED)
if(JIEDUI_BUILD_BENCHMARKS)
  find_package(benchmark CONFIG REQUIRED)
endif()
