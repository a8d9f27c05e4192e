// SPDX-License-Identifier: MIT
// What describe_process says of real processes: ordinary, deleted, foreign, unreadable and gone ones.
#include <grp.h>
#include <sched.h>
#include <sys/wait.h>

#include <gtest/gtest.h>
#include <tcptable/tcptable.hpp>

#include <filesystem>

#include "support/child_process.hpp"
#include "support/fd.hpp"
#include "support/running_program.hpp"
#include "support/unit_cgroup.hpp"

namespace tcptable::test {
namespace {

namespace fs = std::filesystem;

ProcessDescription description_of(pid_t pid) {
  auto description = describe_process(pid);
  if (!description) throw std::runtime_error(to_string(description.error()));
  return std::move(*description);
}

TEST(DescribeProcess, ItselfHasItsExecutableNameAndStart) {
  const ProcessDescription self = description_of(::getpid());
  ASSERT_TRUE(self.executable);
  EXPECT_EQ(self.executable->path, fs::read_symlink("/proc/self/exe"));
  EXPECT_FALSE(self.executable->deleted);
  EXPECT_FALSE(self.executable->other_mount_namespace);
  EXPECT_FALSE(self.kernel_thread);
  EXPECT_EQ(self.process.pid, ::getpid());
  EXPECT_GT(self.process.start_time, 0U);
  EXPECT_EQ(self.process.name, self.executable->path.substr(self.executable->path.rfind('/') + 1, 15));
  EXPECT_TRUE(self.cgroup);
}

TEST(DescribeProcess, AChildNamesItsParentAndItsStart) {
  const auto before = std::chrono::system_clock::now();
  const Child child([] { return std::string(); });
  const ProcessDescription description = description_of(child.pid());
  EXPECT_EQ(description.parent, ::getpid());
  EXPECT_NEAR(std::chrono::duration<double>(started_at(description.process) - before).count(), 0, 1);
  // In ticks: a child may be of the same one.
  EXPECT_LE(description_of(::getpid()).process.start_time, description.process.start_time);
}

TEST(CommandLine, IsThatOfExactlyThisProcess) {
  const CopiedProgram program("worker");
  const RunningProgram running(program.path());
  Process process = description_of(running.pid()).process;
  const auto line = command_line_of(process);
  ASSERT_TRUE(line);
  EXPECT_TRUE(line->starts_with(program.path().string() + std::string(1, '\0'))) << *line;
  ++process.start_time;
  const auto younger = command_line_of(process);
  ASSERT_FALSE(younger);
  EXPECT_EQ(younger.error().code, Errc::not_found);
}

TEST(DescribeProcess, ADeletedExecutableHasThePathThatItHad) {
  const CopiedProgram program("worker");
  const RunningProgram running(program.path());
  fs::remove(program.path());
  const auto executable = description_of(running.pid()).executable;
  ASSERT_TRUE(executable);
  EXPECT_TRUE(executable->deleted);
  EXPECT_EQ(executable->path, program.path());
}

TEST(DescribeProcess, AnExecutableWhoseNameSaysDeletedIsNot) {
  const CopiedProgram program("worker (deleted)");
  const RunningProgram running(program.path());
  const auto executable = description_of(running.pid()).executable;
  ASSERT_TRUE(executable);
  EXPECT_FALSE(executable->deleted);
  EXPECT_EQ(executable->path, program.path());
  fs::remove(program.path());
  const auto removed = description_of(running.pid()).executable;
  ASSERT_TRUE(removed);
  EXPECT_TRUE(removed->deleted);
  EXPECT_EQ(removed->path, program.path());
}

TEST(DescribeProcess, AProcessWithOtherMountsIsToldApart) {
  const Child child([]() -> std::string {
    check(::unshare(CLONE_NEWNS), "unshare(CLONE_NEWNS)");
    return "";
  });
  if (!child.report().empty()) GTEST_SKIP() << "needs CAP_SYS_ADMIN: " << child.report();
  const auto executable = description_of(child.pid()).executable;
  ASSERT_TRUE(executable);
  EXPECT_TRUE(executable->other_mount_namespace);
  EXPECT_EQ(executable->path, fs::read_symlink("/proc/self/exe"));
}

TEST(DescribeProcess, AnotherUsersExecutableIsNotPermittedButItsCgroupIs) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root, to become another user";
  const pid_t roots = ::getpid();
  const Child child([roots]() -> std::string {
    constexpr uid_t kNobody = 65534;
    check(::setgroups(0, nullptr), "setgroups");
    check(::setresgid(kNobody, kNobody, kNobody), "setresgid");
    check(::setresuid(kNobody, kNobody, kNobody), "setresuid");
    const ProcessDescription description = description_of(roots);
    if (description.executable) return "may read " + description.executable->path;
    if (!description.cgroup) return "may not read the cgroup";
    return to_string(description.executable.error());
  });
  EXPECT_EQ(child.report(), "reading a process: not permitted (EACCES)");
}

TEST(DescribeProcess, AKernelThreadHasNoExecutable) {
  const auto thread = describe_process(2);
  if (!thread || thread->process.name != "kthreadd") GTEST_SKIP() << "needs the initial pid namespace";
  EXPECT_TRUE(thread->kernel_thread);
  ASSERT_FALSE(thread->executable);
  EXPECT_EQ(thread->executable.error().code, Errc::not_found);
}

TEST(DescribeProcess, AProcessThatIsGoneIsNotFound) {
  const pid_t pid = check(::fork(), "fork");
  if (pid == 0) ::_exit(0);
  siginfo_t info{};
  check(::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT), "waitid");
  const ProcessDescription waiting = description_of(pid);
  ASSERT_FALSE(waiting.executable);
  EXPECT_EQ(waiting.executable.error().code, Errc::not_found);
  check(::waitpid(pid, nullptr, 0), "waitpid");
  for (const pid_t gone : {pid, 0, -1, INT32_MIN, INT32_MAX}) {
    const auto nobody = describe_process(gone);
    ASSERT_FALSE(nobody) << gone;
    EXPECT_EQ(nobody.error().code, Errc::not_found);
  }
}

TEST(CgroupNamesOf, AYoungerProcessWithThePidIsNotTheOneMeant) {
  Process process = description_of(::getpid()).process;
  EXPECT_TRUE(cgroup_names_of(process));
  --process.start_time;
  const auto names = cgroup_names_of(process);
  ASSERT_FALSE(names);
  EXPECT_EQ(names.error().code, Errc::not_found);
}

TEST(CgroupNamesOf, AProcessInAUnitsCgroupBelongsToTheUnit) {
  try {
    const UnitCgroup group("tcptable-example.service");
    const Child child([&]() -> std::string {
      group.add(::getpid());
      return "";
    });
    if (!child.report().empty()) GTEST_SKIP() << child.report();
    const ProcessDescription description = description_of(child.pid());
    EXPECT_EQ(description.names.unit, "tcptable-example.service");
    EXPECT_EQ(description.names.slice, group.slice());
    EXPECT_EQ(service_of(description.names), "tcptable-example.service");
    const auto names = cgroup_names_of(description.process);
    ASSERT_TRUE(names);
    EXPECT_EQ(*names, description.names);
  } catch (const std::exception& failure) {
    GTEST_SKIP() << "needs the right to make a cgroup: " << failure.what();
  }
}

}  // namespace
}  // namespace tcptable::test
