// vitrine-simulate: plays random sessions and prints them. Started by tools/simulate.mjs, which knows the options.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "simulation/random_session.h"

using namespace vitrine::test;

namespace {

struct Options {
  std::uint32_t first = 1, last = 1;
  bool isQuiet = false;    // no steps
  bool hasInputs = false;  // each tab's input log, for vitrine-replay
  std::vector<ServiceName> services;
};

void print(const std::string& line) { std::printf("%s\n", line.c_str()); }

std::string numberOf(double value) { return std::to_string(static_cast<long>(value)); }

void printVerdict(const Verdict& verdict) {
  std::string dropped;
  double sum = 0;
  for (const auto& [reason, count] : verdict.dropped) {
    sum += count;
    if (count > 0) dropped += (dropped.empty() ? ": " : ", ") + reason + " " + numberOf(count);
  }
  print("  accepted   " + numberOf(verdict.accepted));
  print("  delivered  " + numberOf(verdict.delivered));
  print("  excused    " + numberOf(verdict.excused));
  print("  not found  " + numberOf(verdict.lost));
  print("  dropped    " + numberOf(sum) + dropped);
  print("  repeats    " + numberOf(verdict.repeats));
  for (const std::string& fault : verdict.faults) print("  FAULT      " + fault);
  if (verdict.faults.empty()) print("  no fault");
}

bool play(std::uint32_t seed, ServiceName service, const Options& options, bool isPrinted) {
  if (isPrinted) print("seed " + std::to_string(seed) + ", service " + nameOf(service));
  std::function<void(const Step&)> onStep;
  if (isPrinted && !options.isQuiet) onStep = [](const Step& step) { print(lineOf(step)); };
  RandomSession session(seed, service, std::move(onStep));
  const Verdict verdict = session.run();
  if (isPrinted && options.hasInputs) print(session.inputs());
  if (isPrinted) printVerdict(verdict);
  return verdict.faults.empty();
}

bool playAll(const Options& options) {
  if (options.first == options.last) {
    bool isGood = true;
    for (const ServiceName service : options.services) isGood &= play(options.first, service, options, true);
    return isGood;
  }
  std::uint32_t played = 0;
  for (std::uint32_t seed = options.first; seed <= options.last; ++seed) {
    for (const ServiceName service : options.services) {
      ++played;
      if (play(seed, service, options, false)) continue;
      play(seed, service, options, true);
      print(std::to_string(played) + " sessions played, the last one has a fault. Print it again:\n  " +
            commandFor(seed, service));
      return false;
    }
  }
  print(std::to_string(played) + " sessions played, no fault");
  return true;
}

}  // namespace

// usage: vitrine-simulate FIRST LAST quiet|steps inputs|- SERVICE...
int main(int count, char** arguments) {
  if (count < 6) return 2;
  Options options;
  options.first = static_cast<std::uint32_t>(std::strtoul(arguments[1], nullptr, 10));
  options.last = static_cast<std::uint32_t>(std::strtoul(arguments[2], nullptr, 10));
  options.isQuiet = std::strcmp(arguments[3], "quiet") == 0;
  options.hasInputs = std::strcmp(arguments[4], "inputs") == 0;
  for (int i = 5; i < count; ++i) {
    for (const ServiceName service : kAllServices) {
      if (nameOf(service) == arguments[i]) options.services.push_back(service);
    }
  }
  return playAll(options) ? 0 : 1;
}
