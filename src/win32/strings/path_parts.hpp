// SPDX-License-Identifier: MIT
// Where a path's parts begin, for any width of characters. Slashes part it as well as backslashes, so that
// paths of Linux come apart as programs of Windows expect it of theirs.
#pragma once

#include "win32/strings/secure_text.hpp"

#include <string_view>

namespace tcptable::win32 {

template <typename Char>
constexpr bool is_separator(Char unit) noexcept {
  return unit == Char{'/'} || unit == Char{'\\'};
}

template <typename Char>
struct PathParts {
  using Text = std::basic_string_view<Char>;

  Text drive;  ///< "c:", or empty.
  Text directory;
  Text name;
  Text extension;  ///< With its dot.
};

template <typename Char>
constexpr PathParts<Char> parts_of(std::basic_string_view<Char> path) noexcept {
  PathParts<Char> parts;
  const std::size_t drive = path.size() >= 2 && path[1] == Char{':'} ? 2 : 0;
  parts.drive = path.substr(0, drive);
  path.remove_prefix(drive);
  std::size_t name = path.size();
  while (name > 0 && !is_separator(path[name - 1])) --name;
  parts.directory = path.substr(0, name);
  path.remove_prefix(name);
  const std::size_t dot = std::min(path.rfind(Char{'.'}), path.size());
  parts.name = path.substr(0, dot);
  parts.extension = path.substr(dot);
  return parts;
}

/// One part for one buffer; a buffer that is NULL with a size of 0 wants none.
template <typename Char>
errno_t put_part(Destination<Char> dst, std::basic_string_view<Char> part) noexcept {
  if (dst.text == nullptr && dst.size == 0) return 0;
  if (!dst.usable()) return EINVAL;
  if (part.size() >= dst.size) return ERANGE;
  std::copy(part.begin(), part.end(), dst.text);
  dst.text[part.size()] = Char{};
  return 0;
}

/// _splitpath_s: all four, or empty strings and a code.
template <typename Char>
errno_t split_path(const Char* path, Destination<Char> drive, Destination<Char> directory,
                   Destination<Char> name, Destination<Char> extension) noexcept {
  errno_t code = EINVAL;
  if (path != nullptr) {
    const PathParts<Char> parts = parts_of(std::basic_string_view<Char>(path));
    code = put_part(drive, parts.drive);
    if (code == 0) code = put_part(directory, parts.directory);
    if (code == 0) code = put_part(name, parts.name);
    if (code == 0) code = put_part(extension, parts.extension);
  }
  if (code == 0) return 0;
  for (const Destination<Char>& dst : {drive, directory, name, extension}) {
    if (dst.usable()) dst.text[0] = Char{};
  }
  return fail(code);
}

/// PathFindFileName: behind the last separator or colon that has anything else behind it.
template <typename Char>
Char* find_file_name(Char* path) noexcept {
  if (path == nullptr) return nullptr;
  Char* name = path;
  for (; *path != 0; ++path) {
    const bool parts = is_separator(*path) || *path == ':';
    if (parts && path[1] != 0 && !is_separator(path[1])) name = path + 1;
  }
  return name;
}

/// PathFindExtension: the last name's last dot, or the end; what has a blank in it is no extension.
template <typename Char>
Char* find_extension(Char* path) noexcept {
  if (path == nullptr) return nullptr;
  Char* dot = nullptr;
  for (; *path != 0; ++path) {
    if (*path == '.')
      dot = path;
    else if (is_separator(*path) || *path == ' ')
      dot = nullptr;
  }
  return dot != nullptr ? dot : path;
}

template <typename Char>
void strip_path(Char* path) noexcept {
  const Char* from = find_file_name(path);
  if (from == path) return;
  while ((*path++ = *from++) != 0) {
  }
}

/// Whether there was anything to remove. The root stays.
template <typename Char>
bool remove_file_spec(Char* path) noexcept {
  if (path == nullptr) return false;
  const auto parts = parts_of(std::basic_string_view<Char>(path));
  const std::size_t root = parts.drive.size() + (!parts.directory.empty() ? 1 : 0);
  std::size_t end = parts.drive.size() + parts.directory.size();
  while (end > root && is_separator(path[end - 1])) --end;
  const bool removes = path[end] != 0;
  path[end] = 0;
  return removes;
}

}  // namespace tcptable::win32
