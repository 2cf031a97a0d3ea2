// Runs a recorded session through the native core: vitrine-replay TRACE.jsonl (or the trace on standard input).
//
// `debug.trace()` returns the trace: one JSON array per line, with the name of an input and its arguments. The first
// input is ["new", bootJson, nowMs]. A line ["vitrine", version] before it names the version that made the recording;
// older recordings lack it. Prints the core's return values, one JSON value per line, and the effects of each
// drain, one array per line.
#include <cmath>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <type_traits>

#include "base/field_writer.h"
#include "base/number.h"
#include "base/text.h"
#include "seam/seam.h"

namespace {

using vitrine::Json;
using vitrine::Runtime;
using vitrine::Text;

// JSON has no NaN and no infinity. JavaScript writes both as null, so that null is read as NaN.
template <class Argument>
Argument read(const Json& args, std::size_t index) {
  const bool isThere = index < args.children.size();
  if constexpr (std::is_same_v<Argument, double>) {
    return isThere && args.children[index].isNumber() ? args.children[index].number : std::nan("");
  } else {
    return isThere ? args.children[index].text : Argument();
  }
}

void print(double result) {
  Text out;
  vitrine::appendNumber(out, result);
  std::cout << out << '\n';
}

void print(const Text& result) {
  Text out;
  vitrine::appendString(out, result);
  std::cout << out << '\n';
}

// Prints one effect per line, as an array of its fields.
void printEffects(const Text& effects) {
  Text out = "[";
  Text field;
  for (const char c : effects) {
    if (c != vitrine::FieldWriter::kSeparator && c != vitrine::FieldWriter::kRecordEnd) {
      field += c;
      continue;
    }
    vitrine::appendString(out, field);
    field.clear();
    if (c == vitrine::FieldWriter::kSeparator) {
      out += ',';
    } else {
      std::cout << out << "]\n";
      out = "[";
    }
  }
}

template <class Owner, class Result, class... Args, std::size_t... I>
void call(Runtime& runtime, Result (Owner::*method)(Args...), const Json& args, std::index_sequence<I...>) {
  // args[0] is the name of the input.
  if constexpr (std::is_void_v<Result>)
    (runtime.*method)(read<std::decay_t<Args>>(args, I + 1)...);
  else
    print((runtime.*method)(read<std::decay_t<Args>>(args, I + 1)...));
}

template <class Owner, class Result, class... Args>
void call(Runtime& runtime, Result (Owner::*method)(Args...), const Json& args) {
  call(runtime, method, args, std::index_sequence_for<Args...>());
}

template <class Owner, class Result, class... Args, std::size_t... I>
void call(const Runtime& runtime, Result (Owner::*method)(Args...) const, const Json& args, std::index_sequence<I...>) {
  print((runtime.*method)(read<std::decay_t<Args>>(args, I + 1)...));
}

template <class Owner, class Result, class... Args>
void call(const Runtime& runtime, Result (Owner::*method)(Args...) const, const Json& args) {
  call(runtime, method, args, std::index_sequence_for<Args...>());
}

bool play(Runtime& runtime, const Text& name, const Json& args) {
  if (name == "drainEffects") {
    printEffects(runtime.drainEffects());
    return true;
  }
#define CALL(result, method, ...)                                     \
  if (name == #method) {                                              \
    call(runtime, VITRINE_METHOD(result, method, __VA_ARGS__), args); \
    return true;                                                      \
  }
#include "seam/calls.inc"
#undef CALL
  return false;
}

int replay(std::istream& trace) {
  std::unique_ptr<Runtime> runtime;
  std::string line;
  for (int number = 1; std::getline(trace, line); ++number) {
    if (line.empty()) continue;
    const Json args = vitrine::parseJson(line);
    const Text name = read<Text>(args, 0);
    if (name == "vitrine") continue;
    if (name == "new") {
      runtime = std::make_unique<Runtime>(read<Text>(args, 1), read<double>(args, 2));
    } else if (!runtime || !play(*runtime, name, args)) {
      std::cerr << "line " << number << ": "
                << (runtime ? "no such input" : "a trace begins with [\"new\", boot, nowMs]") << '\n';
      return 1;
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  if (argc < 2) return replay(std::cin);
  std::ifstream file(argv[1]);
  if (file) return replay(file);
  std::cerr << "vitrine-replay: cannot read " << argv[1] << '\n';
  return 2;
}
