/* SPDX-License-Identifier: MIT */
/* Not a header of Windows: tcptable_printf.h includes it in C++. As under Windows, std::wcout, std::wcerr and
 * std::wclog mix with std::cout, printf and wprintf on one stream, which the C library doesn't allow. They
 * write UTF-8 through the bytes of stdout and stderr. TCPTABLE_WITHOUT_WCOUT leaves them as they are. */
#ifndef TCPTABLE_WIN32_TCPTABLE_WCOUT_H
#define TCPTABLE_WIN32_TCPTABLE_WCOUT_H

/* Which includes this one, behind what is used here. */
#include "tcptable_printf.h"

#if defined(__cplusplus) && __SIZEOF_WCHAR_T__ == 4 && !defined(TCPTABLE_LIBC_PRINTF) && \
    !defined(TCPTABLE_WITHOUT_WCOUT)
extern "C++" {
#include <iostream>
#include <streambuf>

namespace tcptable_win32 {

class WideOutput final : public std::wstreambuf {
 public:
  explicit WideOutput(FILE* stream) : stream_(stream) {}

 protected:
  int_type overflow(int_type character) override {
    if (traits_type::eq_int_type(character, traits_type::eof())) return traits_type::not_eof(character);
    const wchar_t unit = traits_type::to_char_type(character);
    return win32_fwprintf(stream_, L"%lc", unit) < 0 ? traits_type::eof() : character;
  }
  std::streamsize xsputn(const wchar_t* text, std::streamsize count) override {
    const bool written = win32_fwprintf(stream_, L"%.*ls", static_cast<int>(count), text) >= 0;
    return written ? count : 0;
  }
  int sync() override { return fflush(stream_); }

 private:
  FILE* const stream_;
};

/* Never freed: the streams are flushed when the program ends. */
inline bool write_wide_streams_as_bytes() {
  static std::wstreambuf* const output = new WideOutput(stdout);
  static std::wstreambuf* const error = new WideOutput(stderr);
  std::wcout.rdbuf(output);
  std::wcerr.rdbuf(error);
  std::wclog.rdbuf(error);
  return true;
}
static const bool wide_streams_write_bytes __attribute__((__unused__)) = write_wide_streams_as_bytes();

} /* namespace tcptable_win32 */
} /* extern "C++" */
#endif

#endif
