// SPDX-License-Identifier: MIT
#include "win32/owner_module/module_tag.hpp"

#include <unordered_map>

namespace tcptable::win32 {
namespace {

// FNV-1a.
class Hash {
 public:
  void add(std::uint64_t number) {
    for (int shift = 0; shift < 64; shift += 8) add_byte(static_cast<std::uint8_t>(number >> shift));
  }
  void add(std::string_view text) {
    for (const char c : text) add_byte(static_cast<std::uint8_t>(c));
  }
  std::uint64_t value() const { return value_; }

 private:
  void add_byte(std::uint8_t byte) { value_ = (value_ ^ byte) * 0x100'0000'01b3; }

  std::uint64_t value_ = 0xcbf2'9ce4'8422'2325;
};

bool is_gone_or_hidden(Errc code) {
  return code == Errc::not_found || code == Errc::not_permitted;
}

// Each process is asked about once, however many rows it owns.
class ProcessTags {
 public:
  explicit ProcessTags(const ReadNames& read_names) : read_names_(read_names) {}

  Result<ULONGLONG> of(const Process& process) {
    const auto [at, is_new] = known_.try_emplace(&process, kNoTag);
    if (!is_new) return at->second;
    const auto names = read_names_(process);
    if (!names && !is_gone_or_hidden(names.error().code)) return tl::unexpected(names.error());
    const std::string_view service = names ? service_of(*names) : std::string_view();
    if (!service.empty()) at->second = service_tag(process, service);
    return at->second;
  }

 private:
  const ReadNames& read_names_;
  std::unordered_map<const Process*, ULONGLONG> known_;
};

}  // namespace

ULONGLONG service_tag(const Process& process, std::string_view service) noexcept {
  constexpr ULONGLONG kAboveTheOthers = ULONGLONG{1} << 63;
  Hash hash;
  hash.add(static_cast<std::uint64_t>(process.pid));
  hash.add(process.start_time);
  hash.add(service);
  return hash.value() | kAboveTheOthers;
}

Result<std::vector<ULONGLONG>> module_tags(const Snapshot& snapshot, std::span<const std::uint32_t> positions,
                                           const ReadNames& read_names) {
  ProcessTags processes(read_names);
  std::vector<ULONGLONG> tags;
  tags.reserve(positions.size());
  for (const std::uint32_t position : positions) {
    const SocketRow& row = snapshot.rows()[position];
    const Process* owner = snapshot.owner(row);
    if (owner == nullptr) {
      tags.push_back(row.owner_status == OwnerStatus::kernel ? kSystemTag : kNoTag);
      continue;
    }
    const auto tag = processes.of(*owner);
    if (!tag) return tl::unexpected(tag.error());
    tags.push_back(*tag);
  }
  return tags;
}

}  // namespace tcptable::win32
