# SPDX-License-Identifier: MIT
# One line adds a GoogleTest program with its labels:
#   tcptable_add_test(NAME row_merge SOURCES row_merge_test.cpp LABELS unit LIBRARIES tcptable_core)
# PROPERTIES takes more of CTest's properties.
# Each TEST becomes a CTest test of its own, so that a skip shows with its reason.
find_package(GTest REQUIRED)
include(GoogleTest)
include(CheckLinkerFlag)

# A hundred programs with debug information: gold takes less than half the default linker's time.
check_linker_flag(CXX -fuse-ld=gold tcptable_have_gold)

function(tcptable_add_test)
  cmake_parse_arguments(arg "" "NAME" "SOURCES;LABELS;LIBRARIES;PROPERTIES" ${ARGN})
  add_executable(${arg_NAME}_test ${arg_SOURCES})
  target_include_directories(${arg_NAME}_test PRIVATE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${arg_NAME}_test PRIVATE ${arg_LIBRARIES} GTest::gtest GTest::gtest_main tcptable_build_options)
  if(tcptable_have_gold)
    target_link_options(${arg_NAME}_test PRIVATE -fuse-ld=gold)
  endif()
  set(c_sources ${arg_SOURCES})
  list(FILTER c_sources INCLUDE REGEX "\\.c$")
  set_source_files_properties(${c_sources} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  target_precompile_headers(${arg_NAME}_test REUSE_FROM tcptable_gtest_header)
  gtest_discover_tests(${arg_NAME}_test TEST_PREFIX "${arg_NAME}." DISCOVERY_TIMEOUT 60
                       PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 120 ${arg_PROPERTIES})
endfunction()
