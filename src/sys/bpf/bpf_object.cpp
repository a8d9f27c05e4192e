// SPDX-License-Identifier: MIT
#include "sys/bpf/bpf_object.hpp"

#include "sys/bpf/embedded_programs.hpp"

namespace tcptable::sys {

Result<LoadedPrograms> load_programs(std::uint32_t slots) {
  auto object = ObjectFile::open(embedded_walks());
  if (!object) return tl::unexpected(object.error());
  for (const char* name : {"held_buffers", "row_buffers", "table_states"}) {
    if (auto set = object->set_map_size(name, slots); !set) return tl::unexpected(set.error());
  }
  if (auto loaded = object->load(); !loaded) return tl::unexpected(loaded.error());

  auto descriptor_walk = object->attach_iterator("walk_descriptors");
  if (!descriptor_walk) return tl::unexpected(descriptor_walk.error());
  auto table_walk = object->program("walk_table");
  if (!table_walk) return tl::unexpected(table_walk.error());
  auto second_look = object->program("look_again");
  if (!second_look) return tl::unexpected(second_look.error());
  auto held_buffers = object->map_memory("held_buffers");
  if (!held_buffers) return tl::unexpected(held_buffers.error());
  auto row_buffers = object->map_memory("row_buffers");
  if (!row_buffers) return tl::unexpected(row_buffers.error());
  return LoadedPrograms{std::move(*descriptor_walk), std::move(*table_walk),  std::move(*second_look),
                        std::move(*held_buffers),    std::move(*row_buffers), slots};
}

}  // namespace tcptable::sys
