// SPDX-License-Identifier: MIT
#include "sys/bpf/socket_walks.hpp"

#include <bpf/bpf.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <mutex>
#include <new>
#include <vector>

#include "sys/bpf/bpf_object.hpp"
#include "sys/kernel.hpp"
#include "sys/workers.hpp"

namespace tcptable::sys {
namespace {

constexpr std::uint32_t kStretch = 256;
constexpr std::uint32_t kShortestStretch = 8;
// So many buckets in one run of the program: the processor does nothing else meanwhile, and a large table is
// long.
constexpr std::uint32_t kBucketsPerRun = 32 * 1024;
constexpr int kMostTornRuns = 1000;

Error run_error(int sys_errno) {
  if (sys_errno == ENOMEM) return {Errc::no_memory, Step::run_bpf, sys_errno};
  const bool refused = sys_errno == EPERM || sys_errno == EACCES;
  return {refused ? Errc::not_permitted : Errc::io, Step::run_bpf, sys_errno};
}

// Makes the buffer the calling thread's, by which the program finds it; also where a sink throws.
class ReaderOfBuffer {
 public:
  explicit ReaderOfBuffer(tcptable_held_buffer& buffer) : buffer_(buffer) {
    buffer_.reader = static_cast<std::uint32_t>(::gettid());
  }
  ReaderOfBuffer(const ReaderOfBuffer&) = delete;
  ReaderOfBuffer& operator=(const ReaderOfBuffer&) = delete;
  ~ReaderOfBuffer() { buffer_.reader = 0; }

 private:
  tcptable_held_buffer& buffer_;
};

class BpfSocketWalks final : public SocketWalks {
 public:
  explicit BpfSocketWalks(unsigned slots) : slots_(slots) {}

  bool has_loaded(Walks walks) const override {
    return is_loaded(descriptors_) && (walks == Walks::of_descriptors || is_loaded(tables_));
  }

  bool still_work() const override {
    return (!is_loaded(descriptors_) || is_there(create_iterator())) &&
           (!is_loaded(tables_) || is_there(size_of(TCPTABLE_CONNECTIONS)));
  }

  Result<void> load(Walks walks) override {
    std::array<Result<void>, 2> loaded;
    run_on_shares(walks == Walks::of_descriptors ? 1 : 2, [&](unsigned part) {
      loaded[part] = part == 0 ? load_once(descriptors_, load_descriptor_programs)
                               : load_once(tables_, load_table_programs);
    });
    return loaded[0] ? loaded[1] : loaded[0];
  }

  unsigned most_at_once() const override { return static_cast<unsigned>(slots_.size()); }

  Result<bool> walk_descriptors(const DescriptorWalk& walk, const HeldSink& sink) override {
    const SlotLock slot(*this);
    tcptable_held_buffer& buffer = held_buffer_of(slot.number());
    const auto iterator = create_iterator();
    if (!iterator) return tl::unexpected(iterator.error());
    buffer.share = walk.share;
    buffer.shares = walk.shares;
    buffer.identity = walk.identity;
    buffer.resume_task = 0;
    buffer.saw_init = 0;
    const ReaderOfBuffer reader(buffer);
    auto read = read_to_end(iterator->get(), buffer, sink);
    if (!read) return tl::unexpected(read.error());
    return buffer.saw_init != 0;
  }

  Result<std::uint32_t> table_size(tcptable_hash_table table) override { return size_of(table); }

  Result<void> walk_table(const TableWalk& wanted, const RowSink& sink) override {
    const SlotLock slot(*this);
    const tcptable_row_buffer& buffer = row_buffer_of(slot.number());
    return walk_runs(wanted, {slot.number(), wanted.flags}, [&](const tcptable_table_walk& run) {
      sink({std::span(buffer.rows).first(run.count), std::span(buffer.details).first(run.count)});
    });
  }

  Result<void> look_again(std::span<tcptable_row> rows, std::span<tcptable_row_details> details) override {
    const SlotLock slot(*this);
    tcptable_row_buffer& buffer = row_buffer_of(slot.number());
    for (std::size_t done = 0; done < rows.size();) {
      const std::size_t count = std::min<std::size_t>(rows.size() - done, TCPTABLE_ROW_RECORDS);
      std::copy_n(rows.begin() + done, count, buffer.rows);
      tcptable_table_walk look{};
      look.slot = slot.number();
      look.flags = TCPTABLE_LOOK_AGAIN;
      look.count = static_cast<std::uint32_t>(count);
      if (auto run = run_program(tables_.walk, look); !run) return run;
      std::copy_n(buffer.rows, count, rows.begin() + done);
      std::copy_n(buffer.details, count, details.begin() + done);
      done += count;
    }
    return {};
  }

  void abandon() noexcept override {
    descriptors_ = {};
    tables_ = {};
  }

  Result<std::uint32_t> count_rows(const TableWalk& wanted) override {
    auto counted = count(wanted);
    if (!counted) return tl::unexpected(counted.error());
    return counted->rows;
  }

  Result<std::uint32_t> count_requests() override {
    const auto buckets = size_of(TCPTABLE_LISTENERS);
    if (!buckets) return tl::unexpected(buckets.error());
    auto counted = count({TCPTABLE_LISTENERS, 0, UINT32_MAX, 0, 0, *buckets});
    if (!counted) return tl::unexpected(counted.error());
    return counted->requests;
  }

 private:
  struct RunKind {
    std::uint32_t slot;
    std::uint32_t flags;
  };

