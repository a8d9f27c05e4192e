# SPDX-License-Identifier: MIT
# TCPTABLE_BPF=AUTO builds the BPF programs where clang (with the bpf target) and libbpf are there; ON insists.
set(TCPTABLE_BPF AUTO CACHE STRING "Build the BPF programs: AUTO, ON or OFF")
set_property(CACHE TCPTABLE_BPF PROPERTY STRINGS AUTO ON OFF)
set(tcptable_has_bpf FALSE)
if(TCPTABLE_BPF)
  find_program(BPF_CLANG NAMES clang clang-19 clang-18 clang-17 clang-16 clang-15 clang-14)
  pkg_check_modules(libbpf IMPORTED_TARGET libbpf>=1.0)
  if(BPF_CLANG AND libbpf_FOUND)
    execute_process(COMMAND ${BPF_CLANG} -print-targets OUTPUT_VARIABLE bpf_targets ERROR_QUIET)
    if(bpf_targets MATCHES "bpf")
      set(tcptable_has_bpf TRUE)
    endif()
  endif()
  if(NOT tcptable_has_bpf AND NOT TCPTABLE_BPF STREQUAL AUTO)
    message(FATAL_ERROR "TCPTABLE_BPF=ON needs clang with the bpf target, and libbpf 1.0 or later")
  endif()
endif()
message(STATUS "BPF programs: ${tcptable_has_bpf}")

# As the kernel's own build names architectures.
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|i.86)$")
  set(bpf_target_arch x86)
elseif(CMAKE_SYSTEM_PROCESSOR STREQUAL "aarch64")
  set(bpf_target_arch arm64)
else()
  set(bpf_target_arch ${CMAKE_SYSTEM_PROCESSOR})
endif()

# tcptable_add_bpf_object(OUTPUT SOURCE HEADERS...): compiles a BPF program with its types (BTF).
function(tcptable_add_bpf_object output source)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE headers)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${BPF_CLANG} -g -O2 -target bpf -D__TARGET_ARCH_${bpf_target_arch} -Wall -Werror -I${PROJECT_SOURCE_DIR}/src
            -I/usr/include/${CMAKE_LIBRARY_ARCHITECTURE} -c
            ${CMAKE_CURRENT_SOURCE_DIR}/${source} -o ${output}
    DEPENDS ${source} ${headers}
    VERBATIM)
endfunction()
