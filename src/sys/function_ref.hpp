// SPDX-License-Identifier: MIT
// Refers to something callable for the length of a call: unlike std::function it owns nothing, and so it
// never allocates.
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace tcptable::sys {

template <typename Signature>
class FunctionRef;

template <typename Return, typename... Arguments>
class FunctionRef<Return(Arguments...)> {
 public:
  /// `callable` must outlive the reference.
  template <typename Callable>
  requires(!std::is_same_v<std::remove_cvref_t<Callable>, FunctionRef>) FunctionRef(const Callable& callable)
  noexcept
      : callable_(std::addressof(callable)), call_([](const void* target, Arguments... arguments) -> Return {
          return (*static_cast<const Callable*>(target))(std::forward<Arguments>(arguments)...);
        }) {}

  Return operator()(Arguments... arguments) const {
    return call_(callable_, std::forward<Arguments>(arguments)...);
  }

 private:
  const void* callable_;
  Return (*call_)(const void*, Arguments...);
};

}  // namespace tcptable::sys
