// SPDX-License-Identifier: MIT
// The functions that make, compare and name security identifiers.
#include "win32/export.hpp"
#include "win32/security/identifier_texts.hpp"

#include <sddl.h>

#include <cstdlib>

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI LookupAccountSidA(LPCSTR lpSystemName, PSID Sid, LPSTR Name,
                                                    LPDWORD cchName, LPSTR ReferencedDomainName,
                                                    LPDWORD cchReferencedDomainName, PSID_NAME_USE peUse) {
  return look_up_account<char>(lpSystemName, Sid, Name, cchName, ReferencedDomainName,
                               cchReferencedDomainName, peUse);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI ConvertSidToStringSidA(PSID Sid, LPSTR* StringSid) {
  return give_identifier_text<char>(Sid, StringSid);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI IsValidSid(PSID pSid) {
  BOOL valid = FALSE;
  guarded([&]() -> ULONG {
    valid = Identifier::read(pSid) ? TRUE : FALSE;
    return NO_ERROR;
  });
  return valid;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI EqualSid(PSID pSid1, PSID pSid2) {
  BOOL equal = FALSE;
  succeed_or_fail([&]() -> ULONG {
    const auto first = Identifier::read(pSid1);
    const auto second = Identifier::read(pSid2);
    if (!first || !second) return ERROR_INVALID_SID;
    equal = *first == *second ? TRUE : FALSE;
    return NO_ERROR;
  });
  return equal;
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetLengthSid(PSID pSid) {
  DWORD length = 0;
  succeed_or_fail([&]() -> ULONG {
    const auto identifier = Identifier::read(pSid);
    if (!identifier) return ERROR_INVALID_SID;
    length = static_cast<DWORD>(identifier->size());
    return NO_ERROR;
  });
  return length;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI CopySid(DWORD nDestinationSidLength, PSID pDestinationSid,
                                          PSID pSourceSid) {
  return succeed_or_fail([&]() -> ULONG {
    if (pDestinationSid == nullptr || pSourceSid == nullptr) return ERROR_INVALID_PARAMETER;
    const auto identifier = Identifier::read(pSourceSid);
    if (!identifier) return ERROR_INVALID_SID;
    if (identifier->size() > nDestinationSidLength) return ERROR_INSUFFICIENT_BUFFER;
    identifier->write(pDestinationSid);
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI AllocateAndInitializeSid(PSID_IDENTIFIER_AUTHORITY pIdentifierAuthority,
                                                           BYTE nSubAuthorityCount, DWORD nSubAuthority0,
                                                           DWORD nSubAuthority1, DWORD nSubAuthority2,
                                                           DWORD nSubAuthority3, DWORD nSubAuthority4,
                                                           DWORD nSubAuthority5, DWORD nSubAuthority6,
                                                           DWORD nSubAuthority7, PSID* pSid) {
  const DWORD numbers[] = {nSubAuthority0, nSubAuthority1, nSubAuthority2, nSubAuthority3,
                           nSubAuthority4, nSubAuthority5, nSubAuthority6, nSubAuthority7};
  return succeed_or_fail([&]() -> ULONG {
    if (pIdentifierAuthority == nullptr || pSid == nullptr || nSubAuthorityCount > std::size(numbers))
      return ERROR_INVALID_PARAMETER;
    Identifier identifier{0, {numbers, numbers + nSubAuthorityCount}};
    for (const BYTE byte : pIdentifierAuthority->Value)
      identifier.authority = identifier.authority << 8 | byte;
    *pSid = std::malloc(identifier.size());
    if (*pSid == nullptr) return ERROR_NOT_ENOUGH_MEMORY;
    identifier.write(*pSid);
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT PVOID WINAPI FreeSid(PSID pSid) {
  std::free(pSid);
  return nullptr;
}
