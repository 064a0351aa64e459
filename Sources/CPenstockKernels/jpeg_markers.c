#include "jpeg_encoder.h"
#include "jpeg_tables.h"

/// The marks of a file's segments.
enum {
    start_of_image = 0xD8, application = 0xE0, quantization = 0xDB, frame = 0xC0, codes = 0xC4, scan = 0xDA,
    end_of_image = 0xD9,
};

static uint8_t *put_byte(uint8_t *out, int32_t value) {
    *out = (uint8_t)value;
    return out + 1;
}

static uint8_t *put_word(uint8_t *out, int32_t value) { return put_byte(put_byte(out, value >> 8), value); }

static uint8_t *put_mark(uint8_t *out, int32_t mark) { return put_byte(put_byte(out, 0xFF), mark); }

static uint8_t *put_bytes(uint8_t *out, const uint8_t *bytes, int32_t count) {
    for (int32_t i = 0; i < count; i++) out = put_byte(out, bytes[i]);
    return out;
}

size_t penstock_jpeg_write_start(const penstock_jpeg_encoder *encoder, uint8_t *out) {
    (void)encoder;
    // JFIF 1.1, square pixels of no known size, no thumbnail.
    static const uint8_t jfif[] = { 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0 };
    uint8_t *end = put_mark(put_mark(out, start_of_image), application);
    return (size_t)(put_bytes(end, jfif, sizeof jfif) - out);
}

static uint8_t *put_steps(uint8_t *out, const uint8_t *steps, int32_t table) {
    out = put_byte(put_word(put_mark(out, quantization), 3 + PENSTOCK_JPEG_BLOCK), table);
    for (int32_t i = 0; i < PENSTOCK_JPEG_BLOCK; i++) out = put_byte(out, steps[penstock_jpeg_order[i]]);
    return out;
}

static uint8_t *put_frame(uint8_t *out, const penstock_jpeg_encoder *encoder) {
    out = put_byte(put_word(put_mark(out, frame), 8 + 3 * encoder->components), 8);
    out = put_word(put_word(out, encoder->form.height), encoder->form.width);
    out = put_byte(out, encoder->components);
    for (int32_t i = 0; i < encoder->components; i++) {
        out = put_byte(put_byte(out, i + 1), i == 0 ? encoder->across << 4 | encoder->down : 0x11);
        out = put_byte(out, i > 0);
    }
    return out;
}

static uint8_t *put_codes(uint8_t *out, const jpeg_code_table *table, int32_t name) {
    out = put_byte(put_word(put_mark(out, codes), 19 + table->count), name);
    return put_bytes(put_bytes(out, table->lengths, sizeof table->lengths), table->symbols, table->count);
}

static uint8_t *put_scan(uint8_t *out, const penstock_jpeg_encoder *encoder) {
    out = put_byte(put_word(put_mark(out, scan), 6 + 2 * encoder->components), encoder->components);
    for (int32_t i = 0; i < encoder->components; i++) out = put_byte(put_byte(out, i + 1), i == 0 ? 0x00 : 0x11);
    // All 64 coefficients, whole.
    return put_byte(put_byte(put_byte(out, 0), 63), 0);
}

size_t penstock_jpeg_write_tables(const penstock_jpeg_encoder *encoder, uint8_t *out) {
    const int32_t tables = encoder->components > 1 ? 2 : 1;
    uint8_t *end = out;
    for (int32_t i = 0; i < tables; i++) end = put_steps(end, encoder->steps[i], i);
    end = put_frame(end, encoder);
    for (int32_t i = 0; i < tables; i++) {
        end = put_codes(end, &penstock_jpeg_first_codes[i], i);
        end = put_codes(end, &penstock_jpeg_other_codes[i], 0x10 | i);
    }
    return (size_t)(put_scan(end, encoder) - out);
}

size_t penstock_jpeg_write_end(penstock_jpeg_encoder *encoder, uint8_t *out) {
    uint8_t *end = out;
    if (encoder->bits.count > 0) {
        // The last byte is filled up with ones.
        const uint8_t last = (uint8_t)(encoder->bits.held >> 56 | 0xFFu >> encoder->bits.count);
        end = put_byte(end, last);
        if (last == 0xFF) end = put_byte(end, 0);
    }
    return (size_t)(put_mark(end, end_of_image) - out);
}
