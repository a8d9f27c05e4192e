# SPDX-License-Identifier: MIT
# The component `languages`, which is installed only when it is asked for: the names by which language runtimes look for
# Windows' libraries, and the Python package.
set(TCPTABLE_PYTHON_DIR lib/python3/dist-packages CACHE STRING "Where the Python package goes, below the prefix")

file(STRINGS ${PROJECT_SOURCE_DIR}/languages/names.txt library_names REGEX "^[^#]")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS languages/names.txt)
file(REMOVE_RECURSE ${PROJECT_BINARY_DIR}/languages)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/languages)
foreach(name IN LISTS library_names)
  file(CREATE_LINK libiphlpapi.so.1 ${PROJECT_BINARY_DIR}/languages/${name} SYMBOLIC)
endforeach()
install(DIRECTORY ${PROJECT_BINARY_DIR}/languages/ DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT languages
        EXCLUDE_FROM_ALL)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/languages/python/iphlpapi DESTINATION ${TCPTABLE_PYTHON_DIR}
        COMPONENT languages EXCLUDE_FROM_ALL PATTERN __pycache__ EXCLUDE)
