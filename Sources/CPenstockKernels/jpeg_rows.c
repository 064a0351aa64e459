#include "jpeg_encoder.h"
#include "jpeg_tables.h"

/// A stretch of a row of units: `pixels` across, of which `blocks` have any, in `units` units.
typedef struct stretch {
    const uint8_t *rows;
    ptrdiff_t stride;
    int32_t pixels, count, blocks, units;
} stretch;

size_t penstock_jpeg_encoder_bytes(void) { return sizeof(penstock_jpeg_encoder); }

static void make_tables(penstock_jpeg_encoder *encoder, int32_t quality) {
    for (int32_t i = 0; i < 2; i++) {
        penstock_jpeg_steps(i, quality, encoder->steps[i]);
        penstock_jpeg_quantizer_make(&encoder->quantizers[i], encoder->steps[i]);
        penstock_jpeg_codes_make(i, encoder->codes[i]);
    }
}

void penstock_jpeg_begin(
    penstock_jpeg_encoder *encoder, const penstock_kernels *kernels, const penstock_jpeg_form *form) {
    const int32_t is_gray = form->sampling == PENSTOCK_JPEG_GRAY;
    make_tables(encoder, form->quality);
    encoder->kernels = kernels;
    encoder->form = *form;
    encoder->components = is_gray ? 1 : 3;
    encoder->across = form->sampling == PENSTOCK_JPEG_420 || form->sampling == PENSTOCK_JPEG_422 ? 2 : 1;
    encoder->down = form->sampling == PENSTOCK_JPEG_420 ? 2 : 1;
    penstock_jpeg_unit unit = { .codes = encoder->codes[0] };
    unit.blocks = encoder->across * encoder->down + (is_gray ? 0 : 2);
    if (!is_gray) unit.component[unit.blocks - 2] = 1, unit.component[unit.blocks - 1] = 2;
    encoder->unit = unit;
    encoder->bits = (penstock_jpeg_bits){ 0 };
}

int32_t penstock_jpeg_unit_rows(const penstock_jpeg_encoder *encoder) { return 8 * encoder->down; }

size_t penstock_jpeg_rows_bound(const penstock_jpeg_encoder *encoder) {
    const int32_t across = 8 * encoder->across;
    const size_t units = (size_t)((encoder->form.width + across - 1) / across);
    // Every byte may be followed by a zero.
    const size_t bytes = 2 * ((units * (size_t)encoder->unit.blocks * PENSTOCK_JPEG_BLOCK_BITS + 7) / 8 + 1);
    return bytes + PENSTOCK_ROW_SLACK;
}

/// Repeats the last of `count` samples up to `whole`.
static void widen(uint8_t *row, int32_t count, int32_t whole) {
    if (whole > count) __builtin_memset(row + count, row[count - 1], (size_t)(whole - count));
}

/// Repeats the last of `count` rows up to `whole`.
static void heighten(uint8_t *plane, int32_t bytes, int32_t count, int32_t whole) {
    const uint8_t *last = plane + (count - 1) * jpeg_plane_stride;
    for (int32_t y = count; y < whole; y++) __builtin_memcpy(plane + y * jpeg_plane_stride, last, (size_t)bytes);
}

/// Fills the planes with the stretch's pixels, as wide as its units and as high as whole samples of chroma.
static void split(penstock_jpeg_encoder *encoder, const stretch *part) {
    const int32_t width = 8 * encoder->across * part->units;
    for (int32_t y = 0; y < part->count; y++) {
        const uint8_t *from = part->rows + y * part->stride;
        uint8_t *to[3];
        for (int32_t i = 0; i < 3; i++) to[i] = encoder->planes[i] + y * jpeg_plane_stride;
        if (encoder->components == 1) __builtin_memcpy(to[0], from, (size_t)part->pixels);
        else encoder->kernels->jpeg_colors(from, encoder->form.channels, part->pixels, to[0], to[1], to[2]);
        for (int32_t i = 0; i < encoder->components; i++) widen(to[i], part->pixels, width);
    }
    const int32_t whole = (part->count + encoder->down - 1) / encoder->down * encoder->down;
    for (int32_t i = 1; i < encoder->components; i++) heighten(encoder->planes[i], width, part->count, whole);
    heighten(encoder->planes[0], width, part->count, 8 * encoder->down);
}

