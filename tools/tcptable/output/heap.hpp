// SPDX-License-Identifier: MIT
// The memory of a process that makes one table and ends.
#pragma once

namespace tool {

/// Lets malloc take its memory from large pages, where the system has them on request: a fault for each small
/// page costs as much as the rows on it, on virtual machines far more. At the program's start.
void use_large_pages();

}  // namespace tool
