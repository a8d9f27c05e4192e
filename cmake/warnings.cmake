# SPDX-License-Identifier: MIT
# One interface target that every target of ours links: warnings and sanitizers. Never exported.
add_library(tcptable_build_options INTERFACE)
target_compile_options(
  tcptable_build_options
  INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
            $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Wold-style-cast>
            $<$<BOOL:${TCPTABLE_WERROR}>:-Werror>)
if(TCPTABLE_SANITIZE)
  # A caller in C may pass any number for an enumeration.
  target_compile_options(tcptable_build_options INTERFACE -fsanitize=${TCPTABLE_SANITIZE} -fno-sanitize=enum -fno-omit-frame-pointer
                                                          -fno-sanitize-recover=all)
  target_link_options(tcptable_build_options INTERFACE -fsanitize=${TCPTABLE_SANITIZE})
endif()
