// SPDX-License-Identifier: MIT
// Opens a listening socket, runs the program given as argument, and checks that the TCP table it prints is
// whole and has the listener's row with this process as its owner. Knows connection_table.c's output and no
// Windows header.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

namespace {

// The port of a new listener on 127.0.0.1 that stays open to the end of this process, or 0.
int open_listener() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof(address);
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (fd < 0 || bind(fd, generic, length) != 0 || listen(fd, 1) != 0 ||
      getsockname(fd, generic, &length) != 0)
    return 0;
  return ntohs(address.sin_port);
}

struct Listing {
  std::vector<std::string> lines;
  int status = -1;
};

Listing run(const char* program) {
  Listing listing;
  FILE* const pipe = popen(program, "r");
  if (pipe == nullptr) return listing;
  char line[512];
  while (std::fgets(line, sizeof(line), pipe) != nullptr) listing.lines.emplace_back(line);
  listing.status = pclose(pipe);
  return listing;
}

int fail(const std::string& reason) {
  std::fprintf(stderr, "%s\n", reason.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return fail("usage: check_connection_table PROGRAM");
  const int port = open_listener();
  if (port == 0) return fail("cannot listen on 127.0.0.1");

  const Listing listing = run(argv[1]);
  if (listing.status != 0) return fail("the program failed with status " + std::to_string(listing.status));
  if (listing.lines.empty()) return fail("the program printed nothing");

  const std::string count = "entries: " + std::to_string(listing.lines.size() - 1) + "\n";
  if (listing.lines.front() != count) return fail("printed " + listing.lines.front() + "expected " + count);

  const std::string row = "2 LISTEN 127.0.0.1:" + std::to_string(port) + " 0.0.0.0:0 " +
                          std::to_string(getpid()) + " 0 in-host\n";
  for (const std::string& line : listing.lines)
    if (line == row) return 0;
  return fail("no row " + row);
}
