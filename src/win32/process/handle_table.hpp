// SPDX-License-Identifier: MIT
// From HANDLE to object. A handle is a number with the count of its slot's uses in it, so a closed one is not
// taken for a later one, and garbage for none.
#pragma once

#include <windef.h>

#include <memory>

namespace tcptable::win32 {

/// What a handle stands for; its class is its kind.
class Object {
 public:
  virtual ~Object() = default;
};

/// Throws std::bad_alloc. The object lives until the handle is closed and no call uses it any more.
HANDLE open_handle(std::shared_ptr<Object> object);

/// False for what is no open handle.
bool close_handle(HANDLE handle);

/// Nothing for what is no open handle.
std::shared_ptr<Object> object_of(HANDLE handle);

/// Nothing also for a handle of another kind.
template <typename Kind>
std::shared_ptr<Kind> object_of(HANDLE handle) {
  return std::dynamic_pointer_cast<Kind>(object_of(handle));
}

}  // namespace tcptable::win32
