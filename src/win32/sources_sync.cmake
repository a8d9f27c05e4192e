# SPDX-License-Identifier: MIT
# The runtime behind synchapi.h, and the threads of processthreadsapi.h.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/sync/condition_variable.cpp
          ${CMAKE_CURRENT_LIST_DIR}/sync/create_event_w.cpp
          ${CMAKE_CURRENT_LIST_DIR}/sync/create_mutex_w.cpp
          ${CMAKE_CURRENT_LIST_DIR}/sync/critical_section.cpp
          ${CMAKE_CURRENT_LIST_DIR}/sync/mutex_calls.cpp
          ${CMAKE_CURRENT_LIST_DIR}/sync/mutex_object.cpp
          ${CMAKE_CURRENT_LIST_DIR}/sync/slim_lock.cpp
          ${CMAKE_CURRENT_LIST_DIR}/sync/thread_calls.cpp
          ${CMAKE_CURRENT_LIST_DIR}/sync/wait_calls.cpp
          ${CMAKE_CURRENT_LIST_DIR}/sync/waitable.cpp)

# Compiled for either size of wchar_t.
target_sources(iphlpapi_short_wchar_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/sync/create_event_w.cpp
                                                    ${CMAKE_CURRENT_LIST_DIR}/sync/create_mutex_w.cpp)
