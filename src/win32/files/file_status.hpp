// SPDX-License-Identifier: MIT
// What is known of a file by its name, in Windows' units.
#pragma once

#include "win32/process/process_object.hpp"

#include <fileapi.h>

#include <string>

namespace tcptable::win32 {

/// Follows links; of one that leads nowhere it is the link's own.
OrCode<WIN32_FILE_ATTRIBUTE_DATA> file_status(const std::string& path);

DWORD delete_file(const std::string& path);
DWORD create_directory(const std::string& path);

}  // namespace tcptable::win32
