// SPDX-License-Identifier: MIT
// From a message definition, with its % sequences, to the finished text. Pure: no buffers of the caller, no
// codes.
#pragma once

#include "win32/message/insert_arguments.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tcptable::win32 {

struct MessageOptions {
  unsigned width = 0;  // as LineWriter takes it
  bool ignore_inserts = false;
};

/// Nothing if the definition ends in a %, or has an insert without arguments or with a format that is unknown
/// or has no end.
template <typename Char>
std::optional<std::basic_string<Char>> message_text(std::basic_string_view<Char> definition,
                                                    MessageOptions options, InsertArguments& arguments);

extern template std::optional<std::string> message_text(std::string_view, MessageOptions, InsertArguments&);
extern template std::optional<std::u16string> message_text(std::u16string_view, MessageOptions,
                                                           InsertArguments&);
extern template std::optional<std::wstring> message_text(std::wstring_view, MessageOptions, InsertArguments&);

}  // namespace tcptable::win32
