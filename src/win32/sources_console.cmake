# SPDX-License-Identifier: MIT
# The runtime behind wincon.h, conio.h, debugapi.h, processenv.h, profileapi.h and sysinfoapi.h.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/console/console_calls.cpp
          ${CMAKE_CURRENT_LIST_DIR}/console/control_handlers.cpp
          ${CMAKE_CURRENT_LIST_DIR}/console/escapes.cpp
          ${CMAKE_CURRENT_LIST_DIR}/console/keyboard.cpp
          ${CMAKE_CURRENT_LIST_DIR}/console/screen.cpp
          ${CMAKE_CURRENT_LIST_DIR}/console/std_stream.cpp
          ${CMAKE_CURRENT_LIST_DIR}/console/stream_mode.cpp
          ${CMAKE_CURRENT_LIST_DIR}/system/debug_output.cpp
          ${CMAKE_CURRENT_LIST_DIR}/system/own_names.cpp
          ${CMAKE_CURRENT_LIST_DIR}/system/own_names_a.cpp
          ${CMAKE_CURRENT_LIST_DIR}/system/system_info.cpp)

# Compiled for either size of wchar_t.
foreach(source console/console_calls_w.cpp system/debug_output_w.cpp system/own_names_w.cpp)
  target_sources(iphlpapi_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${source})
  target_sources(iphlpapi_short_wchar_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${source})
endforeach()
