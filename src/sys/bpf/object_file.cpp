// SPDX-License-Identifier: MIT
#include "sys/bpf/object_file.hpp"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

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

struct DestroyLink {
  void operator()(bpf_link* link) const { bpf_link__destroy(link); }
};
using Link = std::unique_ptr<bpf_link, DestroyLink>;

std::size_t whole_pages(std::size_t size) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  return (size + page - 1) / page * page;
}

Result<UniqueFd> keep(int fd) {
  const int kept = ::fcntl(fd, F_DUPFD_CLOEXEC, 0);
  if (kept < 0) return tl::unexpected(load_error(errno));
  return UniqueFd(real_kernel(), kept);
}

Result<UniqueFd> keep(const Link& link) {
  if (link == nullptr) return tl::unexpected(load_error(errno));
  return keep(bpf_link__fd(link.get()));
}

Result<bpf_map*> find_map(bpf_object* object, const char* name) {
  bpf_map* map = bpf_object__find_map_by_name(object, name);
  if (map == nullptr) return tl::unexpected(load_error(ENOENT));
  return map;
}

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
  if (const int failed = bpf_object__load(object_.get())) return tl::unexpected(load_error(-failed));
  return {};
}

Result<UniqueFd> ObjectFile::attach_iterator(const char* program) {
  const QuietLibbpf quiet;
  return keep(
      Link(bpf_program__attach_iter(bpf_object__find_program_by_name(object_.get(), program), nullptr)));
}

Result<UniqueFd> ObjectFile::attach_tracepoint(const char* program) {
  const QuietLibbpf quiet;
  return keep(Link(bpf_program__attach_trace(bpf_object__find_program_by_name(object_.get(), program))));
}

Result<UniqueFd> ObjectFile::program(const char* name) {
  return keep(bpf_program__fd(bpf_object__find_program_by_name(object_.get(), name)));
}

Result<UniqueFd> ObjectFile::map(const char* name) {
  const auto found = find_map(object_.get(), name);
  if (!found) return tl::unexpected(found.error());
  return keep(bpf_map__fd(*found));
}

// Values of an array map lie side by side, each rounded up to 8 bytes.
Result<MapMemory> ObjectFile::map_memory(const char* name) {
  const auto map = find_map(object_.get(), name);
  if (!map) return tl::unexpected(map.error());
  const std::size_t size = whole_pages(bpf_map__value_size(*map) * std::size_t{bpf_map__max_entries(*map)});
  void* memory =
      ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, bpf_map__fd(*map), 0);
  if (memory == MAP_FAILED) return tl::unexpected(load_error(errno));
  return MapMemory(memory, size);
}

}  // namespace tcptable::sys
