# SPDX-License-Identifier: MIT
# What `cmake --install` lays down: two libraries, the archive for programs with wmain, the headers (Windows' names in a
# folder of their own, on nobody's path who doesn't ask for it), pkg-config files, CMake packages, and the tool.
include(CMakePackageConfigHelpers)

set_target_properties(tcptable_tool PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
install(TARGETS tcptable_tool RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS tcptable EXPORT tcptableTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS iphlpapi iphlpapi_wmain EXPORT iphlpapiTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/tcptable DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/win32/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tcptable-win32)

# Relative, so that an installed tree may be moved.
file(RELATIVE_PATH prefix_from_pkgconfig /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)

foreach(package tcptable iphlpapi)
  set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/${package})
  install(EXPORT ${package}Targets NAMESPACE ${package}:: DESTINATION ${config_dir})
  configure_package_config_file(cmake/${package}Config.cmake.in ${PROJECT_BINARY_DIR}/cmake/${package}Config.cmake
                                INSTALL_DESTINATION ${config_dir})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/cmake/${package}ConfigVersion.cmake
                                   COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/cmake/${package}Config.cmake
                ${PROJECT_BINARY_DIR}/cmake/${package}ConfigVersion.cmake DESTINATION ${config_dir})
  configure_file(cmake/${package}.pc.in ${PROJECT_BINARY_DIR}/cmake/${package}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/cmake/${package}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()
