// VITRINE_FOR_EACH(macro, a, b) expands to macro(a) macro(b), VITRINE_LIST(macro, a, b) to macro(a), macro(b). With no
// arguments both expand to nothing. The lists of the seam (base/effects.inc, seam/calls.inc) are read with them.
#pragma once

#define VITRINE_EXPAND(...) VITRINE_EXPAND2(VITRINE_EXPAND2(VITRINE_EXPAND2(__VA_ARGS__)))
#define VITRINE_EXPAND2(...) VITRINE_EXPAND1(VITRINE_EXPAND1(VITRINE_EXPAND1(__VA_ARGS__)))
#define VITRINE_EXPAND1(...) __VA_ARGS__
#define VITRINE_PARENTHESES ()

#define VITRINE_FOR_EACH(macro, ...) __VA_OPT__(VITRINE_EXPAND(VITRINE_EACH_STEP(macro, __VA_ARGS__)))
#define VITRINE_EACH_STEP(macro, first, ...) \
  macro(first) __VA_OPT__(VITRINE_EACH_AGAIN VITRINE_PARENTHESES(macro, __VA_ARGS__))
#define VITRINE_EACH_AGAIN() VITRINE_EACH_STEP

#define VITRINE_LIST(macro, ...) __VA_OPT__(VITRINE_EXPAND(VITRINE_LIST_STEP(macro, __VA_ARGS__)))
#define VITRINE_LIST_STEP(macro, first, ...) \
  macro(first) __VA_OPT__(, VITRINE_LIST_AGAIN VITRINE_PARENTHESES(macro, __VA_ARGS__))
#define VITRINE_LIST_AGAIN() VITRINE_LIST_STEP

// Each reads one part of an entry (kind, name).
#define VITRINE_KIND(entry) VITRINE_KIND_OF entry
#define VITRINE_KIND_OF(kind, name) kind
#define VITRINE_NAME(entry) VITRINE_NAME_OF entry
#define VITRINE_NAME_OF(kind, name) name
#define VITRINE_NAME_TEXT(entry) VITRINE_NAME_TEXT_OF entry
#define VITRINE_NAME_TEXT_OF(kind, name) #name
#define VITRINE_KIND_TEXT(entry) VITRINE_KIND_TEXT_OF entry
#define VITRINE_KIND_TEXT_OF(kind, name) #kind
#define VITRINE_DECLARE(entry) VITRINE_DECLARE_OF entry
#define VITRINE_DECLARE_OF(kind, name) kind name
