// SPDX-License-Identifier: MIT
// tcptable doctor: the advice for each check, and the binary's exit status and document.
#include "tcptable/doctor/advice.hpp"

#include <gtest/gtest.h>
#include <linux/capability.h>
#include <sys/prctl.h>

#include <nlohmann/json.hpp>
#include <string>

#include "cli/run_tool.hpp"
#include "support/privileges.hpp"

namespace {

using namespace tcptable::test;
using nlohmann::json;
using tcptable::Check;
using tcptable::Verdict;
using tool::doctor::advice_for;

TEST(Advice, EveryObstacleHasAConsequenceAndARemedy) {
  for (int i = 0; i < tcptable::kCheckCount; ++i) {
    const auto check = static_cast<Check>(i);
    if (check == Check::container || check == Check::unprivileged_bpf) continue;  // never an obstacle
    for (const bool in_container : {false, true}) {
      const auto advice = advice_for({check, Verdict::limited, "", 0}, in_container);
      EXPECT_FALSE(advice.consequence.empty()) << to_string(check);
      EXPECT_FALSE(advice.remedy.empty()) << to_string(check);
    }
  }
}

TEST(Advice, WhatWorksNeedsNone) {
  EXPECT_TRUE(advice_for({Check::proc, Verdict::ok, "", 0}, false).consequence.empty());
  EXPECT_TRUE(advice_for({Check::proc, Verdict::unknown, "", 0}, false).remedy.empty());
}

TEST(Advice, AContainerIsStartedOtherwise) {
  const tcptable::Finding finding{Check::pid_namespace, Verdict::limited, "", 0};
  EXPECT_EQ(advice_for(finding, true).remedy, "docker run --pid=host ...");
  EXPECT_NE(advice_for(finding, false).remedy, advice_for(finding, true).remedy);
}

// One with trouble if and only if the exit status says so, and each trouble has its remedy.
void expect_consistent(const ToolRun& run) {
  const json document = json::parse(run.out);
  EXPECT_EQ(document.at("schema"), 1);
  EXPECT_EQ(document.at("checks").size(), static_cast<std::size_t>(tcptable::kCheckCount));
  bool limited = false;
  for (const json& check : document.at("checks")) {
    const bool trouble = check.at("result") == "limited" || check.at("result") == "no";
    EXPECT_EQ(check.at("consequence").is_null(), !trouble) << check;
    EXPECT_EQ(check.at("remedy").is_null(), !trouble) << check;
    limited = limited || trouble;
  }
  EXPECT_EQ(run.status, limited ? 3 : 0);
  EXPECT_EQ(run.err, "");
}

TEST(Doctor, ItsDocumentAndExitStatusAgree) {
  expect_consistent(run_tool({"doctor", "--json"}));
}

TEST(Doctor, TellsNobodyWhatIsMissing) {
  if (!may_become_nobody()) GTEST_SKIP() << "SKIP: needs root, to become another user";
  const auto as_nobody = [] {
    become_nobody();
    return true;
  };
  const ToolRun run = run_tool({"doctor", "--json"}, as_nobody);
  if (run.status == kNotStarted) GTEST_SKIP() << "SKIP: nobody may not run the tool from where it was built";
  expect_consistent(run);
  EXPECT_EQ(run.status, 3);
  const ToolRun text = run_tool({"doctor"}, as_nobody);
  EXPECT_NE(text.out.find("\ncap_sys_ptrace       limited  not held\n"), std::string::npos) << text.out;
  const bool advises = text.out.find("\n    sudo setcap ") != std::string::npos ||
                       text.out.find("\n    docker run ") != std::string::npos;  // in a container
  EXPECT_TRUE(advises) << text.out;
}

TEST(Doctor, WantsAnotherContainerForWhatRootCouldNotHaveInThis) {
  if (!may_become_nobody()) GTEST_SKIP() << "SKIP: needs root, to become another user";
  if (!tool::doctor::is_within_bounds(Check::cap_sys_ptrace))
    GTEST_SKIP() << "SKIP: needs CAP_SYS_PTRACE in the bounding set";
  const auto remedies = [](bool bounded) {
    const ToolRun run = run_tool({"doctor"}, [bounded] {
      if (bounded && ::prctl(PR_CAPBSET_DROP, CAP_SYS_PTRACE) != 0) return false;
      become_nobody();
      return true;
    });
    return run.status == kNotStarted ? std::string() : run.out;
  };
  const std::string here = remedies(false);
  if (here.empty()) GTEST_SKIP() << "SKIP: nobody may not run the tool from where it was built";
  const auto behind = [](const std::string& text, const std::string& check) {
    const std::size_t at = text.find("\n    ", text.find("\n" + check + ": "));
    return text.substr(at + 5, text.find('\n', at + 5) - at - 5);
  };
  EXPECT_TRUE(behind(here, "cap_sys_ptrace").starts_with("sudo setcap")) << here;
  if (here.find("container            ok       none") == std::string::npos) {
    const std::string bounded = remedies(true);
    EXPECT_TRUE(behind(bounded, "cap_sys_ptrace").starts_with("docker run")) << bounded;
  }
}

TEST(Doctor, TakesNoOperands) {
  const ToolRun run = run_tool({"doctor", "who"});
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.out, "");
}

}  // namespace
