// SPDX-License-Identifier: MIT
// Every exported function with arguments that no sound program passes: a code of the contract and never a
// crash, from one thread and from eight at once. The calls are rows of the table in bad_call.hpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include "win32/arguments/bad_call.hpp"
#include "win32/tables/loopback_sockets.hpp"

namespace bad_arguments {
namespace {

const std::vector<Exempt> kExempt{
    {"CompareFileTime", "returns an order; NULL is a crash on Windows too"},
    {"DeleteCriticalSection", "returns nothing; NULL is a crash on Windows too"},
    {"EnterCriticalSection", "returns nothing; NULL is a crash on Windows too"},
    {"InitializeCriticalSection", "returns nothing; NULL is a crash on Windows too"},
    {"LeaveCriticalSection", "returns nothing; NULL is a crash on Windows too"},
    {"TryEnterCriticalSection", "NULL is a crash on Windows too"},
    {"AcquireSRWLockExclusive", "returns nothing; NULL is a crash on Windows too"},
    {"AcquireSRWLockShared", "returns nothing; NULL is a crash on Windows too"},
    {"InitializeConditionVariable", "returns nothing; NULL is a crash on Windows too"},
    {"InitializeSRWLock", "returns nothing; NULL is a crash on Windows too"},
    {"ReleaseSRWLockExclusive", "returns nothing; NULL is a crash on Windows too"},
    {"ReleaseSRWLockShared", "returns nothing; NULL is a crash on Windows too"},
    {"WakeAllConditionVariable", "returns nothing; NULL is a crash on Windows too"},
    {"WakeConditionVariable", "returns nothing; NULL is a crash on Windows too"},
    {"SleepConditionVariableCS", "NULL is a crash on Windows too"},
    {"SleepConditionVariableSRW", "NULL is a crash on Windows too"},
    {"TryAcquireSRWLockExclusive", "NULL is a crash on Windows too"},
    {"TryAcquireSRWLockShared", "NULL is a crash on Windows too"},
    {"ExitThread", "every number is sound, and ends the thread"},
    {"ExitProcess", "every number is sound, and ends the process"},
    {"GetACP", "takes no arguments"},
    {"GetCommandLineA", "takes no arguments"},
    {"GetCommandLineW", "takes no arguments"},
    {"GetCommandLineW_wchar32", "takes no arguments"},
    {"GetConsoleCP", "takes no arguments"},
    {"GetConsoleOutputCP", "takes no arguments"},
    {"GetCurrentProcess", "takes no arguments"},
    {"GetCurrentProcessId", "takes no arguments"},
    {"GetCurrentThreadId", "takes no arguments"},
    {"GetLastError", "takes no arguments"},
    {"GetNativeSystemInfo", "returns nothing; NULL is a crash on Windows too"},
    {"GetOEMCP", "takes no arguments"},
    {"GetProcessHeap", "takes no arguments"},
    {"GetSystemInfo", "returns nothing; NULL is a crash on Windows too"},
    {"GetTickCount", "takes no arguments"},
    {"GetTickCount64", "takes no arguments"},
    {"SetLastError", "every number is sound"},
    {"Sleep", "every number is sound, and most would take days"},
    {"WSACleanup", "takes no arguments"},
    {"WSAGetLastError", "takes no arguments"},
    {"WSASetLastError", "every number is sound"},
    {"GetLocalTime", "returns nothing; NULL is a crash on Windows too"},
    {"GetSystemTime", "returns nothing; NULL is a crash on Windows too"},
    {"win32_putwchar", "every character is sound"},
    {"win32_putwchar_wchar32", "every character is sound"},
    {"GetSystemTimeAsFileTime", "returns nothing; NULL is a crash on Windows too"},
    {"IsDebuggerPresent", "takes no arguments"},
    {"_getch", "takes no arguments"},
    {"_getche", "takes no arguments"},
    {"_kbhit", "takes no arguments"},
    {"__WSAFDIsSet", "a macro's helper, which has always dereferenced its set"},
};

class BadArguments : public ::testing::Test {
 protected:
  // In a namespace of its own, so that every table is small.
  void SetUp() override {
    if (!loopback::enter_namespace()) GTEST_SKIP() << "needs the right to make a network namespace";
    ASSERT_TRUE(start_winsock());
  }
};

// Empty, or what is wrong.
std::string fault_of(const BadCall& bad) {
  const ULONG code = bad.call();
  if (std::find(bad.codes.begin(), bad.codes.end(), code) != bad.codes.end()) return "";
  std::ostringstream text;
  text << bad.symbol << " (" << bad.arguments << ") gave " << code << ", and may give";
  for (const ULONG allowed : bad.codes) text << " " << allowed;
  return text.str();
}

TEST_F(BadArguments, EachCallGivesACodeOfItsContract) {
  for (const BadCall& bad : every_bad_call()) EXPECT_EQ(fault_of(bad), "");
}

TEST_F(BadArguments, EachCallDoesSoFromEightThreadsAtOnce) {
  constexpr std::size_t kThreads = 8;
  const BadCalls calls = every_bad_call();
  std::vector<std::string> faults(kThreads);
  std::atomic<std::size_t> ready{0};
  std::vector<std::thread> threads;
  for (std::size_t number = 0; number < kThreads; ++number) {
    threads.emplace_back([&, number] {
      ++ready;
      while (ready < kThreads) std::this_thread::yield();
      // Each begins elsewhere, so that different functions meet.
      for (std::size_t i = 0; i < calls.size(); ++i) {
        faults[number] += fault_of(calls[(i + number * calls.size() / kThreads) % calls.size()]);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& fault : faults) EXPECT_EQ(fault, "");
}

std::set<std::string> listed_symbols() {
  std::set<std::string> symbols;
  for (const auto& entry : std::filesystem::directory_iterator(SYMBOL_LISTS)) {
    if (!entry.path().filename().string().starts_with("symbols_")) continue;
    std::ifstream list(entry.path());
    for (std::string line; std::getline(list, line);) {
      if (!line.empty() && line[0] != '#') symbols.insert(line);
    }
  }
  return symbols;
}

TEST(BadArgumentsTable, HasEveryExportedSymbolAndNoOther) {
  std::set<std::string> tried;
  for (const BadCall& bad : every_bad_call()) tried.insert(bad.symbol);
  for (const Exempt& exempt : kExempt) {
    EXPECT_FALSE(exempt.reason.empty());
    EXPECT_TRUE(tried.insert(exempt.symbol).second) << exempt.symbol << " is tried, so it is not exempt";
  }
  const std::set<std::string> exported_symbols = listed_symbols();
  ASSERT_FALSE(exported_symbols.empty());
  std::vector<std::string> missing;
  std::set_difference(exported_symbols.begin(), exported_symbols.end(), tried.begin(), tried.end(),
                      std::back_inserter(missing));
  for (const std::string& symbol : missing) ADD_FAILURE() << symbol << " has no row in tests/win32/arguments";
  for (const std::string& symbol : tried) {
    EXPECT_TRUE(exported_symbols.contains(symbol)) << symbol << " is not exported";
  }
}

}  // namespace
}  // namespace bad_arguments
