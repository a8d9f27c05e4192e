# SPDX-License-Identifier: MIT
# The runtime behind fileapi.h.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/files/byte_stream.cpp
          ${CMAKE_CURRENT_LIST_DIR}/files/file_calls.cpp
          ${CMAKE_CURRENT_LIST_DIR}/files/file_code.cpp
          ${CMAKE_CURRENT_LIST_DIR}/files/file_object.cpp
          ${CMAKE_CURRENT_LIST_DIR}/files/file_status.cpp
          ${CMAKE_CURRENT_LIST_DIR}/files/found_files.cpp
          ${CMAKE_CURRENT_LIST_DIR}/files/named_files_a.cpp)

# Compiled for either size of wchar_t.
target_sources(iphlpapi_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/files/named_files_w.cpp)
target_sources(iphlpapi_short_wchar_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/files/named_files_w.cpp)
