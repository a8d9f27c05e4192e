// SPDX-License-Identifier: MIT
#include "sys/bpf/object_file.hpp"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <bpf/skel_internal.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <vector>

namespace tcptable::sys {
namespace {

// The kernel may lack anything that the programs need; whatever it says but "not permitted" means that.
// EACCES is its verifier's word for a program that it doesn't understand.
Error load_error(int sys_errno) {
  constexpr int kFirstOfLibbpf = 4000;  // numbers that are no errno (bpf/libbpf.h)
  if (sys_errno >= kFirstOfLibbpf) sys_errno = 0;
  return {sys_errno == EPERM ? Errc::not_permitted : Errc::not_supported, Step::load_bpf, sys_errno};
}

int print_nothing(libbpf_print_level, const char*, va_list) {
  return 0;
}

// libbpf tells what goes wrong on standard error, which isn't ours. Its printer is the whole process's: the
// last of several threads that load puts it back.
class QuietLibbpf {
 public:
  QuietLibbpf() {
    const std::lock_guard lock(mutex);
    if (quiet++ == 0) before = libbpf_set_print(print_nothing);
  }
  QuietLibbpf(const QuietLibbpf&) = delete;
  QuietLibbpf& operator=(const QuietLibbpf&) = delete;
  ~QuietLibbpf() {
    const std::lock_guard lock(mutex);
    if (--quiet == 0) libbpf_set_print(before);
  }

 private:
  inline static std::mutex mutex;
  inline static int quiet = 0;
  inline static libbpf_print_fn_t before = nullptr;
};

std::size_t whole_pages(std::size_t size) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return (size + page - 1) / page * page;
}

Result<UniqueFd> keep(int fd) {
  const int kept = ::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (kept < 0) return tl::unexpected(load_error(errno));
  return UniqueFd(real_kernel(), kept);
}

// A descriptor that a call made, or a negative error.
Result<UniqueFd> take(int fd) {
  if (fd < 0) return tl::unexpected(load_error(-fd));
  return UniqueFd(real_kernel(), fd);
}

Result<int> find(const std::map<std::string, UniqueFd>& descriptors, const char* name) {
  const auto found = descriptors.find(name);
  if (found == descriptors.end()) return tl::unexpected(load_error(ENOENT));
  return found->second.get();
}

Result<bpf_map*> find_map(bpf_object* object, const char* name) {
  bpf_map* map = bpf_object__find_map_by_name(object, name);
  if (map == nullptr) return tl::unexpected(load_error(ENOENT));
  return map;
}

// What the loader is given and gives back: a header, a bpf_map_desc for each map, a bpf_prog_desc for each
// program, in the object's order.
class LoaderContext {
 public:
  LoaderContext(std::size_t maps, std::size_t programs)
      : maps_(maps), words_((size_of(maps, programs) + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t)) {
    header()->sz = static_cast<std::uint32_t>(size_of(maps, programs));
  }
  bpf_loader_ctx* header() { return reinterpret_cast<bpf_loader_ctx*>(words_.data()); }
  int map(std::size_t index) { return first_map()[index].map_fd; }
  int program(std::size_t index) {
    return reinterpret_cast<bpf_prog_desc*>(first_map() + maps_)[index].prog_fd;
  }

 private:
  static std::size_t size_of(std::size_t maps, std::size_t programs) {
    return sizeof(bpf_loader_ctx) + maps * sizeof(bpf_map_desc) + programs * sizeof(bpf_prog_desc);
  }
  bpf_map_desc* first_map() { return reinterpret_cast<bpf_map_desc*>(header() + 1); }

  std::size_t maps_;
  std::vector<std::uint64_t> words_;
};

}  // namespace

MapMemory::~MapMemory() {
  if (begin_ != nullptr) ::munmap(begin_, size_);
}

void ObjectFile::Close::operator()(bpf_object* object) const {
  bpf_object__close(object);
}

