#include "penstock_jpeg_transform.h"

#include "jpeg_status.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

// What is kept of a large picture's memory when it is done.
static const size_t kept_bytes = (size_t)16 << 20;
static const size_t first_bytes = (size_t)64 << 10;

// Which coefficient of a stored block becomes each one of the new block, and whether its sign changes: 0 or −1.
typedef struct block_turn {
    uint8_t from[DCTSIZE2];
    JCOEF sign[DCTSIZE2];
    bool transposes;
} block_turn;

struct penstock_jpeg_transformer {
    struct jpeg_decompress_struct reader;
    struct jpeg_compress_struct writer;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr source;
    struct jpeg_destination_mgr destination;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    // What to answer when the library gives up.
    penstock_jpeg_status failure;
    // Whether a warning means that pixels are damaged: it does once coefficients are read.
    bool is_strict;
    int scan_limit;
    block_turn turn;
    uint8_t *bytes;
    size_t capacity;
    size_t count;
    char message[JMSG_LENGTH_MAX];
};

// Every function below that sets `escape` does so anew: a jump must never land in a frame that has returned.
static penstock_jpeg_transformer *owner(j_common_ptr library) { return library->client_data; }

static _Noreturn void give_up(penstock_jpeg_transformer *transformer, penstock_jpeg_status failure) {
    transformer->failure = failure;
    longjmp(transformer->escape, 1);
}

static void on_error(j_common_ptr library) {
    penstock_jpeg_transformer *transformer = owner(library);
    library->err->format_message(library, transformer->message);
    give_up(transformer, penstock_jpeg_status_of(library->err->msg_code));
}

static void on_message(j_common_ptr library, int level) {
    if (level < 0 && owner(library)->is_strict) on_error(library);
}

static void on_progress(j_common_ptr library) {
    penstock_jpeg_transformer *transformer = owner(library);
    if (transformer->reader.input_scan_number > transformer->scan_limit) {
        give_up(transformer, PENSTOCK_JPEG_TOO_MANY_SCANS);
    }
}

static void print_nothing(j_common_ptr library) { (void)library; }

static void source_begins_or_ends(j_decompress_ptr library) { (void)library; }

static boolean fill(j_decompress_ptr library) { give_up(library->client_data, PENSTOCK_JPEG_TRUNCATED); }

static void skip(j_decompress_ptr library, long count) {
    if (count <= 0) return;
    if ((size_t)count > library->src->bytes_in_buffer) fill(library);
    library->src->next_input_byte += count;
    library->src->bytes_in_buffer -= (size_t)count;
}

// Makes room, and tells the library where it goes on behind the first `count` bytes.
static void grow(penstock_jpeg_transformer *transformer, size_t capacity, size_t count) {
    if (capacity > transformer->capacity) {
        uint8_t *larger = realloc(transformer->bytes, capacity);
        if (larger == NULL) give_up(transformer, PENSTOCK_JPEG_NO_MEMORY);
        transformer->bytes = larger;
        transformer->capacity = capacity;
    }
    transformer->destination.next_output_byte = transformer->bytes + count;
    transformer->destination.free_in_buffer = transformer->capacity - count;
}

static void destination_begins(j_compress_ptr library) { grow(library->client_data, first_bytes, 0); }

static boolean empty(j_compress_ptr library) {
    penstock_jpeg_transformer *transformer = library->client_data;
    grow(transformer, 2 * transformer->capacity, transformer->capacity);
    return TRUE;
}

static void destination_ends(j_compress_ptr library) {
    penstock_jpeg_transformer *transformer = library->client_data;
    transformer->count = transformer->capacity - transformer->destination.free_in_buffer;
}

static void connect(penstock_jpeg_transformer *transformer) {
    jpeg_create_decompress(&transformer->reader);
    jpeg_create_compress(&transformer->writer);
    transformer->source.init_source = source_begins_or_ends;
    transformer->source.fill_input_buffer = fill;
    transformer->source.skip_input_data = skip;
    transformer->source.resync_to_restart = jpeg_resync_to_restart;
    transformer->source.term_source = source_begins_or_ends;
    transformer->reader.src = &transformer->source;
    transformer->destination.init_destination = destination_begins;
    transformer->destination.empty_output_buffer = empty;
    transformer->destination.term_destination = destination_ends;
    transformer->writer.dest = &transformer->destination;
    transformer->progress.progress_monitor = on_progress;
    transformer->reader.progress = &transformer->progress;
}

penstock_jpeg_transformer *penstock_jpeg_transformer_create(void) {
    penstock_jpeg_transformer *transformer = calloc(1, sizeof *transformer);
    if (transformer == NULL) return NULL;
    transformer->reader.err = transformer->writer.err = jpeg_std_error(&transformer->errors);
    transformer->errors.error_exit = on_error;
    transformer->errors.emit_message = on_message;
    transformer->errors.output_message = print_nothing;
    transformer->reader.client_data = transformer->writer.client_data = transformer;
    return transformer;
}

