// SPDX-License-Identifier: MIT
#include <array>

#include "backend/backend.hpp"

namespace tcptable::backend {
namespace {

constexpr std::array<const Backend*, 3> kByPriority{&kBpf, &kSockDiag, &kProcfs};

bool may_step_down(Errc code) {
  return code == Errc::not_supported || code == Errc::not_permitted;
}

}  // namespace

Result<const Backend*> choose_backend(sys::Kernel& kernel, const Query& query, std::string_view forced) {
  Error last{Errc::invalid_argument, Step::choose_backend, 0};
  for (const Backend* backend : kByPriority) {
    if (!forced.empty() && backend->name != forced) continue;
    auto usable = backend->probe(kernel, query, !forced.empty());
    if (usable) return backend;
    last = usable.error();
    if (!may_step_down(last.code)) break;
  }
  return tl::unexpected(last);
}

}  // namespace tcptable::backend
