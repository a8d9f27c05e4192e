// SPDX-License-Identifier: MIT
// main for programs that have wmain (_tmain with _UNICODE) instead. An archive of its own,
// libiphlpapi_wmain.a: were it in the shared library, that would serve as main for programs that get theirs
// from a library behind it, such as gtest_main.
#include <stringapiset.h>

#include <cstdio>
#include <cstdlib>
#include <initializer_list>

// UTF-16, whatever wchar_t is here.
extern "C" int to_utf16(UINT code_page, DWORD flags, LPCSTR from, int from_length, char16_t* to,
                        int to_length) __asm__("MultiByteToWideChar");

// What a program may have: the symbol as C gives it and as C++ does, which mangles the parameters' types.
// Each can be called with three arguments. With -fshort-wchar the headers call wmain wmain_char16.
#define TCPTABLE_WMAIN(name, symbol) \
  extern "C" int name(int argc, void* argv, void* environment) __asm__(symbol) __attribute__((weak))
TCPTABLE_WMAIN(wmain_of_c, "wmain");
TCPTABLE_WMAIN(wmain_plain, "_Z5wmainv");
TCPTABLE_WMAIN(wmain_arguments, "_Z5wmainiPPw");
TCPTABLE_WMAIN(wmain_const_arguments, "_Z5wmainiPPKw");
TCPTABLE_WMAIN(wmain_all_const_arguments, "_Z5wmainiPKPKw");
TCPTABLE_WMAIN(wmain_environment, "_Z5wmainiPPwS0_");
TCPTABLE_WMAIN(wmain16_of_c, "wmain_char16");
TCPTABLE_WMAIN(wmain16_plain, "_Z12wmain_char16v");
TCPTABLE_WMAIN(wmain16_arguments, "_Z12wmain_char16iPPw");
TCPTABLE_WMAIN(wmain16_const_arguments, "_Z12wmain_char16iPPKw");
TCPTABLE_WMAIN(wmain16_all_const_arguments, "_Z12wmain_char16iPKPKw");
TCPTABLE_WMAIN(wmain16_environment, "_Z12wmain_char16iPPwS0_");
#undef TCPTABLE_WMAIN

namespace {

using WideMain = int (*)(int, void*, void*);

WideMain first_of(std::initializer_list<WideMain> candidates) {
  for (const WideMain candidate : candidates) {
    if (candidate != nullptr) return candidate;
  }
  return nullptr;
}

int convert(const char* from, wchar_t* to, int size) {
  return MultiByteToWideChar(CP_UTF8, 0, from, -1, to, size);
}
int convert(const char* from, char16_t* to, int size) {
  return to_utf16(CP_UTF8, 0, from, -1, to, size);
}

// Copies that nobody frees, for they are good for as long as the program runs; a null pointer behind the
// last. No container: a program in C is not linked with the C++ library.
template <typename Char>
Char** widened(char** narrow) {
  std::size_t count = 0;
  while (narrow[count] != nullptr) ++count;
  auto** const texts = static_cast<Char**>(std::calloc(count + 1, sizeof(Char*)));
  if (texts == nullptr) std::abort();
  for (std::size_t i = 0; i < count; ++i) {
    const int size = convert(narrow[i], static_cast<Char*>(nullptr), 0);
    texts[i] = static_cast<Char*>(std::calloc(static_cast<std::size_t>(size) + 1, sizeof(Char)));
    if (texts[i] == nullptr) std::abort();
    convert(narrow[i], texts[i], size);
  }
  return texts;
}

template <typename Char>
int run(WideMain wide_main, int argc, char** argv, char** environment) {
  return wide_main(argc, widened<Char>(argv), widened<Char>(environment));
}

}  // namespace

// glibc gives main the environment, too.
int main(int argc, char** argv, char** environment) {
  const WideMain wide = first_of({wmain_of_c, wmain_plain, wmain_arguments, wmain_const_arguments,
                                  wmain_all_const_arguments, wmain_environment});
  if (wide != nullptr) return run<wchar_t>(wide, argc, argv, environment);
  const WideMain utf16 = first_of({wmain16_of_c, wmain16_plain, wmain16_arguments, wmain16_const_arguments,
                                   wmain16_all_const_arguments, wmain16_environment});
  if (utf16 != nullptr) return run<char16_t>(utf16, argc, argv, environment);
  std::fputs("this program has neither main nor wmain\n", stderr);
  return 1;
}
