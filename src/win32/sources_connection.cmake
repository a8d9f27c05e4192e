# SPDX-License-Identifier: MIT
# What iphlpapi.h has for one connection: closing it, and its extended statistics.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/connection/collection_flags.cpp
          ${CMAKE_CURRENT_LIST_DIR}/connection/estats.cpp
          ${CMAKE_CURRENT_LIST_DIR}/connection/estats_values.cpp
          ${CMAKE_CURRENT_LIST_DIR}/connection/set_tcp_entry.cpp)
