// How a rendering came about: two with the same operations differ in nothing but their values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace vitrine {

struct Trace {
  struct Span {
    std::size_t begin;
    std::size_t end;
  };
  std::vector<std::uint32_t> operations;  // in order
  std::vector<Span> values;               // where each stands in what was appended
};

}  // namespace vitrine
