// SPDX-License-Identifier: MIT
// A few threads that ask the resolver, one address after another.
#include "tcptable/output/host_names.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace tool {
namespace {

using tcptable::Endpoint;

constexpr std::size_t kMostThreads = 16;

socklen_t fill(const Endpoint& endpoint, sockaddr_storage& storage) {
  if (endpoint.family == tcptable::Family::ipv4) {
    auto* address = reinterpret_cast<sockaddr_in*>(&storage);
    address->sin_family = AF_INET;
    std::memcpy(&address->sin_addr, endpoint.address.data(), sizeof address->sin_addr);
    return sizeof *address;
  }
  auto* address = reinterpret_cast<sockaddr_in6*>(&storage);
  address->sin6_family = AF_INET6;
  address->sin6_scope_id = endpoint.scope_id;
  std::memcpy(&address->sin6_addr, endpoint.address.data(), sizeof address->sin6_addr);
  return sizeof *address;
}

std::string host_name(const Endpoint& endpoint) {
  sockaddr_storage storage{};
  const socklen_t size = fill(endpoint, storage);
  std::array<char, NI_MAXHOST> host;
  const auto* address = reinterpret_cast<const sockaddr*>(&storage);
  const int failed = getnameinfo(address, size, host.data(), host.size(), nullptr, 0, NI_NAMEREQD);
  return failed == 0 ? host.data() : std::string();
}

}  // namespace

struct HostNames::Shared {
  std::mutex lock;
  std::condition_variable answered;
  std::unordered_map<std::string, std::string> names;  // by address; empty: none, or not yet
  std::deque<Endpoint> questions;
  std::size_t to_come = 0;  // questions, and those that a thread is asking
  std::size_t threads = 0;
};

HostNames::HostNames() : shared_(std::make_shared<Shared>()) {}

HostNames::~HostNames() {
  const std::lock_guard held(shared_->lock);
  shared_->questions.clear();
}

bool HostNames::ask(const Endpoint& endpoint) {
  const std::lock_guard held(shared_->lock);
  if (!shared_->names.try_emplace(address_text(endpoint)).second) return false;
  shared_->questions.push_back(endpoint);
  ++shared_->to_come;
  if (shared_->threads == kMostThreads) return true;
  ++shared_->threads;
  std::thread([shared = shared_] { answer(shared); }).detach();
  return true;
}

void HostNames::answer(const std::shared_ptr<Shared>& shared) {
  std::unique_lock held(shared->lock);
  while (!shared->questions.empty()) {
    const Endpoint endpoint = shared->questions.front();
    shared->questions.pop_front();
    held.unlock();
    std::string name = host_name(endpoint);
    held.lock();
    shared->names[address_text(endpoint)] = std::move(name);
    if (--shared->to_come == 0) shared->answered.notify_all();
  }
  --shared->threads;
}

std::size_t HostNames::wait(std::chrono::milliseconds most) {
  std::unique_lock held(shared_->lock);
  shared_->answered.wait_for(held, most, [this] { return shared_->to_come == 0; });
  return shared_->to_come;
}

std::string HostNames::find(const Endpoint& endpoint) {
  const std::lock_guard held(shared_->lock);
  const auto at = shared_->names.find(address_text(endpoint));
  return at == shared_->names.end() ? std::string() : at->second;
}

}  // namespace tool