// Lets go of both pictures and their tables, which would otherwise serve for the next picture where it brings none.
static void disconnect(penstock_jpeg_transformer *transformer) {
    jpeg_destroy_decompress(&transformer->reader);
    jpeg_destroy_compress(&transformer->writer);
}

void penstock_jpeg_transformer_destroy(penstock_jpeg_transformer *transformer) {
    if (transformer == NULL) return;
    disconnect(transformer);
    free(transformer->bytes);
    free(transformer);
}

static bool has_luma(const struct jpeg_decompress_struct *reader) {
    const jpeg_component_info *luma = reader->comp_info;
    return (reader->jpeg_color_space == JCS_GRAYSCALE || reader->jpeg_color_space == JCS_YCbCr)
        && luma->h_samp_factor == reader->max_h_samp_factor && luma->v_samp_factor == reader->max_v_samp_factor;
}

static void describe(const struct jpeg_decompress_struct *reader, penstock_jpeg_blocks *blocks) {
    bool is_alone = reader->num_components == 1;
    blocks->width = (int)reader->image_width;
    blocks->height = (int)reader->image_height;
    blocks->components = reader->num_components;
    // Blocks of a single component are never grouped.
    blocks->group_width = DCTSIZE * (is_alone ? 1 : reader->max_h_samp_factor);
    blocks->group_height = DCTSIZE * (is_alone ? 1 : reader->max_v_samp_factor);
    blocks->has_luma = has_luma(reader);
}

// Why the picture cannot be written as it was read; NULL where it can.
static const char *obstacle(const struct jpeg_decompress_struct *reader) {
    if (reader->jpeg_color_space == JCS_UNKNOWN) return "its components are of unknown colours";
    int blocks = 0;
    for (int component = 0; component < reader->num_components; component++) {
        blocks += reader->comp_info[component].h_samp_factor * reader->comp_info[component].v_samp_factor;
    }
    bool is_alone = reader->num_components == 1;
    return !is_alone && blocks > C_MAX_BLOCKS_IN_MCU ? "its components are too finely sampled to be interleaved" : NULL;
}

penstock_jpeg_status penstock_jpeg_transformer_open(
    penstock_jpeg_transformer *transformer, const uint8_t *bytes, size_t count, penstock_jpeg_blocks *blocks) {
    transformer->message[0] = 0;
    transformer->is_strict = false;
    transformer->scan_limit = INT32_MAX;
    transformer->count = 0;
    transformer->source.next_input_byte = bytes;
    transformer->source.bytes_in_buffer = count;
    if (setjmp(transformer->escape)) return transformer->failure;
    connect(transformer);
    jpeg_read_header(&transformer->reader, TRUE);
    const char *reason = obstacle(&transformer->reader);
    if (reason != NULL) {
        snprintf(transformer->message, sizeof transformer->message, "%s", reason);
        return PENSTOCK_JPEG_UNSUPPORTED;
    }
    describe(&transformer->reader, blocks);
    return PENSTOCK_JPEG_OK;
}

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

