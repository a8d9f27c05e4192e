// SPDX-License-Identifier: MIT
// FormatMessageA and FormatMessageW: where the definition comes from, where the text goes, and the codes. The
// text itself is made by message_text.
#include "win32/error_map.hpp"
#include "win32/export.hpp"
#include "win32/message/message_text.hpp"
#include "win32/message/system_messages.hpp"

#include <windows.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <type_traits>

using tcptable::win32::guarded;
using tcptable::win32::InsertArguments;
using tcptable::win32::message_text;
using tcptable::win32::MessageOptions;
using tcptable::win32::system_message;

namespace {

constexpr DWORD kSources =
    FORMAT_MESSAGE_FROM_STRING | FORMAT_MESSAGE_FROM_HMODULE | FORMAT_MESSAGE_FROM_SYSTEM;
constexpr DWORD kNarrowSizeLimit = 32768;

template <typename Char>
struct Call {
  DWORD flags;
  LPCVOID source;
  DWORD id;
  DWORD language;
  Char* buffer;
  DWORD size;
  va_list* arguments;

  bool has(DWORD flag) const { return (flags & flag) != 0; }
  bool allocates() const { return has(FORMAT_MESSAGE_ALLOCATE_BUFFER); }
  /// With ALLOCATE_BUFFER the parameter is the address of the caller's pointer.
  Char*& allocated() const { return *reinterpret_cast<Char**>(buffer); }
};

template <typename Char>
DWORD check(const Call<Char>& call) {
  if (call.allocates()) {
    if (call.buffer == nullptr) return ERROR_NOT_ENOUGH_MEMORY;
    call.allocated() = nullptr;
  }
  if (std::is_same_v<Char, char> && call.size >= kNarrowSizeLimit) return ERROR_INVALID_PARAMETER;
  if (!call.has(kSources)) return ERROR_INVALID_PARAMETER;
  if (call.has(FORMAT_MESSAGE_FROM_STRING))
    return call.source == nullptr ? ERROR_INVALID_PARAMETER : NO_ERROR;
  if (!call.has(FORMAT_MESSAGE_FROM_SYSTEM)) return ERROR_RESOURCE_DATA_NOT_FOUND;
  const bool neutral = PRIMARYLANGID(call.language) == LANG_NEUTRAL;
  const bool english = call.language == MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US);
  if (!neutral && !english) return ERROR_RESOURCE_LANG_NOT_FOUND;
  return system_message(call.id).empty() ? ERROR_MR_MID_NOT_FOUND : NO_ERROR;
}

template <typename Char>
std::basic_string<Char> definition(const Call<Char>& call) {
  if (call.has(FORMAT_MESSAGE_FROM_STRING)) return static_cast<const Char*>(call.source);
  const std::string_view text = system_message(call.id);
  std::basic_string<Char> line(text.begin(), text.end());
  line.push_back(Char{'\r'});
  line.push_back(Char{'\n'});
  return line;
}

template <typename Char>
InsertArguments arguments_of(const Call<Char>& call) {
  if (call.arguments == nullptr) return InsertArguments::none();
  if (!call.has(FORMAT_MESSAGE_ARGUMENT_ARRAY)) return InsertArguments::from_list(call.arguments);
  return InsertArguments::from_array(reinterpret_cast<const std::uintptr_t*>(call.arguments));
}

template <typename Char>
DWORD deliver_allocated(const Call<Char>& call, const std::basic_string<Char>& text) {
  const std::size_t size = std::max<std::size_t>(call.size, text.size() + 1);
  auto* const copy = static_cast<Char*>(LocalAlloc(LPTR, size * sizeof(Char)));
  if (copy == nullptr) return ERROR_NOT_ENOUGH_MEMORY;
  std::ranges::copy(text, copy);
  call.allocated() = copy;
  return NO_ERROR;
}

// The wide function leaves a cut or an empty text, the narrow one leaves the buffer alone.
template <typename Char>
DWORD deliver(const Call<Char>& call, const std::basic_string<Char>& text) {
  if (call.allocates()) return text.empty() ? ERROR_NO_WORK_DONE : deliver_allocated(call, text);
  const bool fits = text.size() < call.size;
  const bool writes =
      call.buffer != nullptr && (std::is_same_v<Char, char> ? fits && !text.empty() : call.size != 0);
  if (writes) {
    const std::size_t length = std::min<std::size_t>(text.size(), call.size - 1);
    std::copy_n(text.data(), length, call.buffer);
    call.buffer[length] = Char{};
  }
  if (!fits) return ERROR_INSUFFICIENT_BUFFER;
  if (text.empty()) return ERROR_NO_WORK_DONE;
  return writes ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

template <typename Char>
DWORD format(const Call<Char>& call) {
  DWORD length = 0;
  const DWORD code = guarded([&call, &length]() -> ULONG {
    if (const DWORD refused = check(call); refused != NO_ERROR) return refused;
    const MessageOptions options{.width = call.flags & FORMAT_MESSAGE_MAX_WIDTH_MASK,
                                 .ignore_inserts = call.has(FORMAT_MESSAGE_IGNORE_INSERTS)};
    InsertArguments arguments = arguments_of(call);
    const std::basic_string<Char> source = definition(call);
    const auto text = message_text(std::basic_string_view<Char>(source), options, arguments);
    if (!text) return ERROR_INVALID_PARAMETER;
    length = static_cast<DWORD>(text->size());
    return deliver(call, *text);
  });
  if (code == NO_ERROR) return length;
  SetLastError(code);
  return 0;
}

}  // namespace

// The symbol FormatMessageW, in UTF-16; the header's FormatMessageW has its twin below.
TCPTABLE_WIN32_EXPORT DWORD WINAPI FormatMessageW_utf16(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId,
                                                        DWORD dwLanguageId, char16_t* lpBuffer, DWORD nSize,
                                                        va_list* Arguments) __asm__("FormatMessageW");

DWORD WINAPI FormatMessageW_utf16(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId, DWORD dwLanguageId,
                                  char16_t* lpBuffer, DWORD nSize, va_list* Arguments) {
  return format<char16_t>({dwFlags, lpSource, dwMessageId, dwLanguageId, lpBuffer, nSize, Arguments});
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI FormatMessageW(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId,
                                                  DWORD dwLanguageId, LPWSTR lpBuffer, DWORD nSize,
                                                  va_list* Arguments) {
  return format<wchar_t>({dwFlags, lpSource, dwMessageId, dwLanguageId, lpBuffer, nSize, Arguments});
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI FormatMessageA(DWORD dwFlags, LPCVOID lpSource, DWORD dwMessageId,
                                                  DWORD dwLanguageId, LPSTR lpBuffer, DWORD nSize,
                                                  va_list* Arguments) {
  return format<char>({dwFlags, lpSource, dwMessageId, dwLanguageId, lpBuffer, nSize, Arguments});
}
