#include "COpenVINO.h"

#if defined(__x86_64__)
#include <cpuid.h>

bool penstock_processor_is_slower_in_bf16(void) {
    const unsigned int amx_bf16 = 1u << 22, avx512_bf16 = 1u << 5;
    unsigned int a, b, c, d;
    if (!__get_cpuid(0, &a, &b, &c, &d) || b != signature_INTEL_ebx) {
        return false;
    }
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & amx_bf16)) {
        return false;
    }
    return __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a & avx512_bf16);
}
#else
bool penstock_processor_is_slower_in_bf16(void) {
    return false;
}
#endif
