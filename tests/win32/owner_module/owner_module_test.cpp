// SPDX-License-Identifier: MIT
// GetOwnerModuleFrom...Entry on real rows: programs, services, the kernel's sockets, processes that are gone
// or not to be read, and the protocol of the caller's buffer.
#include <grp.h>
#include <gtest/gtest.h>
#include <iphlpapi.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "short_wchar_module.h"
#include "support/child_process.hpp"
#include "support/descriptor_passing.hpp"
#include "support/running_program.hpp"
#include "support/unit_cgroup.hpp"
#include "win32/tables/table_test.hpp"

namespace {

namespace fs = std::filesystem;
using tcptable::test::Child;
using tcptable::test::CopiedProgram;
using tcptable::test::RunningProgram;
using tcptable::test::UnitCgroup;

constexpr ULONG kOk = NO_ERROR;
constexpr ULONG kTooSmall = ERROR_INSUFFICIENT_BUFFER;
constexpr ULONG kInvalid = ERROR_INVALID_PARAMETER;
constexpr ULONG kNotFound = ERROR_NOT_FOUND;
constexpr auto kBasic = TCPIP_OWNER_MODULE_INFO_BASIC;

using ModuleCall = std::function<DWORD(void* buffer, DWORD* size)>;

struct Module {
  DWORD code;
  std::wstring name;
  std::wstring path;
};

// The two calls that every Windows program makes; `guard` bytes behind the size must stay as they were.
Module module_by(const ModuleCall& call) {
  constexpr std::size_t kGuard = 64;
  DWORD size = 0;
  const DWORD asked = call(nullptr, &size);
  if (asked != kTooSmall) return {asked, L"", L""};
  std::vector<char> buffer(size + kGuard, '\x5a');
  const DWORD needed = size;
  const DWORD code = call(buffer.data(), &size);
  EXPECT_EQ(size, needed);
  EXPECT_EQ(std::string(buffer.data() + needed, kGuard), std::string(kGuard, '\x5a'));
  if (code != kOk) return {code, L"", L""};
  TCPIP_OWNER_MODULE_BASIC_INFO info;
  std::memcpy(&info, buffer.data(), sizeof info);
  EXPECT_EQ(static_cast<void*>(info.pModuleName), buffer.data() + sizeof info);
  EXPECT_EQ(info.pModulePath, info.pModuleName + std::wcslen(info.pModuleName) + 1);
  EXPECT_EQ(static_cast<void*>(info.pModulePath + std::wcslen(info.pModulePath) + 1), buffer.data() + needed);
  return {code, info.pModuleName, info.pModulePath};
}

Module module_of(MIB_TCPROW_OWNER_MODULE row) {
  return module_by(
      [&](void* buffer, DWORD* size) { return GetOwnerModuleFromTcpEntry(&row, kBasic, buffer, size); });
}
Module module_of(MIB_TCP6ROW_OWNER_MODULE row) {
  return module_by(
      [&](void* buffer, DWORD* size) { return GetOwnerModuleFromTcp6Entry(&row, kBasic, buffer, size); });
}
Module module_of(MIB_UDPROW_OWNER_MODULE row) {
  return module_by(
      [&](void* buffer, DWORD* size) { return GetOwnerModuleFromUdpEntry(&row, kBasic, buffer, size); });
}
Module module_of(MIB_UDP6ROW_OWNER_MODULE row) {
  return module_by(
      [&](void* buffer, DWORD* size) { return GetOwnerModuleFromUdp6Entry(&row, kBasic, buffer, size); });
}
Module module_of_process(pid_t pid, ULONGLONG tag = 0) {
  ULONGLONG info[TCPIP_OWNING_MODULE_SIZE] = {tag};
  return module_by([&](void* buffer, DWORD* size) {
    return GetOwnerModuleFromPidAndInfo(static_cast<DWORD>(pid), info, kBasic, buffer, size);
  });
}

// As the kernel tells it: valgrind answers /proc/self/exe itself.
std::wstring own_path() {
  return fs::read_symlink("/proc/thread-self/exe").wstring();
}
std::wstring own_name() {
  return fs::path(own_path()).filename().wstring();
}

template <typename Row>
void expect_own_program(const std::vector<Row>& rows, const loopback::Socket& socket) {
  const auto row = row_with_local_port(rows, socket.local_port());
  const Module module = module_of(row);
  EXPECT_EQ(module.code, kOk);
  EXPECT_EQ(module.name, own_name());
  EXPECT_EQ(module.path, own_path());
  for (const ULONGLONG word : row.OwningModuleInfo) EXPECT_EQ(word, 0U);
}

std::vector<MIB_TCPROW_OWNER_MODULE> tcp_rows() {
  return extended_tcp<MIB_TCPTABLE_OWNER_MODULE>(kAfInet, TCP_TABLE_OWNER_MODULE_ALL);
}

class OwnerModule : public TableTest {};

TEST_F(OwnerModule, AProgramsRowOfEachTableNamesItsExecutable) {
  const auto tcp = loopback::listen_on("127.0.0.1");
  const auto tcp6 = loopback::listen_on("::1");
  const auto udp = loopback::udp_on("127.0.0.1");
  const auto udp6 = loopback::udp_on("::1");
  expect_own_program(tcp_rows(), tcp);
  expect_own_program(extended_tcp<MIB_TCP6TABLE_OWNER_MODULE>(kAfInet6, TCP_TABLE_OWNER_MODULE_ALL), tcp6);
  expect_own_program(extended_udp<MIB_UDPTABLE_OWNER_MODULE>(kAfInet, UDP_TABLE_OWNER_MODULE), udp);
  expect_own_program(extended_udp<MIB_UDP6TABLE_OWNER_MODULE>(kAfInet6, UDP_TABLE_OWNER_MODULE), udp6);
}

// A socket whose only holder is a child; with `group` the child is of that unit.
struct ChildsListener {
  explicit ChildsListener(const UnitCgroup& group) : listener(loopback::listen_on("127.0.0.1")), child() {
    port = listener.local_port();
    listener.close();
    group.add(child.pid());
  }
  MIB_TCPROW_OWNER_MODULE row() const { return row_with_local_port(tcp_rows(), port); }

