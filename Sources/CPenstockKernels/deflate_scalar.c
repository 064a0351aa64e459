#include "deflate_parts.h"

size_t penstock_find_runs_scalar(const uint8_t *bytes, size_t count, penstock_deflate_run *runs) {
    size_t found = 0;
    for (size_t at = 1; at < count;) {
        size_t end = at;
        while (end < count && bytes[end] == bytes[at - 1]) end++;
        if (end - at >= PENSTOCK_DEFLATE_SHORTEST_RUN) {
            runs[found++] = (penstock_deflate_run){ (uint32_t)at, (uint32_t)(end - at) };
        }
        at = end + 1;
    }
    return found;
}

void penstock_put_literals_scalar(
    penstock_bits *bits, const penstock_deflate_code *code, const uint8_t *bytes, size_t count) {
    penstock_bits own = *bits;
    for (; count >= 4; count -= 4, bytes += 4) {
        uint64_t joined = 0;
        uint32_t length = 0;
        for (int i = 0; i < 4; i++) {
            joined |= (uint64_t)penstock_code_bits(code, bytes[i]) << length;
            length += code->lengths[bytes[i]];
        }
        penstock_put(&own, joined, length);
    }
    for (; count > 0; count--, bytes++) penstock_put(&own, penstock_code_bits(code, *bytes), code->lengths[*bytes]);
    *bits = own;
}
