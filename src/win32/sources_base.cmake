# SPDX-License-Identifier: MIT
# The runtime behind windows.h and securecrt.h.
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
          ${CMAKE_CURRENT_LIST_DIR}/process_time.cpp
          ${CMAKE_CURRENT_LIST_DIR}/secure_strings.cpp)

# Those whose functions take wchar_t or its strings: one source, compiled for either size (wide_unit.hpp).
set(wide_sources ${CMAKE_CURRENT_LIST_DIR}/print/buffer_calls.cpp ${CMAKE_CURRENT_LIST_DIR}/print/stream_calls.cpp)
target_sources(iphlpapi_objects PRIVATE ${wide_sources})
target_sources(iphlpapi_short_wchar_objects PRIVATE ${wide_sources})
