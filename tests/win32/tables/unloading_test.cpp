// SPDX-License-Identifier: MIT
// A program that loads the library, calls it and unloads it, again and again: nothing of it may stay. This
// program doesn't link the library.
#include <dirent.h>
#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

constexpr std::size_t kRounds = 10;

std::size_t entries_of(const char* directory) {
  DIR* const open = ::opendir(directory);
  std::size_t count = 0;
  while (::readdir(open) != nullptr) ++count;
  ::closedir(open);
  return count;
}

std::size_t mappings() {
  std::ifstream maps("/proc/self/maps");
  std::size_t count = 0;
  for (std::string line; std::getline(maps, line);) ++count;
  return count;
}

// GetTcpTable2's types in Linux' words.
using GetTable = std::uint32_t (*)(void* table, std::uint32_t* size, std::int32_t order);

void load_call_and_unload() {
  void* const library = ::dlopen(TCPTABLE_IPHLPAPI, RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(library, nullptr) << ::dlerror();
  const auto get_table = reinterpret_cast<GetTable>(::dlsym(library, "GetTcpTable2"));
  ASSERT_NE(get_table, nullptr);
  std::vector<char> buffer(1 << 20);
  std::uint32_t size = 1 << 20;
  EXPECT_EQ(get_table(buffer.data(), &size, 1), 0U);
  ASSERT_EQ(::dlclose(library), 0);
}

class Unloading : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { ::setenv("TCPTABLE_BACKEND", GetParam(), 1); }
  void TearDown() override { ::unsetenv("TCPTABLE_BACKEND"); }
};

TEST_P(Unloading, LeavesNoDescriptorThreadOrMapping) {
  if (std::string(GetParam()) == "bpf" && ::geteuid() != 0) GTEST_SKIP() << "needs root";
  load_call_and_unload();  // the C library's own first use
  const std::size_t descriptors = entries_of("/proc/self/fd");
  const std::size_t threads = entries_of("/proc/self/task");
  const std::size_t mapped = mappings();
  for (std::size_t round = 0; round < kRounds; ++round) load_call_and_unload();
  EXPECT_EQ(entries_of("/proc/self/fd"), descriptors);
  EXPECT_EQ(entries_of("/proc/self/task"), threads);
  // The C library keeps as many stacks as there were threads at once, which is chance.
  EXPECT_LT(mappings(), mapped + kRounds);
}

using StartThread = void* (*)(void*, std::size_t, std::uint32_t (*)(void*), void*, std::uint32_t,
                              std::uint32_t*);
using TakeSignals = std::int32_t (*)(std::int32_t (*)(std::uint32_t), std::int32_t);

// In a child, which a crash may end.
template <typename Work>
int status_of_unloading(const Work& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    void* const library = ::dlopen(TCPTABLE_IPHLPAPI, RTLD_NOW | RTLD_LOCAL);
    work(library);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

constexpr useconds_t kWhile = 100'000;

TEST(UnloadingWithThreads, LeavesThemWhatTheyReturnTo) {
  const int status = status_of_unloading([](void* library) {
    const auto start = reinterpret_cast<StartThread>(::dlsym(library, "CreateThread"));
    const auto sleep_for_a_while = [](void*) -> std::uint32_t {
      return static_cast<std::uint32_t>(::usleep(kWhile));
    };
    start(nullptr, 0, sleep_for_a_while, nullptr, 0, nullptr);
    ::dlclose(library);
    ::usleep(3 * kWhile);
  });
  EXPECT_EQ(status, 0);
}

TEST(UnloadingWithControlHandlers, LeavesWhatCallsThem) {
  const int status = status_of_unloading([](void* library) {
    const auto take_signals = reinterpret_cast<TakeSignals>(::dlsym(library, "SetConsoleCtrlHandler"));
    take_signals([](std::uint32_t) -> std::int32_t { ::_exit(7); }, 1);
    ::dlclose(library);
    ::raise(SIGINT);
    ::usleep(20 * kWhile);
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 7) << status;
}

INSTANTIATE_TEST_SUITE_P(EachBackend, Unloading, ::testing::Values("bpf", "sock_diag"),
                         [](const auto& instance) { return std::string(instance.param); });

}  // namespace
