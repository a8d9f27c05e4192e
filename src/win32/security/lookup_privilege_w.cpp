// SPDX-License-Identifier: MIT
// LookupPrivilegeValueW. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/security/lookup_privilege.hpp"
#include "win32/wide_unit.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI LookupPrivilegeValueW(LPCWSTR lpSystemName, LPCWSTR lpName, PLUID lpLuid) {
  return look_up_privilege(units(lpSystemName), units(lpName), lpLuid);
}
