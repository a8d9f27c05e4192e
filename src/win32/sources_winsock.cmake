# SPDX-License-Identifier: MIT
# The runtime behind winsock2.h and ws2tcpip.h.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/winsock/address_string.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/address_text.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/name_databases.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/name_lookup.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/options.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/select.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/socket_error.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/sockets.cpp
          ${CMAKE_CURRENT_LIST_DIR}/winsock/startup.cpp)

# These see the functions as Windows' headers declare them, the others as libc's do.
set_source_files_properties(${CMAKE_CURRENT_LIST_DIR}/winsock/address_string.cpp
                            ${CMAKE_CURRENT_LIST_DIR}/winsock/name_lookup_w.cpp PROPERTIES COMPILE_OPTIONS -fno-lto)

# Compiled for either size of wchar_t.
foreach(source winsock/address_string_w.cpp winsock/name_lookup_w.cpp)
  target_sources(iphlpapi_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${source})
  target_sources(iphlpapi_short_wchar_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${source})
endforeach()
