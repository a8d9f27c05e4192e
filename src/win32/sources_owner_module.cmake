# SPDX-License-Identifier: MIT
# GetOwnerModuleFrom...Entry, and what the OWNER_MODULE tables tell it.
target_sources(
  iphlpapi_objects
  PRIVATE ${CMAKE_CURRENT_LIST_DIR}/owner_module/module_tag.cpp
          ${CMAKE_CURRENT_LIST_DIR}/owner_module/owner_module.cpp)
