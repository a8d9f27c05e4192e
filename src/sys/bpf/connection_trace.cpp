// SPDX-License-Identifier: MIT
#include "sys/bpf/connection_trace.hpp"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <vector>

#include "sys/bpf/embedded_programs.hpp"
#include "sys/bpf/object_file.hpp"

namespace tcptable::sys {
namespace {

constexpr int kEnough = -ECANCELED;  // ends a run of ring_buffer__consume, its event taken

Error run_error(int sys_errno) {
  if (sys_errno == ENOMEM) return {Errc::no_memory, Step::run_bpf, sys_errno};
  return {sys_errno == EPERM ? Errc::not_permitted : Errc::io, Step::run_bpf, sys_errno};
}

struct FreeRing {
  void operator()(ring_buffer* ring) const { ring_buffer__free(ring); }
};

// Takes those of the standard descriptors that are closed, so that nothing made meanwhile gets one.
class StandardDescriptorsTaken {
 public:
  explicit StandardDescriptorsTaken(int any_descriptor) {
    for (int& held : held_) {
      const int fd = ::fcntl(any_descriptor, F_DUPFD_CLOEXEC, 0);
      if (fd >= 0 && fd <= STDERR_FILENO) {
        held = fd;
      } else {
        if (fd >= 0) ::close(fd);
        break;
      }
    }
  }
  StandardDescriptorsTaken(const StandardDescriptorsTaken&) = delete;
  StandardDescriptorsTaken& operator=(const StandardDescriptorsTaken&) = delete;
  ~StandardDescriptorsTaken() {
    for (const int fd : held_) {
      if (fd >= 0) ::close(fd);
    }
  }

 private:
  std::array<int, 3> held_{-1, -1, -1};
};

// What the programs live by: they end with the last descriptor.
struct Attached {
  UniqueFd change_of_state;
  UniqueFd change_within_change;
  UniqueFd destruction;
  UniqueFd return_of_call;
  UniqueFd first_program;  ///< change_of_state's, to ask how often it was missed
  UniqueFd events;
  MapMemory state;
};

class BpfConnectionTrace final : public ConnectionTrace {
 public:
  explicit BpfConnectionTrace(Attached attached) : attached_(std::move(attached)) {}

  // libbpf keeps a pointer to this object, and an epoll descriptor of its own.
  Result<void> open_ring() {
    const StandardDescriptorsTaken taken(attached_.events.get());
    ring_.reset(ring_buffer__new(attached_.events.get(), hand_over, this, nullptr));
    if (ring_ == nullptr) return tl::unexpected(run_error(errno));
    return {};
  }

  int fd() const override { return ring_buffer__epoll_fd(ring_.get()); }

  Result<std::size_t> take(std::size_t most, const Sink& sink) override {
    taken_ = 0;
    most_ = most;
    sink_ = &sink;
    if (most == 0) return 0;
    const int outcome = ring_buffer__consume(ring_.get());
    if (outcome < 0 && outcome != kEnough) return tl::unexpected(run_error(-outcome));
    return taken_;
  }

  std::uint64_t lost() const override {
    const auto& state = *reinterpret_cast<const volatile tcptable_trace_state*>(attached_.state.begin());
    const std::uint64_t taken_over = state.taken_over;  // before the misses, which are more by then
    const std::uint64_t misses = missed();
    return state.lost + misses - std::min(misses, taken_over);
  }

 private:
  std::uint64_t missed() const {
    bpf_prog_info info{};
    std::uint32_t size = sizeof info;
    return bpf_obj_get_info_by_fd(attached_.first_program.get(), &info, &size) == 0 ? info.recursion_misses
                                                                                    : 0;
  }

  static int hand_over(void* self, void* record, std::size_t) {
    auto& trace = *static_cast<BpfConnectionTrace*>(self);
    (*trace.sink_)(*static_cast<const tcptable_event*>(record));
    return ++trace.taken_ == trace.most_ ? kEnough : 0;
  }

  Attached attached_;
  std::unique_ptr<ring_buffer, FreeRing> ring_;
  std::size_t taken_ = 0;
  std::size_t most_ = 0;
  const Sink* sink_ = nullptr;
};

// The kernel takes a power of two, and whole pages.
std::uint32_t ring_size(std::uint32_t wanted) {
  const auto page = static_cast<std::uint32_t>(::sysconf(_SC_PAGESIZE));
  return std::bit_ceil(std::max(wanted, page));
}

Result<ObjectFile> load(const TraceSizes& sizes) {
  auto object = ObjectFile::open(embedded_trace());
  if (!object) return object;
  auto done = object->set_map_size("connections", sizes.connections);
  if (done) done = object->set_map_size("events", ring_size(sizes.buffer));
  if (done) done = object->load();
  if (!done) return tl::unexpected(done.error());
  return object;
}

Result<Attached> attach(ObjectFile& object) {
  auto change_of_state = object.attach_tracepoint("change_of_state");
  if (!change_of_state) return tl::unexpected(change_of_state.error());
  auto change_within_change = object.attach_tracepoint("change_within_change");
  if (!change_within_change) return tl::unexpected(change_within_change.error());
  auto destruction = object.attach_tracepoint("destruction");
  if (!destruction) return tl::unexpected(destruction.error());
  auto return_of_call = object.attach_tracepoint("return_of_call");
  if (!return_of_call) return tl::unexpected(return_of_call.error());
  auto first_program = object.program("change_of_state");
  if (!first_program) return tl::unexpected(first_program.error());
  auto events = object.map("events");
  if (!events) return tl::unexpected(events.error());
  auto state = object.map_memory("trace_states");
  if (!state) return tl::unexpected(state.error());
  return Attached{std::move(*change_of_state),
                  std::move(*change_within_change),
                  std::move(*destruction),
                  std::move(*return_of_call),
                  std::move(*first_program),
                  std::move(*events),
                  std::move(*state)};
}

Result<void> follow_own_namespace(ObjectFile& object) {
  auto program = object.program("follow_own_namespace");
  if (!program) return tl::unexpected(program.error());
  LIBBPF_OPTS(bpf_test_run_opts, options);
  const int failed = bpf_prog_test_run_opts(program->get(), &options);
  if (failed != 0) return tl::unexpected(run_error(-failed));
  if (options.retval != 0) return tl::unexpected(run_error(EINVAL));
  return {};
}

}  // namespace

Result<std::unique_ptr<ConnectionTrace>> trace_connections(const TraceSizes& sizes) {
  auto object = load(sizes);
  if (!object) return tl::unexpected(object.error());
  auto attached = attach(*object);
  if (!attached) return tl::unexpected(attached.error());
  auto trace = std::make_unique<BpfConnectionTrace>(std::move(*attached));
  if (auto opened = trace->open_ring(); !opened) return tl::unexpected(opened.error());
  if (auto following = follow_own_namespace(*object); !following) return tl::unexpected(following.error());
  return trace;
}

}  // namespace tcptable::sys
