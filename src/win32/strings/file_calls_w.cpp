// SPDX-License-Identifier: MIT
// _wfopen. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/message/text_encoding.hpp"
#include "win32/wide_unit.hpp"

#include <tcptable_crt_system.h>

#include <new>
#include <string_view>

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT FILE* _wfopen(const wchar_t* name, const wchar_t* mode) {
  if (name == nullptr || mode == nullptr) {
    errno = EINVAL;
    return nullptr;
  }
  try {
    const std::string path = transcode<char>(std::basic_string_view(units(name)));
    // "w, ccs=UTF-8" would make the stream wide, which the functions here don't want.
    const std::string kind = transcode<char>(std::basic_string_view(units(mode)));
    return std::fopen(path.c_str(), kind.substr(0, kind.find(',')).c_str());
  } catch (const std::bad_alloc&) {
    errno = ENOMEM;
    return nullptr;
  }
}