  loopback::Socket listener;
  loopback::HoldingChild child;
  std::uint16_t port = 0;
};

// Skips the test where no control group can be made.
#define MAKE_UNIT_OR_SKIP(group, unit)                                      \
  std::optional<UnitCgroup> group;                                          \
  try {                                                                     \
    group.emplace(unit);                                                    \
  } catch (const std::exception& failure) {                                 \
    GTEST_SKIP() << "needs the right to make a cgroup: " << failure.what(); \
  }

TEST_F(OwnerModule, AServicesRowHasATagAndNamesTheUnit) {
  MAKE_UNIT_OR_SKIP(group, "tcptable-web@1.service");
  const ChildsListener service(*group);
  const auto row = service.row();
  ASSERT_EQ(row.dwOwningPid, static_cast<DWORD>(service.child.pid()));
  EXPECT_NE(row.OwningModuleInfo[0], 0U);
  for (int i = 1; i < TCPIP_OWNING_MODULE_SIZE; ++i) EXPECT_EQ(row.OwningModuleInfo[i], 0U);
  const Module module = module_of(row);
  EXPECT_EQ(module.code, kOk);
  EXPECT_EQ(module.name, L"tcptable-web@1.service");
  EXPECT_EQ(module.path, L"tcptable-web@1.service");
}

TEST_F(OwnerModule, EveryTableTagsAServicesRows) {
  MAKE_UNIT_OR_SKIP(group, "tcptable-all.service");
  auto tcp6 = loopback::listen_on("::1");
  auto udp = loopback::udp_on("127.0.0.1");
  auto udp6 = loopback::udp_on("::1");
  const auto ports = std::array{tcp6.local_port(), udp.local_port(), udp6.local_port()};
  const loopback::HoldingChild child;
  group->add(child.pid());
  tcp6.close();
  udp.close();
  udp6.close();
  const auto tcp6_rows = extended_tcp<MIB_TCP6TABLE_OWNER_MODULE>(kAfInet6, TCP_TABLE_OWNER_MODULE_LISTENER);
  const auto udp_rows = extended_udp<MIB_UDPTABLE_OWNER_MODULE>(kAfInet, UDP_TABLE_OWNER_MODULE);
  const auto udp6_rows = extended_udp<MIB_UDP6TABLE_OWNER_MODULE>(kAfInet6, UDP_TABLE_OWNER_MODULE);
  EXPECT_EQ(module_of(row_with_local_port(tcp6_rows, ports[0])).name, L"tcptable-all.service");
  EXPECT_EQ(module_of(row_with_local_port(udp_rows, ports[1])).name, L"tcptable-all.service");
  EXPECT_EQ(module_of(row_with_local_port(udp6_rows, ports[2])).name, L"tcptable-all.service");
}

TEST_F(OwnerModule, AScopeIsNoService) {
  MAKE_UNIT_OR_SKIP(group, "tcptable-session.scope");
  const ChildsListener session(*group);
  EXPECT_EQ(session.row().OwningModuleInfo[0], 0U);
  EXPECT_EQ(module_of(session.row()).path, own_path());
}

TEST_F(OwnerModule, ATagOfAnotherProcessOrOfAFormerServiceNamesNobody) {
  MAKE_UNIT_OR_SKIP(group, "tcptable-tag.service");
  const ChildsListener service(*group);
  auto row = service.row();
  row.OwningModuleInfo[0] ^= 1;
  EXPECT_EQ(module_of(row).code, kNotFound);
  row.OwningModuleInfo[0] ^= 1;
  EXPECT_EQ(module_of(row).code, kOk);
  row.dwOwningPid = static_cast<DWORD>(getpid());
  EXPECT_EQ(module_of(row).code, kNotFound) << "this process runs in no such service";
  row.dwOwningPid = static_cast<DWORD>(service.child.pid());
  group->remove(service.child.pid());
  EXPECT_EQ(module_of(row).code, kNotFound) << "it has left the service";
}

TEST_F(OwnerModule, ASocketThatNoProcessHasIsTheSystems) {
  auto listener = loopback::listen_on("127.0.0.1");
  const auto port = listener.local_port();
  const auto pair = tcptable::test::make_unix_pair();
  tcptable::test::send_descriptor(pair.here.get(), listener.fd());
  listener.close();
  const auto row = row_with_local_port(tcp_rows(), port);
  EXPECT_EQ(row.dwOwningPid, 0U);
  if (row.OwningModuleInfo[0] == 0) {
    EXPECT_EQ(module_of(row).code, kNotFound);
    GTEST_SKIP() << "some process's descriptors can't be read here, so it might have the socket";
  }
  const Module module = module_of(row);
  EXPECT_EQ(module.code, kOk);
  EXPECT_EQ(module.name, L"System");
  EXPECT_EQ(module.path, L"System");
}

TEST_F(OwnerModule, TheTagOfTheSystemNamesItWithoutAProcess) {
  constexpr ULONGLONG kTag = 4;
  EXPECT_EQ(module_of_process(0, kTag).name, L"System");
  EXPECT_EQ(module_of_process(0, kTag).path, L"System");
}

TEST_F(OwnerModule, AKernelThreadIsTheSystem) {
  std::string name;
  std::getline(std::ifstream("/proc/2/comm"), name);
  if (name != "kthreadd") GTEST_SKIP() << "needs the initial pid namespace";
  EXPECT_EQ(module_of_process(2).name, L"System");
  EXPECT_EQ(module_of_process(2).path, L"System");
}

TEST_F(OwnerModule, TimeWaitAndProcessesThatAreGoneAreNotFound) {
  const pid_t gone = fork();
  if (gone == 0) _exit(0);
  siginfo_t info{};
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(gone), &info, WEXITED | WNOWAIT), 0);
  EXPECT_EQ(module_of_process(gone).code, kNotFound) << "it waits for its parent";
  ASSERT_EQ(waitpid(gone, nullptr, 0), gone);
  for (const pid_t pid : {0, gone, -1, INT32_MIN}) {
    EXPECT_EQ(module_of_process(pid).code, kNotFound) << pid;
    EXPECT_EQ(module_of_process(pid, 0x8000'0000'1234'5678).code, kNotFound) << pid;
  }
}

TEST_F(OwnerModule, ADeletedExecutableHasThePathThatItHad) {
  const CopiedProgram program("worker");
  const RunningProgram running(program.path());
  fs::remove(program.path());
  const Module module = module_of_process(running.pid());
  EXPECT_EQ(module.code, kOk);
  EXPECT_EQ(module.name, L"worker");
  EXPECT_EQ(module.path, program.path().wstring());
}

TEST_F(OwnerModule, AnExecutableOutsideAsciiIsUtf16OrUtf32) {
  const CopiedProgram program("caf\xc3\xa9-\xf0\x9f\x90\xa7");  // U+00E9, U+1F427
  const RunningProgram running(program.path());
  EXPECT_EQ(module_of_process(running.pid()).name, L"caf\u00e9-\U0001f427");
  unsigned long long info[TCPIP_OWNING_MODULE_SIZE] = {};
  std::uint32_t size = 1000;
  alignas(8) char buffer[1000];
  const std::uint16_t* name = nullptr;
  const std::uint16_t* path = nullptr;
  const auto pid = static_cast<std::uint32_t>(running.pid());
  ASSERT_EQ(short_wchar_module(pid, info, buffer, &size, &name, &path), kOk);
  const std::u16string expected = u"caf\u00e9-\U0001f427";
  EXPECT_EQ(std::u16string(reinterpret_cast<const char16_t*>(name)), expected);
  const std::u16string whole(reinterpret_cast<const char16_t*>(path));
  EXPECT_TRUE(whole.ends_with(u"/" + expected));
  EXPECT_EQ(size, 16 + 2 * (expected.size() + 1) + 2 * (whole.size() + 1));
}

TEST_F(OwnerModule, AProgramThatMayNotBeReadHasEmptyTextsButItsServiceAName) {
  MAKE_UNIT_OR_SKIP(group, "tcptable-hidden.service");
  if (geteuid() != 0) GTEST_SKIP() << "needs root, to become another user";
  const ChildsListener service(*group);
  const auto row = service.row();
  const pid_t roots = getpid();
  const Child nobody([&]() -> std::string {
    if (setgroups(0, nullptr) != 0 || setresgid(65534, 65534, 65534) != 0 ||
        setresuid(65534, 65534, 65534) != 0)
      return "not another user";
    const Module program = module_of_process(roots);
    if (program.code != kOk) return "code " + std::to_string(program.code);
    if (!program.name.empty() || !program.path.empty()) return "may read it";
    const Module unit = module_of(row);
    return std::string(unit.name.begin(), unit.name.end());
  });
  EXPECT_EQ(nobody.report(), "tcptable-hidden.service");
}

TEST_F(OwnerModule, ProcessesWithOtherMountsHaveTheirOwnPath) {
  const Child child([]() -> std::string { return unshare(CLONE_NEWNS) == 0 ? "" : "not permitted"; });
  if (!child.report().empty()) GTEST_SKIP() << "needs CAP_SYS_ADMIN";
  EXPECT_EQ(module_of_process(child.pid()).path, own_path());
}

TEST_F(OwnerModule, ABufferThatIsTooSmallIsUntouchedAndTheSizeIsTheNeededOne) {
  ULONGLONG info[TCPIP_OWNING_MODULE_SIZE] = {};
  const auto pid = static_cast<DWORD>(getpid());
  const auto needed = static_cast<DWORD>(16 + 4 * (own_name().size() + 1 + own_path().size() + 1));
  for (const DWORD given : {0U, 1U, 15U, 16U, 17U, needed - 1}) {
    std::vector<char> buffer(needed, '\x5a');
    DWORD size = given;
    EXPECT_EQ(GetOwnerModuleFromPidAndInfo(pid, info, kBasic, buffer.data(), &size), kTooSmall) << given;
    EXPECT_EQ(size, needed);
    EXPECT_EQ(buffer, std::vector<char>(needed, '\x5a'));
  }
  DWORD size = needed;
  EXPECT_EQ(GetOwnerModuleFromPidAndInfo(pid, info, kBasic, nullptr, &size), kTooSmall) << "no buffer";
  std::vector<char> buffer(needed + 1);
  size = needed;
  EXPECT_EQ(GetOwnerModuleFromPidAndInfo(pid, info, kBasic, buffer.data() + 1, &size), kOk) << "unaligned";
}

TEST_F(OwnerModule, MissingPointersAndOtherClassesAreInvalid) {
  MIB_TCPROW_OWNER_MODULE row{};
  ULONGLONG info[TCPIP_OWNING_MODULE_SIZE] = {};
  DWORD size = 4321;
  EXPECT_EQ(GetOwnerModuleFromTcpEntry(nullptr, kBasic, nullptr, &size), kInvalid);
  EXPECT_EQ(GetOwnerModuleFromTcp6Entry(nullptr, kBasic, nullptr, &size), kInvalid);
  EXPECT_EQ(GetOwnerModuleFromUdpEntry(nullptr, kBasic, nullptr, &size), kInvalid);
  EXPECT_EQ(GetOwnerModuleFromUdp6Entry(nullptr, kBasic, nullptr, &size), kInvalid);
  EXPECT_EQ(GetOwnerModuleFromPidAndInfo(1, nullptr, kBasic, nullptr, &size), kInvalid);
  EXPECT_EQ(GetOwnerModuleFromTcpEntry(&row, kBasic, &row, nullptr), kInvalid);
  EXPECT_EQ(GetOwnerModuleFromPidAndInfo(1, info, kBasic, info, nullptr), kInvalid);
  for (const int other : {-1, 1, 2, 1 << 30}) {
    const auto info_class = static_cast<TCPIP_OWNER_MODULE_INFO_CLASS>(other);
    EXPECT_EQ(GetOwnerModuleFromPidAndInfo(1, info, info_class, nullptr, &size), kInvalid);
  }
  EXPECT_EQ(size, 4321U);
}

}  // namespace
