// SPDX-License-Identifier: MIT
// Who has a port: on real sockets, by text and JSON.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "cli/tool_in_namespace.hpp"
#include "support/child_process.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"
#include "tcptable/who/answer.hpp"

namespace {

using namespace tcptable::test;
using nlohmann::json;
using tcptable::Family;

class Who : public ToolInNamespace {};

std::string port_of(const Fd& socket) {
  return std::to_string(local_endpoint(socket.get()).port);
}

std::string self() {
  return "the_test (" + std::to_string(::getpid()) + ")";
}

TEST_F(Who, TellsWhatListensAndWhatStartedIt) {
  ::prctl(PR_SET_NAME, "the_test");
  const Fd listener = listen_on(loopback(Family::ipv4));
  const ToolRun run = run_tool({"who", ":" + port_of(listener)});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_TRUE(run.out.starts_with("tcp 127.0.0.1:" + port_of(listener) + "  listening, 0 of ")) << run.out;
  EXPECT_NE(run.out.find("  " + self() + ", user "), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("(" + std::to_string(::getppid()) + ")"), std::string::npos) << run.out;
  const auto document = [](const std::string& place) { return run_tool({"who", "--json", place}).out; };
  EXPECT_EQ(document(port_of(listener)), document("127.0.0.1:" + port_of(listener)));
}

TEST_F(Who, CountsTheConnectionsOfBothEnds) {
  ::prctl(PR_SET_NAME, "the_test");
  const Fd listener = listen_on(loopback(Family::ipv6));
  const Connection connection = make_connection(listener);
  const ToolRun run = run_tool({"who", port_of(listener)});
  EXPECT_NE(run.out.find("1 connection (1 established):\n       1  " + self()), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("1 connection to this port (1 established):\n       1  " + self()),
            std::string::npos)
      << run.out;
}

TEST_F(Who, IsAnsweredInJsonToo) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const json answer = json::parse(run_tool({"who", "--json", port_of(listener)}).out);
  const json& server = answer.at("servers").at(0);
  EXPECT_EQ(server.at("state"), "listen");
  EXPECT_EQ(server.at("holders").at(0).at("pid"), ::getpid());
  const json& parents = server.at("holders").at(0).at("parents");
  EXPECT_EQ(parents.at(0).at("pid"), ::getppid());
  const auto parent = tcptable::describe_process(::getppid());
  ASSERT_TRUE(parent);
  if (parent->parent != 0) {
    EXPECT_EQ(parents.at(1).at("pid"), parent->parent);
  }
  EXPECT_EQ(answer.at("connections").at(0).at("sockets"), 1);
  EXPECT_EQ(answer.at("connections_to_it").at(0).at("process").at("pid"), ::getpid());
}

TEST_F(Who, SaysThatNobodyHasThePort) {
  const ToolRun run = run_tool({"who", ":9"});
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err, "tcptable: nobody has this port here\n");
}

TEST_F(Who, TakesWhatServesEveryAddressForTheServerOfEach) {
  const Fd any = listen_on(endpoint("0.0.0.0", 0));
  const Fd dual = listen_on(endpoint("::", 0));
  const auto status = [](const std::string& address, const Fd& socket) {
    return run_tool({"who", address + ":" + port_of(socket)}).status;
  };
  EXPECT_EQ(status("127.0.0.1", any), 0);
  EXPECT_EQ(status("[::1]", any), 1);
  EXPECT_EQ(status("[::1]", dual), 0);
  EXPECT_EQ(status("127.0.0.1", dual), 0);
}

TEST_F(Who, TakesEveryListenerForWhatKeepsAServerFromAllAddresses) {
  const Fd ipv4 = listen_on(loopback(Family::ipv4));
  const Fd ipv6 = listen_on(loopback(Family::ipv6));
  const auto status = [](const std::string& address, const Fd& socket) {
    return run_tool({"who", address + ":" + port_of(socket)}).status;
  };
  EXPECT_EQ(status("0.0.0.0", ipv4), 0);
  EXPECT_EQ(status("[::]", ipv4), 0);
  EXPECT_EQ(status("[::]", ipv6), 0);
  EXPECT_EQ(status("0.0.0.0", ipv6), 1);
  EXPECT_EQ(status("127.0.0.2", ipv4), 1);
}

TEST_F(Who, KnowsASocketThatIsBoundAlone) {
  Fd socket = open_socket(Family::ipv4, SOCK_STREAM);
  bind_to(socket.get(), loopback(Family::ipv4));
  const ToolRun run = run_tool({"who", port_of(socket)});
  if (run.status == 1) GTEST_SKIP() << "SKIP: needs Linux 6.8, which lists sockets that are bound alone";
  EXPECT_NE(run.out.find("bound, but not listening"), std::string::npos) << run.out;
}

