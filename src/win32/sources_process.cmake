# SPDX-License-Identifier: MIT
# The runtime behind processthreadsapi.h, psapi.h, tlhelp32.h and libloaderapi.h.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/loader/loader_a.cpp
          ${CMAKE_CURRENT_LIST_DIR}/loader/own_library.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/exit_code.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/handle_table.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/mapped_modules.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/name_calls_a.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/proc_text.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/process_calls.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/process_list.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/process_lists.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/process_object.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/process_usage.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/toolhelp_a.cpp
          ${CMAKE_CURRENT_LIST_DIR}/process/usage_calls.cpp)

# Compiled for either size of wchar_t.
foreach(source loader/loader_w.cpp process/name_calls_w.cpp process/toolhelp_w.cpp)
  target_sources(iphlpapi_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${source})
  target_sources(iphlpapi_short_wchar_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${source})
endforeach()
