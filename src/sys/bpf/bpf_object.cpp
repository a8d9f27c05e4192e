// SPDX-License-Identifier: MIT
#include "sys/bpf/bpf_object.hpp"

#include <initializer_list>

#include "sys/bpf/embedded_programs.hpp"

namespace tcptable::sys {
namespace {

// The object, loaded, with as many buffers in these maps as there are slots.
Result<ObjectFile> load(std::span<const std::byte> image, std::initializer_list<const char*> maps,
                        std::uint32_t slots) {
  auto object = ObjectFile::open(image);
  if (!object) return object;
  for (const char* map : maps) {
    if (auto set = object->set_map_size(map, slots); !set) return tl::unexpected(set.error());
  }
  if (auto loaded = object->load(); !loaded) return tl::unexpected(loaded.error());
  return object;
}

}  // namespace

Result<DescriptorPrograms> load_descriptor_programs(std::uint32_t slots) {
  auto object = load(embedded_descriptor_walk(), {"held_buffers", "descriptor_states"}, slots);
  if (!object) return tl::unexpected(object.error());
  auto walk = object->attach_iterator("walk_descriptors");
  if (!walk) return tl::unexpected(walk.error());
  auto buffers = object->map_memory("held_buffers");
  if (!buffers) return tl::unexpected(buffers.error());
  return DescriptorPrograms{std::move(*walk), std::move(*buffers)};
}

Result<TablePrograms> load_table_programs(std::uint32_t slots) {
  auto object = load(embedded_table_walk(), {"row_buffers", "table_states"}, slots);
  if (!object) return tl::unexpected(object.error());
  auto walk = object->program("walk_table");
  if (!walk) return tl::unexpected(walk.error());
  auto buffers = object->map_memory("row_buffers");
  if (!buffers) return tl::unexpected(buffers.error());
  return TablePrograms{std::move(*walk), std::move(*buffers)};
}

}  // namespace tcptable::sys