TEST_F(Who, AnswersWithoutSockDiagToo) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const auto by_procfs = [&](std::vector<std::string> words) {
    words.push_back(port_of(listener));
    return run_tool(words, [] { return ::setenv("TCPTABLE_BACKEND", "procfs", 1) == 0; });
  };
  const ToolRun text = by_procfs({"who"});
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_NE(text.out.find("  listening, 0 waiting to be accepted\n"), std::string::npos) << text.out;
  const json server = json::parse(by_procfs({"who", "--json"}).out).at("servers").at(0);
  EXPECT_TRUE(server.at("backlog").is_null()) << server;
}

TEST_F(Who, WantsAPort) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"who"},
                                                                                     {"who", "1.2.3.4"},
                                                                                     {"who", ":70000"},
                                                                                     {"who", ":1", ":2"},
                                                                                     {"who", ""},
                                                                                     {"who", "\x1b"}}) {
    const ToolRun run = run_tool(words);
    EXPECT_EQ(run.status, 2) << run.out;
    EXPECT_EQ(run.out, "");
    EXPECT_EQ(run.err.find('\n'), run.err.size() - 1) << run.err;
  }
}

// Argument lists end each argument with NUL.
std::string arguments(std::string text) {
  for (char& c : text) c = c == ' ' ? '\0' : c;
  return text + '\0';
}

TEST(ForwardedTo, IsWhatDockersProxyIsToldToServe) {
  const std::string line = arguments(
      "/usr/bin/docker-proxy -proto tcp -host-ip :: -host-port 80 -container-ip 172.17.0.2 -container-port "
      "8080");
  EXPECT_EQ(tool::who::forwarded_to("/usr/bin/docker-proxy", line), "172.17.0.2:8080");
  EXPECT_EQ(tool::who::forwarded_to("/usr/bin/nginx", line), std::nullopt);
  EXPECT_EQ(tool::who::forwarded_to("/usr/bin/docker-proxy", arguments("docker-proxy -container-ip 1.2.3.4")),
            std::nullopt);
  EXPECT_EQ(tool::who::forwarded_to("docker-proxy",
                                    arguments("docker-proxy -container-ip fd00::2 -container-port 80")),
            "[fd00::2]:80");
}

class Proxy {
 public:
  // Runs a shell by the proxy's name, which takes over the socket and has its arguments.
  Proxy(const std::filesystem::path& path, Fd socket, const std::vector<std::string>& arguments) {
    std::vector<std::string> words{"docker-proxy", "-c", "read line", "docker-proxy"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    auto [input, leash] = make_pipe();
    auto [started, starting] = make_pipe();
    pid_ = check(::fork(), "fork");
    if (pid_ == 0) {
      // Either may be descriptor 0, where the test was started without.
      ::fcntl(socket.get(), F_DUPFD, STDERR_FILENO + 1);
      ::dup2(::fcntl(input.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1), STDIN_FILENO);
      ::execv(path.c_str(), pointers.data());
      ::_exit(1);
    }
    leash_ = std::move(leash);
    starting.reset();
    char none = 0;
    check(::read(started.get(), &none, 1), "read");  // ends when exec closes the other end
  }
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;
  ~Proxy() {
    leash_.reset();
    ::waitpid(pid_, nullptr, 0);
  }

 private:
  static std::pair<Fd, Fd> make_pipe() {
    int ends[2];
    check(::pipe2(ends, O_CLOEXEC), "pipe2");
    return {Fd(ends[0]), Fd(ends[1])};
  }

  Fd leash_;
  pid_t pid_ = -1;
};

TEST_F(Who, NamesTheProcessThatServesBehindDockersProxy) {
  const auto container = [](const std::string& name, const std::string& address) {
    return [name, address]() -> std::string {
      ::prctl(PR_SET_NAME, name.c_str());
      if (const auto reason = enter_network_namespace()) return *reason;
      if (std::system(("ip address add " + address + "/32 dev lo").c_str()) != 0) return "no ip";
      static const Fd server = listen_on(endpoint("0.0.0.0", 8080));
      return "";
    };
  };
  const Child other(container("other_server", "10.9.8.6"));
  const Child server(container("the_server", "10.9.8.7"));
  ASSERT_EQ(server.report() + other.report(), "");
  const TemporaryDirectory directory;
  const auto path = directory.path() / "docker-proxy";
  std::filesystem::copy_file("/bin/sh", path);
  Fd listener = listen_on(loopback(Family::ipv4));
  const std::string port = port_of(listener);
  const Proxy proxy(path, std::move(listener), {"-container-ip", "10.9.8.7", "-container-port", "8080"});
  const ToolRun run = run_tool({"who", port});
  const std::string pid = std::to_string(server.pid());
  EXPECT_NE(run.out.find("for      10.9.8.7:8080 in a container, served by the_server (" + pid + ")"),
            std::string::npos)
      << run.out;
}

}  // namespace
