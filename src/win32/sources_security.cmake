# SPDX-License-Identifier: MIT
# The runtime behind securitybaseapi.h and sddl.h.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/security/identifier_calls.cpp
          ${CMAKE_CURRENT_LIST_DIR}/security/identifiers.cpp
          ${CMAKE_CURRENT_LIST_DIR}/security/privileges.cpp
          ${CMAKE_CURRENT_LIST_DIR}/security/token_calls.cpp)

# Compiled for either size of wchar_t.
foreach(source security/identifier_texts_w.cpp security/lookup_privilege_w.cpp)
  target_sources(iphlpapi_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${source})
  target_sources(iphlpapi_short_wchar_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${source})
endforeach()
