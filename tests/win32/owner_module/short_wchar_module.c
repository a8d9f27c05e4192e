/* SPDX-License-Identifier: MIT */
/* Compiled with -fshort-wchar, where the header's function is the library's UTF-16 one. */
#include "short_wchar_module.h"

#include <iphlpapi.h>

uint32_t short_wchar_module(uint32_t pid, unsigned long long* info, void* buffer, uint32_t* size,
                            const uint16_t** name, const uint16_t** path) {
  const DWORD code = GetOwnerModuleFromPidAndInfo(pid, info, TCPIP_OWNER_MODULE_INFO_BASIC, buffer, size);
  if (code == NO_ERROR) {
    const TCPIP_OWNER_MODULE_BASIC_INFO* module = (const TCPIP_OWNER_MODULE_BASIC_INFO*)buffer;
    *name = (const uint16_t*)module->pModuleName;
    *path = (const uint16_t*)module->pModulePath;
  }
  return code;
}
