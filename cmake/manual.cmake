# SPDX-License-Identifier: MIT
# Man pages, made by scdoc where that is installed; completions, printed by the tool itself.
find_program(SCDOC scdoc)
if(SCDOC)
  set(converter ${PROJECT_SOURCE_DIR}/man/markdown-to-scdoc.awk)
  # A document, the section of its page, and what it is about.
  set(documents "cookbook|7|questions and the commands that answer them" "events|1|opens and closes as they happen"
                "filter|7|which sockets a command is about" "habits|7|the options of ss, netstat and lsof"
                "schema|5|what the table's JSON and CSV have" "top|1|sockets as they come and go")
  foreach(entry ${documents})
    string(REPLACE "|" ";" entry ${entry})
    list(GET entry 0 name)
    list(GET entry 1 section)
    list(GET entry 2 about)
    set(source ${PROJECT_SOURCE_DIR}/docs/${name}.md)
    set(page ${PROJECT_BINARY_DIR}/man/tcptable-${name}.${section})
    add_custom_command(OUTPUT ${page} DEPENDS ${source} ${converter}
                       COMMAND ${CMAKE_COMMAND} -E make_directory man
                       COMMAND awk -v page=tcptable-${name} -v section=${section} -v about=${about} -f ${converter} ${source}
                               > ${page}.scd
                       COMMAND ${SCDOC} < ${page}.scd > ${page}
                       WORKING_DIRECTORY ${PROJECT_BINARY_DIR} VERBATIM)
    list(APPEND manual_pages ${page})
    install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
  endforeach()
  file(GLOB manual_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/man/*.scd)
  foreach(source ${manual_sources})
    get_filename_component(page ${source} NAME_WLE)
    string(REGEX MATCH "[0-9]$" section ${page})
    add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/man/${page} DEPENDS ${source}
                       COMMAND ${CMAKE_COMMAND} -E make_directory man
                       COMMAND ${SCDOC} < ${source} > man/${page} WORKING_DIRECTORY ${PROJECT_BINARY_DIR} VERBATIM)
    list(APPEND manual_pages ${PROJECT_BINARY_DIR}/man/${page})
    install(FILES ${PROJECT_BINARY_DIR}/man/${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
  endforeach()
  add_custom_target(manual ALL DEPENDS ${manual_pages})
else()
  message(STATUS "scdoc is not installed: no man pages")
endif()

# The names are where each shell looks.
set(completion_files bash:bash-completion/completions/tcptable zsh:zsh/site-functions/_tcptable
                     fish:fish/vendor_completions.d/tcptable.fish)
if(NOT CMAKE_CROSSCOMPILING)
  foreach(entry ${completion_files})
    string(REPLACE ":" ";" entry ${entry})
    list(GET entry 0 shell)
    list(GET entry 1 path)
    get_filename_component(folder ${path} DIRECTORY)
    set(file ${PROJECT_BINARY_DIR}/completions/${path})
    add_custom_command(OUTPUT ${file} DEPENDS tcptable_tool
                       COMMAND ${CMAKE_COMMAND} -E make_directory completions/${folder}
                       COMMAND $<TARGET_FILE:tcptable_tool> completions ${shell} > ${file}
                       WORKING_DIRECTORY ${PROJECT_BINARY_DIR} VERBATIM)
    list(APPEND completions ${file})
    install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder})
  endforeach()
  add_custom_target(completions ALL DEPENDS ${completions})
endif()
