# SPDX-License-Identifier: MIT
# The runtime behind securitybaseapi.h.
target_sources(iphlpapi_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/security/privileges.cpp
                                        ${CMAKE_CURRENT_LIST_DIR}/security/token_calls.cpp)

# Compiled for either size of wchar_t.
target_sources(iphlpapi_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/security/lookup_privilege_w.cpp)
target_sources(iphlpapi_short_wchar_objects PRIVATE ${CMAKE_CURRENT_LIST_DIR}/security/lookup_privilege_w.cpp)
