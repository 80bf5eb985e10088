# Targets for static analysis and formatting; they appear where the tools are installed.
file(GLOB_RECURSE LF_ALL_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/engine/*.[ch]
    ${PROJECT_SOURCE_DIR}/engine/*.cpp ${PROJECT_SOURCE_DIR}/tools/*.[ch]
    ${PROJECT_SOURCE_DIR}/tests/*.[ch])
file(GLOB_RECURSE LF_C_SOURCES CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/engine/*.c
    ${PROJECT_SOURCE_DIR}/tools/*.c)
find_program(LF_CLANG_FORMAT NAMES clang-format-14 clang-format)
if(LF_CLANG_FORMAT)
    add_custom_target(format COMMAND ${LF_CLANG_FORMAT} -i ${LF_ALL_SOURCES})
endif()
find_program(LF_CLANG_TIDY NAMES clang-tidy-14 clang-tidy)
if(LF_CLANG_TIDY)
    add_custom_target(tidy COMMAND ${LF_CLANG_TIDY} --quiet -p ${PROJECT_BINARY_DIR} ${LF_C_SOURCES})
endif()
find_program(LF_CPPCHECK cppcheck)
if(LF_CPPCHECK)
    # Suppressed: data flow that cppcheck 2.10 does not follow through guards and counts (clang-tidy
    # does, see the target above), its trouble with nested ternaries, and casts to generic bytes.
    add_custom_target(cppcheck COMMAND ${LF_CPPCHECK} --quiet --error-exitcode=1 --inline-suppr
        --suppress=uninitvar --suppress=legacyUninitvar --suppress=ctuuninitvar
        --suppress=ctunullpointer --suppress=internalAstError --suppress=invalidPointerCast
        --enable=warning,portability --suppress=missingIncludeSystem --std=c11 -j 2
        -I ${PROJECT_SOURCE_DIR}/engine -I ${PROJECT_SOURCE_DIR}/engine/include
        ${PROJECT_SOURCE_DIR}/engine ${PROJECT_SOURCE_DIR}/tools/lifang)
endif()
