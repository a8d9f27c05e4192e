// SPDX-License-Identifier: MIT
// Describing one process costs a few calls whatever else runs, and each of them may fail.
#include "owner/process_reader.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>

#include "support/child_process.hpp"
#include "support/fault_kernel.hpp"

namespace tcptable::test {
namespace {

using owner::cgroup_names_of;
using owner::describe_process;

class ProcessReader : public ::testing::Test {
 protected:
  // How many calls that can fail one description takes.
  int calls_of_a_description() {
    kernel_.fail_nth(0, 0);
    EXPECT_TRUE(describe_process(kernel_, ::getpid()));
    return kernel_.calls();
  }

  FaultKernel kernel_{sys::real_kernel()};
};

TEST_F(ProcessReader, ReadsThatProcessAloneHoweverManyThereAre) {
  kernel_.fail_call("getdents64", EIO);  // no directory is listed: not /proc, not a table of descriptors
  const int calls = calls_of_a_description();
  EXPECT_LE(calls, 9);
  std::vector<std::unique_ptr<Child>> others;
  for (int i = 0; i < 20; ++i) others.push_back(std::make_unique<Child>([] { return std::string(); }));
  EXPECT_EQ(calls_of_a_description(), calls);
  EXPECT_EQ(kernel_.open_descriptors(), 0U);
}

TEST_F(ProcessReader, AnUnreadableFileCostsOnlyWhatItTells) {
  kernel_.fail_path("exe", EACCES);
  kernel_.fail_path("cgroup", EPERM);
  const auto description = describe_process(kernel_, ::getpid());
  ASSERT_TRUE(description);
  EXPECT_EQ(description->process.pid, ::getpid());
  ASSERT_FALSE(description->executable);
  EXPECT_EQ(description->executable.error(), (Error{Errc::not_permitted, Step::read_process, EACCES}));
  ASSERT_FALSE(description->cgroup);
  EXPECT_EQ(description->cgroup.error(), (Error{Errc::not_permitted, Step::read_process, EPERM}));
  EXPECT_EQ(description->names, CgroupNames());
}

TEST_F(ProcessReader, AProcessThatEndsMeanwhileIsNotFound) {
  for (const int error : {ENOENT, ESRCH}) {
    kernel_.fail_path("stat", error);
    const auto description = describe_process(kernel_, ::getpid());
    ASSERT_FALSE(description);
    EXPECT_EQ(description.error(), (Error{Errc::not_found, Step::read_process, error}));
  }
}

TEST_F(ProcessReader, EachCallThatFailsGivesAnErrorOrAPartThatIsMissing) {
  const int calls = calls_of_a_description();
  for (const int error : {EPERM, ENOENT, ESRCH, ENOMEM, EMFILE, EIO}) {
    for (int nth = 1; nth <= calls; ++nth) {
      SCOPED_TRACE(std::string(strerrorname_np(error)) + " in call " + std::to_string(nth));
      kernel_.fail_nth(nth, error);
      const auto description = describe_process(kernel_, ::getpid());
      EXPECT_EQ(kernel_.open_descriptors(), 0U);
      if (!description) {
        EXPECT_EQ(description.error().sys_errno, error);
        continue;
      }
      EXPECT_EQ(description->process.pid, ::getpid());
      if (description->executable) {
        EXPECT_FALSE(description->executable->deleted);
      }
    }
  }
}

TEST_F(ProcessReader, TheCgroupOfAProcessTakesOneReadOfEachFile) {
  const auto self = describe_process(kernel_, ::getpid());
  ASSERT_TRUE(self);
  kernel_.fail_nth(0, 0);
  ASSERT_TRUE(cgroup_names_of(kernel_, self->process));
  EXPECT_EQ(kernel_.calls(), 5) << "the directory; stat and its text; cgroup and its text";
}

}  // namespace
}  // namespace tcptable::test
