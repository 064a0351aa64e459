#include "jpeg_blocks.h"

// Which coefficient of a stored block becomes each one of the new block, and whether its sign changes: 0 or −1.
typedef struct block_turn {
    uint8_t from[DCTSIZE2];
    JCOEF sign[DCTSIZE2];
    bool transposes;
} block_turn;

static block_turn turn_of(const penstock_jpeg_transform *transform) {
    block_turn turn = {.transposes = transform->transposes};
    for (int index = 0; index < DCTSIZE2; index++) {
        int row = index / DCTSIZE, column = index % DCTSIZE;
        if (transform->transposes) {
            row = index % DCTSIZE;
            column = index / DCTSIZE;
        }
        turn.from[index] = (uint8_t)(row * DCTSIZE + column);
        // A mirrored wave of odd frequency is its own negative.
        bool changes = (transform->mirrors_columns && column % 2) != (transform->mirrors_rows && row % 2);
        turn.sign[index] = changes ? -1 : 0;
    }
    return turn;
}

static void turn_block(const block_turn *turn, JCOEFPTR to, const JCOEF *from) {
    if (turn->transposes) {
        for (int index = 0; index < DCTSIZE2; index++) {
            to[index] = (JCOEF)((from[turn->from[index]] ^ turn->sign[index]) - turn->sign[index]);
        }
    } else {
        for (int index = 0; index < DCTSIZE2; index++) {
            to[index] = (JCOEF)((from[index] ^ turn->sign[index]) - turn->sign[index]);
        }
    }
}

// Blocks of one component along one axis of the stored picture: which one comes first, and which way they go on.
typedef struct block_axis {
    int first;
    int step;
    int count;
} block_axis;

static int blocks_covering(int pixels, int sampling, int most) {
    return (pixels * sampling + most * DCTSIZE - 1) / (most * DCTSIZE);
}

static block_axis axis_of(int start, int length, bool mirrors, int sampling, int most) {
    int edge = (mirrors ? start + length : start) / (most * DCTSIZE) * sampling;
    block_axis axis = {mirrors ? edge - 1 : edge, mirrors ? -1 : 1, blocks_covering(length, sampling, most)};
    return axis;
}

// How much a component is sampled against the others; one that is alone is not.
typedef struct sampling {
    int columns, rows, most_columns, most_rows;
} sampling;

static sampling sampling_of(const struct jpeg_decompress_struct *reader, int component, bool is_alone) {
    const jpeg_component_info *info = reader->comp_info + component;
    sampling found = {info->h_samp_factor, info->v_samp_factor, reader->max_h_samp_factor, reader->max_v_samp_factor};
    sampling alone = {1, 1, 1, 1};
    return is_alone ? alone : found;
}

static JDIMENSION rounded_up(int count, int multiple) {
    return (JDIMENSION)((count + multiple - 1) / multiple * multiple);
}

jvirt_barray_ptr *penstock_jpeg_blocks_request(
    struct jpeg_decompress_struct *reader, const penstock_jpeg_transform *transform, int components) {
    j_common_ptr common = (j_common_ptr)reader;
    jvirt_barray_ptr *arrays =
        common->mem->alloc_small(common, JPOOL_IMAGE, (size_t)components * sizeof(jvirt_barray_ptr));
    for (int component = 0; component < components; component++) {
        sampling factors = sampling_of(reader, component, components == 1);
        JDIMENSION across = rounded_up(
            blocks_covering(transform->width, factors.columns, factors.most_columns), factors.columns);
        JDIMENSION down =
            rounded_up(blocks_covering(transform->height, factors.rows, factors.most_rows), factors.rows);
        bool turns = transform->transposes;
        // The encoder takes a row of groups at a time, and blocks behind the picture's edges are zero.
        arrays[component] = common->mem->request_virt_barray(
            common, JPOOL_IMAGE, TRUE, turns ? down : across, turns ? across : down,
            (JDIMENSION)(turns ? factors.columns : factors.rows));
    }
    return arrays;
}

