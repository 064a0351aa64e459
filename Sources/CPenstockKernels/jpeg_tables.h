/// The tables that libjpeg writes by default, which are those of the JPEG standard's Annex K.
#ifndef PENSTOCK_JPEG_TABLES_H
#define PENSTOCK_JPEG_TABLES_H

#include "include/penstock_jpeg.h"

/// A table of codes: how many there are of each length from 1 on, and what they stand for.
typedef struct jpeg_code_table {
    uint8_t lengths[16];
    const uint8_t *symbols;
    int32_t count;
} jpeg_code_table;

/// The place of each coefficient of the order in which files hold them.
extern const uint8_t penstock_jpeg_order[PENSTOCK_JPEG_BLOCK];
/// For luma and for chroma: the codes of the sizes of first coefficients, and of runs and sizes of the others.
extern const jpeg_code_table penstock_jpeg_first_codes[2];
extern const jpeg_code_table penstock_jpeg_other_codes[2];

/// The steps of luma (0) or chroma (1) at a quality from 1 to 100, in the blocks' own order.
void penstock_jpeg_steps(int32_t is_chroma, int32_t quality, uint8_t *out);

/// Makes the divisions by those steps.
void penstock_jpeg_quantizer_make(penstock_jpeg_quantizer *quantizer, const uint8_t *steps);

/// Makes the codes of luma (0) or chroma (1): as `penstock_jpeg_unit` wants them.
void penstock_jpeg_codes_make(int32_t is_chroma, uint32_t *out);

#endif
