// SPDX-License-Identifier: MIT
// LookupAccountSid and ConvertSidToStringSid for any width of characters.
#pragma once

#include "win32/last_error.hpp"
#include "win32/security/identifiers.hpp"
#include "win32/system/own_names.hpp"

namespace tcptable::win32 {

/// Both fit, or both needed sizes are given.
template <typename Char>
DWORD give_account(const Account& account, const std::string& domain, Char* name, DWORD* name_size,
                   Char* domain_name, DWORD* domain_size) {
  const DWORD room_for_name = *name_size;
  const DWORD room_for_domain = *domain_size;
  const auto name_text = text_in<Char>(account.name);
  const auto domain_text = text_in<Char>(domain);
  *name_size = static_cast<DWORD>(name_text.size());
  *domain_size = static_cast<DWORD>(domain_text.size());
  const bool fits = name_text.size() < room_for_name && domain_text.size() < room_for_domain;
  if (!fits) {
    ++*name_size;
    ++*domain_size;
    return ERROR_INSUFFICIENT_BUFFER;
  }
  put_text<Char>(name_text, name);
  put_text<Char>(domain_text, domain_name);
  return NO_ERROR;
}

template <typename Char>
BOOL look_up_account(const Char* system, const void* sid, Char* name, DWORD* name_size, Char* domain_name,
                     DWORD* domain_size, SID_NAME_USE* use) {
  return succeed_or_fail([&]() -> ULONG {
    const bool is_whole = sid != nullptr && name_size != nullptr && domain_size != nullptr && use != nullptr;
    if (!is_whole || (name == nullptr && *name_size != 0) || (domain_name == nullptr && *domain_size != 0))
      return ERROR_INVALID_PARAMETER;
    const auto identifier = Identifier::read(sid);
    if (!identifier) return ERROR_INVALID_SID;
    const bool is_here = system == nullptr || system[0] == Char{};
    const auto account = is_here ? account_of(*identifier) : std::nullopt;
    if (!account) return ERROR_NONE_MAPPED;
    const auto domain = computer_name();
    if (!domain) return domain.error();
    const DWORD code = give_account(*account, *domain, name, name_size, domain_name, domain_size);
    if (code == NO_ERROR) *use = account->use;
    return code;
  });
}

template <typename Char>
BOOL give_identifier_text(const void* sid, Char** result) {
  return succeed_or_fail([&]() -> ULONG {
    if (sid == nullptr || result == nullptr) return ERROR_INVALID_PARAMETER;
    const auto identifier = Identifier::read(sid);
    if (!identifier) return ERROR_INVALID_SID;
    const auto text = text_in<Char>(identifier->text());
    *result = static_cast<Char*>(LocalAlloc(LMEM_FIXED, (text.size() + 1) * sizeof(Char)));
    if (*result == nullptr) return ERROR_NOT_ENOUGH_MEMORY;
    put_text<Char>(text, *result);
    return NO_ERROR;
  });
}

}  // namespace tcptable::win32
