// SPDX-License-Identifier: MIT
#include "win32/files/found_files.hpp"

#include "win32/error_map.hpp"
#include "win32/export.hpp"
#include "win32/files/file_status.hpp"
#include "win32/last_error.hpp"
#include "win32/strings/text.hpp"

#include <cerrno>

namespace tcptable::win32 {

// A star that took too little takes one more, from where it stood.
bool allows_name(std::string_view pattern, std::string_view name) noexcept {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t at = 0;
  std::size_t star = kNone;
  std::size_t taken = 0;
  std::size_t i = 0;
  while (i < name.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      taken = i;
    } else if (at < pattern.size() && (pattern[at] == '?' || folded(pattern[at]) == folded(name[i]))) {
      ++at;
      ++i;
    } else if (star != kNone) {
      at = star + 1;
      i = ++taken;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == kNone;
}

OrCode<std::shared_ptr<FoundFiles>> FoundFiles::open(const std::string& path) {
  const std::size_t name = path.find_last_of('/') + 1;
  std::string pattern = path.substr(name);
  if (pattern == "*.*") pattern = "*";
  std::string folder = path.substr(0, name);
  DIR* const directory = ::opendir(folder.empty() ? "." : folder.c_str());
  if (directory == nullptr) {
    const bool is_absent = errno == ENOENT || errno == ENOTDIR;
    return tl::unexpected<DWORD>(is_absent ? ULONG{ERROR_PATH_NOT_FOUND} : windows_code(errno));
  }
  return std::make_shared<FoundFiles>(directory, std::move(folder), std::move(pattern));
}

OrCode<FoundFile> FoundFiles::next() {
  const std::lock_guard lock(mutex_);
  while (const dirent* const entry = ::readdir(directory_.get())) {
    if (!allows_name(pattern_, entry->d_name)) continue;
    const auto status = file_status(path_ + entry->d_name);
    // One that has gone meanwhile is none.
    if (status) return FoundFile{entry->d_name, *status};
  }
  return tl::unexpected<DWORD>(ERROR_NO_MORE_FILES);
}

}  // namespace tcptable::win32

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI FindClose(HANDLE hFindFile) {
  const bool closed = object_of<FoundFiles>(hFindFile) != nullptr && close_handle(hFindFile);
  return closed ? TRUE : fail_with(ERROR_INVALID_HANDLE, FALSE);
}