Result<ObjectFile> ObjectFile::open(std::span<const std::byte> image) {
  const QuietLibbpf quiet;
  ObjectFile file(bpf_object__open_mem(image.data(), image.size(), nullptr));
  if (file.object_ == nullptr) return tl::unexpected(load_error(errno));
  return file;
}

Result<void> ObjectFile::set_map_size(const char* map, std::uint32_t entries) {
  const auto found = find_map(object_.get(), map);
  if (!found) return tl::unexpected(found.error());
  if (const int failed = bpf_map__set_max_entries(*found, entries))
    return tl::unexpected(load_error(-failed));
  return {};
}

Result<void> ObjectFile::load() {
  const QuietLibbpf quiet;
  gen_loader_opts loader{};
  loader.sz = sizeof loader;
  if (const int failed = bpf_object__gen_loader(object_.get(), &loader))
    return tl::unexpected(load_error(-failed));
  if (const int failed = bpf_object__load(object_.get())) return tl::unexpected(load_error(-failed));
  return run_loader(std::as_bytes(std::span(loader.insns, loader.insns_sz)),
                    std::as_bytes(std::span(loader.data, loader.data_sz)));
}

Result<void> ObjectFile::run_loader(std::span<const std::byte> instructions,
                                    std::span<const std::byte> data) {
  std::vector<std::string> maps;
  std::vector<std::string> programs;
  bpf_map* map = nullptr;
  bpf_object__for_each_map(map, object_.get()) maps.emplace_back(bpf_map__name(map));
  bpf_program* program = nullptr;
  bpf_object__for_each_program(program, object_.get()) programs.emplace_back(bpf_program__name(program));

  std::vector<UniqueFd> map_fds(maps.size());
  std::vector<UniqueFd> program_fds(programs.size());
  LoaderContext context(maps.size(), programs.size());
  bpf_load_and_run_opts run{};
  run.ctx = context.header();
  run.insns = instructions.data();
  run.insns_sz = static_cast<std::uint32_t>(instructions.size());
  run.data = data.data();
  run.data_sz = static_cast<std::uint32_t>(data.size());
  if (const int failed = bpf_load_and_run(&run)) return tl::unexpected(load_error(-failed));
  // All have an owner before there may be no memory for their names.
  for (std::size_t i = 0; i < maps.size(); ++i) map_fds[i] = UniqueFd(real_kernel(), context.map(i));
  for (std::size_t i = 0; i < programs.size(); ++i)
    program_fds[i] = UniqueFd(real_kernel(), context.program(i));
  for (std::size_t i = 0; i < maps.size(); ++i) maps_.emplace(std::move(maps[i]), std::move(map_fds[i]));
  for (std::size_t i = 0; i < programs.size(); ++i)
    programs_.emplace(std::move(programs[i]), std::move(program_fds[i]));
  return {};
}

Result<UniqueFd> ObjectFile::attach_iterator(const char* program) {
  return find(programs_, program).and_then([](int fd) {
    return take(bpf_link_create(fd, 0, BPF_TRACE_ITER, nullptr));
  });
}

Result<UniqueFd> ObjectFile::attach_tracepoint(const char* program) {
  return find(programs_, program).and_then([](int fd) { return take(bpf_raw_tracepoint_open(nullptr, fd)); });
}

Result<UniqueFd> ObjectFile::program(const char* name) {
  return find(programs_, name).and_then(keep);
}

Result<UniqueFd> ObjectFile::map(const char* name) {
  return find(maps_, name).and_then(keep);
}

// Values of an array map lie side by side, each rounded up to 8 bytes.
Result<MapMemory> ObjectFile::map_memory(const char* name) {
  const auto map = find_map(object_.get(), name);
  if (!map) return tl::unexpected(map.error());
  const auto fd = find(maps_, name);
  if (!fd) return tl::unexpected(fd.error());
  const std::size_t size = whole_pages(bpf_map__value_size(*map) * std::size_t{bpf_map__max_entries(*map)});
  void* memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, *fd, 0);
  if (memory == MAP_FAILED) return tl::unexpected(load_error(errno));
  return MapMemory(memory, size);
}

}  // namespace tcptable::sys
