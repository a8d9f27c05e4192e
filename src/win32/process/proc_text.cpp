// SPDX-License-Identifier: MIT
#include "win32/process/proc_text.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

namespace tcptable::win32 {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};

}  // namespace

tl::expected<std::string, int> read_proc_text(std::uint32_t pid, const char* file) {
  const std::string path = "/proc/" + std::to_string(pid) + "/" + file;
  const std::unique_ptr<std::FILE, CloseFile> opened(std::fopen(path.c_str(), "re"));
  if (opened == nullptr) return tl::unexpected(errno);
  std::string text;
  std::array<char, 4096> piece;
  while (const std::size_t got = std::fread(piece.data(), 1, piece.size(), opened.get())) {
    text.append(piece.data(), got);
  }
  if (std::ferror(opened.get()) != 0) return tl::unexpected(errno);
  return text;
}

bool is_gone_or_hidden(int sys_errno) noexcept {
  return sys_errno == ENOENT || sys_errno == ESRCH || sys_errno == EACCES || sys_errno == EPERM;
}

}  // namespace tcptable::win32
