// SPDX-License-Identifier: MIT
#include "sys/bpf/bpf_object.hpp"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

#include "sys/bpf/embedded_programs.hpp"

namespace tcptable::sys {
namespace {

// The kernel may lack anything that the programs need; whatever it says but "not permitted" means that.
// EACCES is its verifier's word for a program that it doesn't understand.
Error load_error(int sys_errno) {
  return {sys_errno == EPERM ? Errc::not_permitted : Errc::not_supported, Step::load_bpf, sys_errno};
}

int print_nothing(libbpf_print_level, const char*, va_list) {
  return 0;
}

// libbpf tells what goes wrong on standard error, which isn't ours. Its printer is the whole process's: put
// it back.
class QuietLibbpf {
 public:
  QuietLibbpf() : before_(libbpf_set_print(print_nothing)) {}
  QuietLibbpf(const QuietLibbpf&) = delete;
  QuietLibbpf& operator=(const QuietLibbpf&) = delete;
  ~QuietLibbpf() { libbpf_set_print(before_); }

 private:
  libbpf_print_fn_t before_;
};

struct CloseObject {
  void operator()(bpf_object* object) const { bpf_object__close(object); }
};
struct DestroyLink {
  void operator()(bpf_link* link) const { bpf_link__destroy(link); }
};

std::size_t whole_pages(std::size_t size) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return (size + page - 1) / page * page;
}

// Values of an array map lie side by side, each rounded up to 8 bytes.
Result<MapMemory> map_memory(bpf_object* object, const char* name) {
  const bpf_map* map = bpf_object__find_map_by_name(object, name);
  if (map == nullptr) return tl::unexpected(load_error(ENOENT));
  const std::size_t size = whole_pages(bpf_map__value_size(map) * std::size_t{bpf_map__max_entries(map)});
  void* memory =
      ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, bpf_map__fd(map), 0);
  if (memory == MAP_FAILED) return tl::unexpected(load_error(errno));
  return MapMemory(memory, size);
}

Result<UniqueFd> keep(int fd) {
  const int kept = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (kept < 0) return tl::unexpected(load_error(errno));
  return UniqueFd(real_kernel(), kept);
}

Result<UniqueFd> attach_iterator(bpf_object* object, const char* name) {
  const bpf_program* program = bpf_object__find_program_by_name(object, name);
  const std::unique_ptr<bpf_link, DestroyLink> link(bpf_program__attach_iter(program, nullptr));
  if (link == nullptr) return tl::unexpected(load_error(errno));
  return keep(bpf_link__fd(link.get()));
}

Result<UniqueFd> keep_program(bpf_object* object, const char* name) {
  return keep(bpf_program__fd(bpf_object__find_program_by_name(object, name)));
}

}  // namespace

MapMemory::~MapMemory() {
  if (begin_ != nullptr) ::munmap(begin_, size_);
}

Result<LoadedPrograms> load_programs(std::uint32_t slots) {
  const QuietLibbpf quiet;
  const auto image = embedded_programs();
  const std::unique_ptr<bpf_object, CloseObject> object(
      bpf_object__open_mem(image.data(), image.size(), nullptr));
  if (object == nullptr) return tl::unexpected(load_error(errno));
  for (const char* name : {"held_buffers", "row_buffers", "table_states"}) {
    const int failed = bpf_map__set_max_entries(bpf_object__find_map_by_name(object.get(), name), slots);
    if (failed != 0) return tl::unexpected(load_error(-failed));
  }
  if (const int failed = bpf_object__load(object.get())) return tl::unexpected(load_error(-failed));

  auto descriptor_walk = attach_iterator(object.get(), "walk_descriptors");
  if (!descriptor_walk) return tl::unexpected(descriptor_walk.error());
  auto table_walk = keep_program(object.get(), "walk_table");
  if (!table_walk) return tl::unexpected(table_walk.error());
  auto second_look = keep_program(object.get(), "look_again");
  if (!second_look) return tl::unexpected(second_look.error());
  auto held_buffers = map_memory(object.get(), "held_buffers");
  if (!held_buffers) return tl::unexpected(held_buffers.error());
  auto row_buffers = map_memory(object.get(), "row_buffers");
  if (!row_buffers) return tl::unexpected(row_buffers.error());
  return LoadedPrograms{std::move(*descriptor_walk), std::move(*table_walk),  std::move(*second_look),
                        std::move(*held_buffers),    std::move(*row_buffers), slots};
}

}  // namespace tcptable::sys
