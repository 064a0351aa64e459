/// Loops that the compiler vectorises by itself, compiled twice: for every machine, and for x86-64 with AVX2.
#ifndef PENSTOCK_WIDE_H
#define PENSTOCK_WIDE_H

/// A body that takes the instruction set of whatever it is inlined into.
#define WIDE_BODY __attribute__((always_inline)) static inline

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx2"), noinline)) static
/// Calls one of two functions with the same arguments.
#define WIDEST(wide, plain, ...) (__builtin_cpu_supports("avx2") ? wide(__VA_ARGS__) : plain(__VA_ARGS__))
#else
#define WIDE __attribute__((unused)) static
#define WIDEST(wide, plain, ...) plain(__VA_ARGS__)
#endif

#endif
