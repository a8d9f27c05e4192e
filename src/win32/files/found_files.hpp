// SPDX-License-Identifier: MIT
// The files of a directory whose names a pattern allows, one after another.
#pragma once

#include "win32/process/process_object.hpp"

#include <fileapi.h>

#include <dirent.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace tcptable::win32 {

/// With * and ?, knowing no case of ASCII letters.
bool allows_name(std::string_view pattern, std::string_view name) noexcept;

struct FoundFile {
  std::string name;
  WIN32_FILE_ATTRIBUTE_DATA status;
};

class FoundFiles final : public Object {
 public:
  /// By the path of a pattern: "directory/*.log".
  static OrCode<std::shared_ptr<FoundFiles>> open(const std::string& path);

  FoundFiles(DIR* directory, std::string path, std::string pattern)
      : directory_(directory), path_(std::move(path)), pattern_(std::move(pattern)) {}

  /// ERROR_NO_MORE_FILES at the end.
  OrCode<FoundFile> next();

 private:
  struct Close {
    void operator()(DIR* directory) const noexcept { ::closedir(directory); }
  };

  std::mutex mutex_;
  const std::unique_ptr<DIR, Close> directory_;
  const std::string path_;  ///< With a slash at the end, or empty.
  const std::string pattern_;
};

}  // namespace tcptable::win32
