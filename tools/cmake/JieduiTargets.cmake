# The few words every folder's CMakeLists.txt is written in.

# jiedui_library(NAME SOURCES a.cc … DEPS lib …)
# One library a folder. Headers are found from the root of the tree
# (#include "common/base/reason.h"). Without SOURCES it is header-only.
function(jiedui_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  if(ARG_SOURCES)
    add_library(${name} STATIC ${ARG_SOURCES})
    target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${ARG_DEPS} PRIVATE jiedui_warnings)
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE "${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name} INTERFACE ${ARG_DEPS})
  endif()
endfunction()

# jiedui_test(NAME SOURCES a_test.cc … DEPS lib …)
# One GoogleTest binary, run by ctest as one test under its own name.
function(jiedui_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;DEPS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock
                        GTest::gtest_main jiedui_warnings)
  target_compile_definitions(${name} PRIVATE
                             JIEDUI_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT})
endfunction()

# jiedui_program(NAME SOURCES main.cc DEPS lib …)
function(jiedui_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} jiedui_warnings)
  if(JEMALLOC_LIBRARY)
    # The program itself names none of its functions.
    target_link_libraries(${name} PRIVATE -Wl,--no-as-needed
                          "${JEMALLOC_LIBRARY}" -Wl,--as-needed)
  endif()
endfunction()
