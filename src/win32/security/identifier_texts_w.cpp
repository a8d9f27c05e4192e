// SPDX-License-Identifier: MIT
// LookupAccountSidW and ConvertSidToStringSidW. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/security/identifier_texts.hpp"
#include "win32/wide_unit.hpp"

#include <sddl.h>

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI LookupAccountSidW(LPCWSTR lpSystemName, PSID Sid, LPWSTR Name,
                                                    LPDWORD cchName, LPWSTR ReferencedDomainName,
                                                    LPDWORD cchReferencedDomainName, PSID_NAME_USE peUse) {
  return look_up_account<WideUnit>(units(lpSystemName), Sid, units(Name), cchName,
                                   units(ReferencedDomainName), cchReferencedDomainName, peUse);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI ConvertSidToStringSidW(PSID Sid, LPWSTR* StringSid) {
  return give_identifier_text<WideUnit>(Sid, reinterpret_cast<WideUnit**>(StringSid));
}