static JBLOCKROW row_of(struct jpeg_decompress_struct *reader, jvirt_barray_ptr array, int row, bool writes) {
    j_common_ptr common = (j_common_ptr)reader;
    return common->mem->access_virt_barray(common, array, (JDIMENSION)row, 1, writes)[0];
}

static void turn_component(
    struct jpeg_decompress_struct *reader, const block_turn *turn, jvirt_barray_ptr to, jvirt_barray_ptr from,
    block_axis columns, block_axis rows) {
    int down = turn->transposes ? columns.count : rows.count;
    int across = turn->transposes ? rows.count : columns.count;
    for (int y = 0; y < down; y++) {
        JBLOCKROW target = row_of(reader, to, y, TRUE);
        if (turn->transposes) {
            int column = columns.first + y * columns.step;
            for (int x = 0; x < across; x++) {
                JBLOCKROW stored = row_of(reader, from, rows.first + x * rows.step, FALSE);
                turn_block(turn, target[x], stored[column]);
            }
        } else {
            JBLOCKROW stored = row_of(reader, from, rows.first + y * rows.step, FALSE);
            for (int x = 0; x < across; x++) turn_block(turn, target[x], stored[columns.first + x * columns.step]);
        }
    }
}

void penstock_jpeg_blocks_turn(
    struct jpeg_decompress_struct *reader, const penstock_jpeg_transform *transform, jvirt_barray_ptr *to,
    jvirt_barray_ptr *from, int components) {
    const block_turn turn = turn_of(transform);
    for (int component = 0; component < components; component++) {
        sampling factors = sampling_of(reader, component, components == 1);
        block_axis columns = axis_of(
            transform->x, transform->width, transform->mirrors_columns, factors.columns, factors.most_columns);
        block_axis rows =
            axis_of(transform->y, transform->height, transform->mirrors_rows, factors.rows, factors.most_rows);
        turn_component(reader, &turn, to[component], from[component], columns, rows);
    }
}

bool penstock_jpeg_blocks_move(const penstock_jpeg_transform *transform) {
    return transform->x > 0 || transform->y > 0 || transform->mirrors_columns || transform->mirrors_rows
        || transform->transposes;
}

// Pictures of 8 bits reach no further, and the usual codes end here; damage that was not noticed may lie beyond.
static bool block_fits(const JCOEF *block) {
    enum { beyond = 1024 };
    // The bits of all sizes together: where none is too high, no size is too large.
    JCOEF bits = 0;
    for (int index = 0; index < DCTSIZE2; index++) {
        JCOEF sign = (JCOEF)(block[index] >> 15);
        bits |= (JCOEF)((block[index] ^ sign) - sign);
    }
    if ((unsigned)(uint16_t)bits < beyond) return true;
    // The mean alone may be as low as this.
    if (block[0] != -beyond) return false;
    for (int index = 1; index < DCTSIZE2; index++) {
        if (block[index] <= -beyond || block[index] >= beyond) return false;
    }
    return true;
}

bool penstock_jpeg_blocks_fit(
    struct jpeg_decompress_struct *reader, const penstock_jpeg_transform *transform, jvirt_barray_ptr *arrays,
    int components) {
    for (int component = 0; component < components; component++) {
        sampling factors = sampling_of(reader, component, components == 1);
        int across = blocks_covering(transform->width, factors.columns, factors.most_columns);
        int down = blocks_covering(transform->height, factors.rows, factors.most_rows);
        for (int y = 0; y < (transform->transposes ? across : down); y++) {
            JBLOCKROW row = row_of(reader, arrays[component], y, FALSE);
            for (int x = 0; x < (transform->transposes ? down : across); x++) {
                if (!block_fits(row[x])) return false;
            }
        }
    }
    return true;
}
