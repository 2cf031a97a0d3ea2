# CMake's description of Emscripten lies beside em++, wherever emsdk, a distribution or the user has put that.
find_program(VITRINE_EMXX em++ REQUIRED)
file(REAL_PATH "${VITRINE_EMXX}" VITRINE_EMXX_FILE)
get_filename_component(VITRINE_EMSCRIPTEN "${VITRINE_EMXX_FILE}" DIRECTORY)
include("${VITRINE_EMSCRIPTEN}/cmake/Modules/Platform/Emscripten.cmake")
