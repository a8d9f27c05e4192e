# SPDX-License-Identifier: MIT
# The runtime behind windows.h and securecrt.h.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/heap.cpp
          ${CMAKE_CURRENT_LIST_DIR}/last_error.cpp
          ${CMAKE_CURRENT_LIST_DIR}/memory.cpp
          ${CMAKE_CURRENT_LIST_DIR}/message/format_message.cpp
          ${CMAKE_CURRENT_LIST_DIR}/message/insert_format.cpp
          ${CMAKE_CURRENT_LIST_DIR}/message/message_text.cpp
          ${CMAKE_CURRENT_LIST_DIR}/message/system_messages.cpp
          ${CMAKE_CURRENT_LIST_DIR}/message/text_encoding.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process_time.cpp
          ${CMAKE_CURRENT_LIST_DIR}/secure_strings.cpp)
