// SPDX-License-Identifier: MIT
#include <tcptable/error.hpp>

#include <cstring>
#include <string_view>

namespace tcptable {
namespace {

std::string_view text_of(Errc code) {
  switch (code) {
    case Errc::invalid_argument:
      return "invalid argument";
    case Errc::not_supported:
      return "not supported here";
    case Errc::not_permitted:
      return "not permitted";
    case Errc::no_memory:
      return "out of memory";
    case Errc::interrupted_dump:
      return "the kernel lost parts of its answer";
    case Errc::malformed_reply:
      return "the kernel's answer is malformed";
    case Errc::not_found:
      return "not found";
    case Errc::io:
      return "input/output failure";
    case Errc::is_listener:
      return "a listening socket, no connection";
    case Errc::is_multipath:
      return "part of a Multipath TCP connection";
  }
  return "unknown error";
}

std::string_view text_of(Step step) {
  switch (step) {
    case Step::choose_backend:
      return "choosing a backend";
    case Step::open_netlink:
      return "opening netlink";
    case Step::send_request:
      return "asking the kernel";
    case Step::receive_reply:
      return "reading the kernel's answer";
    case Step::read_net_table:
      return "reading /proc/net";
    case Step::list_processes:
      return "reading /proc";
    case Step::load_bpf:
      return "loading the BPF programs";
    case Step::run_bpf:
      return "running the BPF programs";
    case Step::read_process:
      return "reading a process";
    case Step::read_statistics:
      return "reading the kernel's counters";
    case Step::read_cgroups:
      return "reading the control groups";
    case Step::enter_namespace:
      return "entering a network namespace";
    case Step::follow_events:
      return "following events";
  }
  return "unknown step";
}

}  // namespace

std::string to_string(const Error& error) {
  std::string text(text_of(error.step));
  text += ": ";
  text += text_of(error.code);
  if (error.sys_errno != 0) {
    const char* name = strerrorname_np(error.sys_errno);
    text += " (";
    text += name != nullptr ? name : std::to_string(error.sys_errno);
    text += ")";
  }
  return text;
}

}  // namespace tcptable
