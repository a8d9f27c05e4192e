// SPDX-License-Identifier: MIT
// Whatever the library opens, also for a moment, is none of the standard descriptors: a process that has
// closed them may have another thread that writes to them.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include "support/child_process.hpp"
#include "sys/kernel.hpp"

namespace tcptable::test {
namespace {

TEST(StandardDescriptors, AreNeverGivenByTheKernelToTheLibrary) {
  const Child daemon([]() -> std::string {
    for (int fd = 0; fd <= 2; ++fd) ::close(fd);
    sys::Kernel& kernel = sys::real_kernel();
    std::string wrong;
    for (const int fd : {kernel.openat(AT_FDCWD, "/proc", O_RDONLY | O_CLOEXEC),
                         kernel.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), kernel.epoll_create(),
                         kernel.timer_create()}) {
      if (fd <= 2 || (::fcntl(fd, F_GETFD) & FD_CLOEXEC) == 0) wrong += std::to_string(fd) + " ";
    }
    for (int fd = 0; fd <= 2; ++fd) {
      if (::fcntl(fd, F_GETFD) >= 0) wrong += "left open: " + std::to_string(fd) + " ";
    }
    return wrong;
  });
  EXPECT_EQ(daemon.report(), "");
}

}  // namespace
}  // namespace tcptable::test