/// The samples of a kind of chroma (1 or 2) as they are written, 8 rows of them.
static uint8_t *chroma(penstock_jpeg_encoder *encoder, const stretch *part, int32_t component) {
    const int32_t width = 8 * part->units, count = (part->count + encoder->down - 1) / encoder->down;
    const uint8_t *from = encoder->planes[component];
    uint8_t *to = encoder->across == 1 ? encoder->planes[component] : encoder->halved[component - 1];
    for (int32_t y = 0; y < count && encoder->across == 2; y++) {
        const uint8_t *upper = from + y * encoder->down * jpeg_plane_stride;
        const uint8_t *lower = encoder->down == 2 ? upper + jpeg_plane_stride : 0;
        encoder->kernels->jpeg_halve(upper, lower, width, to + y * jpeg_plane_stride);
    }
    heighten(to, width, count, 8);
    return to;
}

/// Makes a block of nothing but the first coefficient of another: what lies outside the picture costs nothing.
static void repeat_first(int16_t *block, const int16_t *other) {
    __builtin_memset(block, 0, PENSTOCK_JPEG_BLOCK * sizeof *block);
    block[0] = other[0];
}

/// Fills the blocks of luma that units have outside the picture.
static void fill_units(penstock_jpeg_encoder *encoder, const stretch *part) {
    const int32_t unit = encoder->unit.blocks * PENSTOCK_JPEG_BLOCK;
    int16_t *last = encoder->blocks + (part->units - 1) * unit;
    for (int32_t row = 0; row < encoder->down && part->blocks % encoder->across > 0; row++) {
        int16_t *pair = last + row * 2 * PENSTOCK_JPEG_BLOCK;
        repeat_first(pair + PENSTOCK_JPEG_BLOCK, pair);
    }
    for (int32_t i = 0; i < part->units && part->count <= 8 && encoder->down == 2; i++) {
        int16_t *upper = encoder->blocks + i * unit + PENSTOCK_JPEG_BLOCK;
        repeat_first(upper + PENSTOCK_JPEG_BLOCK, upper);
        repeat_first(upper + 2 * PENSTOCK_JPEG_BLOCK, upper);
    }
}

static void transform(penstock_jpeg_encoder *encoder, const stretch *part) {
    const penstock_kernels *kernels = encoder->kernels;
    const int32_t unit = encoder->unit.blocks;
    int16_t *out = encoder->blocks;
    for (int32_t row = 0; row < encoder->down; row++, out += encoder->across * PENSTOCK_JPEG_BLOCK) {
        if (8 * row >= part->count) continue;
        const uint8_t *luma = encoder->planes[0] + 8 * row * jpeg_plane_stride;
        kernels->jpeg_transform(
            &encoder->quantizers[0], luma, jpeg_plane_stride, part->blocks, encoder->across, unit, out);
    }
    for (int32_t i = 1; i < encoder->components; i++, out += PENSTOCK_JPEG_BLOCK) {
        const uint8_t *samples = chroma(encoder, part, i);
        kernels->jpeg_transform(&encoder->quantizers[1], samples, jpeg_plane_stride, part->units, 1, unit, out);
    }
    fill_units(encoder, part);
}

size_t penstock_jpeg_write_rows(
    penstock_jpeg_encoder *encoder, const uint8_t *rows, ptrdiff_t stride, int32_t count, uint8_t *out) {
    uint8_t *end = out;
    for (int32_t first = 0; first < encoder->form.width; first += jpeg_stretch) {
        const int32_t left = encoder->form.width - first, pixels = left < jpeg_stretch ? left : jpeg_stretch;
        const int32_t across = 8 * encoder->across;
        const stretch part = {
            rows + (ptrdiff_t)first * encoder->form.channels, stride, pixels, count, (pixels + 7) / 8,
            (pixels + across - 1) / across,
        };
        split(encoder, &part);
        transform(encoder, &part);
        encoder->bits.out = encoder->raw;
        encoder->kernels->jpeg_code(&encoder->unit, encoder->blocks, part.units, &encoder->bits);
        end += encoder->kernels->jpeg_stuff(encoder->raw, (size_t)(encoder->bits.out - encoder->raw), end);
    }
    return (size_t)(end - out);
}
