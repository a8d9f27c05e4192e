# SPDX-License-Identifier: MIT
# The runtime behind windows.h, securecrt.h, shlwapi.h, and printing and scanning.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/heap.cpp
          ${CMAKE_CURRENT_LIST_DIR}/last_error.cpp
          ${CMAKE_CURRENT_LIST_DIR}/memory.cpp
          ${CMAKE_CURRENT_LIST_DIR}/message/format_message.cpp
          ${CMAKE_CURRENT_LIST_DIR}/message/message_text.cpp
          ${CMAKE_CURRENT_LIST_DIR}/message/system_messages.cpp
          ${CMAKE_CURRENT_LIST_DIR}/message/text_encoding.cpp
          ${CMAKE_CURRENT_LIST_DIR}/print/conversion.cpp
          ${CMAKE_CURRENT_LIST_DIR}/print/printed_text.cpp
          ${CMAKE_CURRENT_LIST_DIR}/scan/scan_calls.cpp
          ${CMAKE_CURRENT_LIST_DIR}/scan/scan_conversion.cpp
          ${CMAKE_CURRENT_LIST_DIR}/scan/scanner.cpp
          ${CMAKE_CURRENT_LIST_DIR}/strings/crt_strings.cpp
          ${CMAKE_CURRENT_LIST_DIR}/strings/path_calls.cpp
          ${CMAKE_CURRENT_LIST_DIR}/strings/secure_strings.cpp
          ${CMAKE_CURRENT_LIST_DIR}/time/calendar.cpp
          ${CMAKE_CURRENT_LIST_DIR}/time/process_time.cpp)

# Those whose functions take wchar_t or its strings: one source, compiled for either size (wide_unit.hpp).
foreach(source print/buffer_calls.cpp print/stream_calls.cpp strings/file_calls_w.cpp strings/path_calls_w.cpp
               strings/secure_conversion_w.cpp strings/secure_strings_w.cpp strings/strings_w.cpp)
  target_sources(iphlpapi_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${source})
  target_sources(iphlpapi_short_wchar_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${source})
endforeach()
