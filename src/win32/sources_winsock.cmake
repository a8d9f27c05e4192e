# SPDX-License-Identifier: MIT
# The runtime behind winsock2.h and ws2tcpip.h.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/winsock/address_text.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/name_lookup.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/options.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/select.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/socket_error.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/sockets.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/startup.cpp)
