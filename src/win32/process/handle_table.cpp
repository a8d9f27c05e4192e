// SPDX-License-Identifier: MIT
#include "win32/process/handle_table.hpp"

#include "win32/forks.hpp"

#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace tcptable::win32 {
namespace {

class HandleTable {
 public:
  HANDLE open(std::shared_ptr<Object> object) {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) {
      // So that closing needs no memory.
      free_.reserve(slots_.size() + 1);
      slots_.emplace_back();
      free_.push_back(slots_.size() - 1);
    }
    const std::size_t index = free_.back();
    free_.pop_back();
    slots_[index].object = std::move(object);
    return handle_of(index);
  }

  bool close(HANDLE handle) {
    std::shared_ptr<Object> last;  // dies behind the lock
    const std::lock_guard lock(mutex_);
    Slot* const slot = find(handle);
    if (slot == nullptr) return false;
    last = std::exchange(slot->object, nullptr);
    slot->use = (slot->use + 1) & kUseMask;
    free_.push_back(static_cast<std::size_t>(slot - slots_.data()));
    return true;
  }

  /// For the time of a fork.
  std::mutex& lock() { return mutex_; }

  std::shared_ptr<Object> object_of(HANDLE handle) {
    const std::lock_guard lock(mutex_);
    const Slot* const slot = find(handle);
    return slot != nullptr ? slot->object : nullptr;
  }

 private:
  struct Slot {
    std::shared_ptr<Object> object;
    std::uintptr_t use = 0;
  };

  // The low two bits are 0 as in Windows' handles, then come the slot's number from 1 and its uses. All fits
  // in 31 bits, since callers in other languages keep handles in an int.
  static constexpr unsigned kIndexShift = 2;
  static constexpr unsigned kUseShift = 22;
  static constexpr std::uintptr_t kIndexMask = 0xFFFFF;
  static constexpr std::uintptr_t kUseMask = 0x1FF;

  HANDLE handle_of(std::size_t index) const {
    return reinterpret_cast<HANDLE>((index + 1) << kIndexShift | slots_[index].use << kUseShift);
  }

  Slot* find(HANDLE handle) {
    const std::size_t number = reinterpret_cast<std::uintptr_t>(handle) >> kIndexShift & kIndexMask;
    if (number == 0 || number > slots_.size()) return nullptr;
    Slot& slot = slots_[number - 1];
    return slot.object != nullptr && handle == handle_of(number - 1) ? &slot : nullptr;
  }

  std::mutex mutex_;
  std::vector<Slot> slots_;
  std::vector<std::size_t> free_;
};

// Never destroyed: a program's own destructors may still use it.
HandleTable& table() {
  static auto* const instance = new HandleTable;
  return *instance;
}

std::mutex& table_lock() {
  return table().lock();
}
[[maybe_unused]] const bool held = hold_over_forks<table_lock>();

}  // namespace

HANDLE open_handle(std::shared_ptr<Object> object) {
  return table().open(std::move(object));
}

bool close_handle(HANDLE handle) {
  return table().close(handle);
}

std::shared_ptr<Object> object_of(HANDLE handle) {
  return table().object_of(handle);
}

}  // namespace tcptable::win32