// Asks for the new picture's blocks. The library allows that only before it reads the old ones.
static jvirt_barray_ptr *request_blocks(
    penstock_jpeg_transformer *transformer, const penstock_jpeg_transform *transform, int components) {
    j_common_ptr common = (j_common_ptr)&transformer->reader;
    jvirt_barray_ptr *arrays =
        common->mem->alloc_small(common, JPOOL_IMAGE, (size_t)components * sizeof(jvirt_barray_ptr));
    for (int component = 0; component < components; component++) {
        sampling factors = sampling_of(&transformer->reader, component, components == 1);
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

static JBLOCKROW row_of(penstock_jpeg_transformer *transformer, jvirt_barray_ptr array, int row, bool writes) {
    j_common_ptr common = (j_common_ptr)&transformer->reader;
    return common->mem->access_virt_barray(common, array, (JDIMENSION)row, 1, writes)[0];
}

static void turn_component(
    penstock_jpeg_transformer *transformer, jvirt_barray_ptr to, jvirt_barray_ptr from, block_axis columns,
    block_axis rows) {
    const block_turn *turn = &transformer->turn;
    int down = turn->transposes ? columns.count : rows.count;
    int across = turn->transposes ? rows.count : columns.count;
    for (int y = 0; y < down; y++) {
        JBLOCKROW target = row_of(transformer, to, y, TRUE);
        if (turn->transposes) {
            int column = columns.first + y * columns.step;
            for (int x = 0; x < across; x++) {
                JBLOCKROW stored = row_of(transformer, from, rows.first + x * rows.step, FALSE);
                turn_block(turn, target[x], stored[column]);
            }
        } else {
            JBLOCKROW stored = row_of(transformer, from, rows.first + y * rows.step, FALSE);
            for (int x = 0; x < across; x++) turn_block(turn, target[x], stored[columns.first + x * columns.step]);
        }
    }
}

static void turn_blocks(
    penstock_jpeg_transformer *transformer, const penstock_jpeg_transform *transform, jvirt_barray_ptr *to,
    jvirt_barray_ptr *from, int components) {
    transformer->turn = turn_of(transform);
    for (int component = 0; component < components; component++) {
        sampling factors = sampling_of(&transformer->reader, component, components == 1);
        block_axis columns = axis_of(
            transform->x, transform->width, transform->mirrors_columns, factors.columns, factors.most_columns);
        block_axis rows =
            axis_of(transform->y, transform->height, transform->mirrors_rows, factors.rows, factors.most_rows);
        turn_component(transformer, to[component], from[component], columns, rows);
    }
}

static void transpose_tables(struct jpeg_compress_struct *writer) {
    for (int table = 0; table < NUM_QUANT_TBLS; table++) {
        if (writer->quant_tbl_ptrs[table] == NULL) continue;
        UINT16 *steps = writer->quant_tbl_ptrs[table]->quantval;
        for (int row = 0; row < DCTSIZE; row++) {
            for (int column = 0; column < row; column++) {
                UINT16 kept = steps[row * DCTSIZE + column];
                steps[row * DCTSIZE + column] = steps[column * DCTSIZE + row];
                steps[column * DCTSIZE + row] = kept;
            }
        }
    }
}

static void describe_output(
    penstock_jpeg_transformer *transformer, const penstock_jpeg_transform *transform, int components) {
    struct jpeg_compress_struct *writer = &transformer->writer;
    jpeg_copy_critical_parameters(&transformer->reader, writer);
    if (components == 1) {
        int table = writer->comp_info[0].quant_tbl_no;
        jpeg_set_colorspace(writer, JCS_GRAYSCALE);
        writer->comp_info[0].quant_tbl_no = table;
    }
    // Readers take inks without Adobe's mark to be the other way round.
    if (writer->jpeg_color_space == JCS_CMYK) writer->write_Adobe_marker = transformer->reader.saw_Adobe_marker;
    writer->image_width = (JDIMENSION)(transform->transposes ? transform->height : transform->width);
    writer->image_height = (JDIMENSION)(transform->transposes ? transform->width : transform->height);
    if (transform->transposes) {
        transpose_tables(writer);
        for (int component = 0; component < components; component++) {
            jpeg_component_info *info = writer->comp_info + component;
            int factor = info->h_samp_factor;
            info->h_samp_factor = info->v_samp_factor;
            info->v_samp_factor = factor;
        }
    }
    // Whatever the old codes were, every reader reads these.
    writer->arith_code = FALSE;
    writer->optimize_coding = transform->optimized;
    if (transform->progressive) jpeg_simple_progression(writer);
}

static bool moves_blocks(const penstock_jpeg_transform *transform) {
    return transform->x > 0 || transform->y > 0 || transform->mirrors_columns || transform->mirrors_rows
        || transform->transposes;
}

static void write_segments(struct jpeg_compress_struct *writer, const penstock_jpeg_segments *segments) {
    if (segments->exif_count > 0) {
        jpeg_write_marker(writer, JPEG_APP0 + 1, segments->exif, (unsigned)segments->exif_count);
    }
    if (segments->profile_count > 0) {
        jpeg_write_icc_profile(writer, segments->profile, (unsigned)segments->profile_count);
    }
}

penstock_jpeg_status penstock_jpeg_transformer_run(
    penstock_jpeg_transformer *transformer, const penstock_jpeg_transform *transform,
    const penstock_jpeg_segments *segments) {
    transformer->scan_limit = transform->scan_limit;
    transformer->is_strict = true;
    if (setjmp(transformer->escape)) return transformer->failure;
    int components = transform->luma_alone ? 1 : transformer->reader.num_components;
    bool moves = moves_blocks(transform);
    jvirt_barray_ptr *moved = moves ? request_blocks(transformer, transform, components) : NULL;
    jvirt_barray_ptr *stored = jpeg_read_coefficients(&transformer->reader);
    describe_output(transformer, transform, components);
    if (moves) turn_blocks(transformer, transform, moved, stored, components);
    jpeg_write_coefficients(&transformer->writer, moves ? moved : stored);
    write_segments(&transformer->writer, segments);
    jpeg_finish_compress(&transformer->writer);
    return PENSTOCK_JPEG_OK;
}

const uint8_t *penstock_jpeg_transformer_bytes(const penstock_jpeg_transformer *transformer, size_t *count) {
    *count = transformer->count;
    return transformer->bytes;
}

void penstock_jpeg_transformer_close(penstock_jpeg_transformer *transformer) {
    disconnect(transformer);
    transformer->source.next_input_byte = NULL;
    transformer->source.bytes_in_buffer = 0;
    transformer->count = 0;
    if (transformer->capacity > kept_bytes) {
        free(transformer->bytes);
        transformer->bytes = NULL;
        transformer->capacity = 0;
    }
}

const char *penstock_jpeg_transformer_message(const penstock_jpeg_transformer *transformer) {
    return transformer->message;
}
