// SPDX-License-Identifier: MIT
// Sockets on known addresses, alone in a network namespace, for programs that print them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "support/fd.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {

/// TCP: listeners on 0.0.0.0:9000, 127.0.0.200:8080, 127.0.9.1:81 and [::1]:8086; to 127.0.0.200:8080
/// connections from 127.0.0.1:40001 (established), :40002 (closed by the client) and :40003 (closed by the
/// client first, then by the server). UDP: 127.0.0.1:53, 127.0.0.1:5353 and [::1]:54. The calling process
/// holds all of them.
class SocketScene {
 public:
  /// The namespace must have been entered.
  SocketScene();

  /// Of the established connection.
  int client() const { return established_.client.get(); }

 private:
  std::vector<Fd> others_;
  Connection established_;
  Connection half_closed_;
};

/// "1234", as the programs print the holder of the sockets, and the path and name of its executable.
std::string own_pid();
std::string own_path();
std::string own_name();

}  // namespace tcptable::test
