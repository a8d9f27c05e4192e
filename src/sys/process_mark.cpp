// SPDX-License-Identifier: MIT
#include "sys/process_mark.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace tcptable::sys {
namespace {

std::size_t page_size() noexcept {
  return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

void ProcessMark::Unmap::operator()(std::byte* page) const noexcept {
  ::munmap(page, page_size());
}

Result<void> ProcessMark::set() {
  if (page_ == nullptr) {
    constexpr int kPrivate = MAP_PRIVATE | MAP_ANONYMOUS;
    void* memory = ::mmap(nullptr, page_size(), PROT_READ | PROT_WRITE, kPrivate, -1, 0);
    if (memory == MAP_FAILED) return tl::unexpected(Error{Errc::no_memory, Step::load_bpf, errno});
    std::unique_ptr<std::byte, Unmap> page(static_cast<std::byte*>(memory));
    if (::madvise(memory, page_size(), MADV_WIPEONFORK) != 0)
      return tl::unexpected(Error{Errc::not_supported, Step::load_bpf, errno});
    page_ = std::move(page);
  }
  *page_ = std::byte{1};
  return {};
}

}  // namespace tcptable::sys
