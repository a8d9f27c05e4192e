/* SPDX-License-Identifier: MIT */
/* The account and the text of user 0's identifier by the UTF-16 functions, beside those in bytes. */
#include <sddl.h>
#include <windows.h>

_Static_assert(sizeof(wchar_t) == 2, "compiled with -fshort-wchar");

static int same(const char* bytes, const wchar_t* wide) {
  while (*bytes != 0 && (wchar_t)*bytes == *wide) {
    ++bytes;
    ++wide;
  }
  return *bytes == 0 && *wide == 0;
}

static DWORD compare(PSID sid, unsigned char* texts_are_same) {
  char name[64], domain[64];
  wchar_t wide_name[64], wide_domain[64];
  DWORD name_size = 64, domain_size = 64, wide_name_size = 64, wide_domain_size = 64;
  SID_NAME_USE use, wide_use;
  LPSTR text = NULL;
  LPWSTR wide_text = NULL;
  if (!LookupAccountSidA("", sid, name, &name_size, domain, &domain_size, &use) ||
      !LookupAccountSidW(L"", sid, wide_name, &wide_name_size, wide_domain, &wide_domain_size, &wide_use) ||
      !ConvertSidToStringSidA(sid, &text) || !ConvertSidToStringSidW(sid, &wide_text))
    return GetLastError();
  *texts_are_same = use == wide_use && name_size == wide_name_size && same(name, wide_name) &&
                    same(domain, wide_domain) && same(text, wide_text);
  LocalFree(text);
  LocalFree(wide_text);
  return NO_ERROR;
}

int short_wchar_account(unsigned char* texts_are_same) {
  SID_IDENTIFIER_AUTHORITY authority = {{0, 0, 0, 0, 0, 22}};
  PSID sid = NULL;
  DWORD code;
  if (!AllocateAndInitializeSid(&authority, 2, 1, 0, 0, 0, 0, 0, 0, 0, &sid)) return (int)GetLastError();
  code = compare(sid, texts_are_same);
  FreeSid(sid);
  return (int)code;
}