  // Buffers of one's own; waits for some where more threads than buffers walk.
  class SlotLock {
   public:
    explicit SlotLock(BpfSocketWalks& walks) : walks_(walks) {
      const std::size_t last = walks_.slots_.size() - 1;
      while (number_ < last && !walks_.slots_[number_].try_lock()) ++number_;
      if (number_ == last) walks_.slots_[last].lock();
    }
    SlotLock(const SlotLock&) = delete;
    SlotLock& operator=(const SlotLock&) = delete;
    ~SlotLock() { walks_.slots_[number_].unlock(); }
    std::uint32_t number() const { return number_; }

   private:
    BpfSocketWalks& walks_;
    std::uint32_t number_ = 0;
  };

  template <typename Outcome>
  static bool is_there(const Outcome& outcome) {
    return outcome || is_shortage(outcome.error());
  }

  template <typename Programs>
  static bool is_loaded(const Programs& programs) {
    return programs.walk.get() >= 0;
  }

  template <typename Programs>
  Result<void> load_once(Programs& programs, Result<Programs> (*load_programs)(std::uint32_t)) {
    if (is_loaded(programs)) return {};
    try {
      auto loaded = load_programs(most_at_once());
      if (!loaded) return tl::unexpected(loaded.error());
      programs = std::move(*loaded);
      return {};
    } catch (const std::bad_alloc&) {
      return tl::unexpected(Error{Errc::no_memory, Step::load_bpf, 0});
    }
  }

  Result<UniqueFd> create_iterator() const {
    const int created = bpf_iter_create(descriptors_.walk.get());
    if (created < 0) return tl::unexpected(run_error(-created));
    return UniqueFd(real_kernel(), created);
  }

  Result<std::uint32_t> size_of(tcptable_hash_table table) const {
    tcptable_table_walk walk{};
    walk.table = table;
    walk.stretch = kStretch;
    walk.bucket = UINT32_MAX;  // past the end: nothing is walked
    if (auto done = run_program(tables_.walk, walk); !done) return tl::unexpected(done.error());
    return walk.end;
  }

  static Result<void> read_to_end(int iterator, tcptable_held_buffer& buffer, const HeldSink& sink) {
    for (;;) {
      buffer.held_count = buffer.process_count = 0;
      std::array<char, 8> nothing;  // the program writes to its map alone
      const ssize_t got = real_kernel().read(iterator, nothing.data(), nothing.size());
      // EAGAIN: the buffer was full, or a million tasks had no socket.
      if (got < 0 && got != -EAGAIN && got != -EINTR)
        return tl::unexpected(run_error(static_cast<int>(-got)));
      if (buffer.held_count > 0) {
        sink({std::span(buffer.processes).first(buffer.process_count),
              std::span(buffer.held).first(buffer.held_count)});
      }
      if (got == 0) return {};
    }
  }

  tcptable_held_buffer& held_buffer_of(std::uint32_t slot) const {
    return reinterpret_cast<tcptable_held_buffer*>(descriptors_.buffers.begin())[slot];
  }

  tcptable_row_buffer& row_buffer_of(std::uint32_t slot) const {
    return reinterpret_cast<tcptable_row_buffer*>(tables_.buffers.begin())[slot];
  }

  template <typename Context>
  static Result<void> run_program(const UniqueFd& program, Context& context) {
    LIBBPF_OPTS(bpf_test_run_opts, options, .ctx_in = &context, .ctx_size_in = sizeof context);
    const int failed = bpf_prog_test_run_opts(program.get(), &options);
    if (failed != 0) return tl::unexpected(run_error(-failed));
    if (options.retval != 0) return tl::unexpected(run_error(EINVAL));
    return {};
  }

  template <typename Take>
  Result<void> walk_runs(const TableWalk& wanted, RunKind kind, const Take& take) {
    tcptable_table_walk walk{};
    walk.table = wanted.table;
    walk.slot = kind.slot;
    walk.flags = kind.flags;
    walk.family = wanted.family;
    walk.states = wanted.states;
    walk.stretch = kStretch;
    walk.bucket = wanted.begin;
    for (int torn = 0; walk.bucket < wanted.end;) {
      const std::uint32_t begin = walk.bucket;
      walk.end = std::min(wanted.end, begin + kBucketsPerRun);
      if (auto done = run_program(tables_.walk, walk); !done) return done;
      if (walk.count > 0) take(walk);
      if (walk.torn != 0 && ++torn > kMostTornRuns) return give_up();
      if (walk.bucket > begin || walk.torn != 0) continue;
      walk.stretch /= 2;  // more rows in one stretch than there is room for
      if (walk.stretch < kShortestStretch) return give_up();
    }
    return {};
  }

  struct Counted {
    std::uint32_t rows = 0;
    std::uint32_t requests = 0;
  };

  Result<Counted> count(const TableWalk& wanted) {
    const SlotLock slot(*this);
    Counted counted;
    auto done = walk_runs(wanted, {slot.number(), TCPTABLE_ONLY_COUNT}, [&](const tcptable_table_walk& run) {
      counted.rows += run.count;
      counted.requests += run.requests;
    });
    if (!done) return tl::unexpected(done.error());
    return counted;
  }

  static Result<void> give_up() { return tl::unexpected(Error{Errc::interrupted_dump, Step::run_bpf, 0}); }

  DescriptorPrograms descriptors_;
  TablePrograms tables_;
  std::vector<std::mutex> slots_;
};

}  // namespace

Result<std::unique_ptr<SocketWalks>> make_socket_walks() {
  return std::make_unique<BpfSocketWalks>(
      std::min(real_kernel().processors(), unsigned{TCPTABLE_MOST_SLOTS}));
}

}  // namespace tcptable::sys
