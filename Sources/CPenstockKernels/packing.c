#include "axis_parts.h"

size_t penstock_packing_byte_count(penstock_packing packing, int32_t taps, int32_t count) {
    (void)packing; (void)taps; (void)count;
    return 0;
}

void penstock_pack(penstock_axis *axis, penstock_packing packing, void *memory) {
    (void)axis; (void)packing; (void)memory;
}
