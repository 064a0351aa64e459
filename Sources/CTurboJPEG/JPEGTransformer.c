#include "penstock_jpeg_transform.h"

#include "jpeg_blocks.h"
#include "jpeg_status.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

// What is kept of a large picture's memory when it is done.
static const size_t kept_bytes = (size_t)16 << 20;
static const size_t first_bytes = (size_t)64 << 10;

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
    bool moves = penstock_jpeg_blocks_move(transform);
    jvirt_barray_ptr *moved = moves ? penstock_jpeg_blocks_request(&transformer->reader, transform, components) : NULL;
    jvirt_barray_ptr *stored = jpeg_read_coefficients(&transformer->reader);
    if (moves) penstock_jpeg_blocks_turn(&transformer->reader, transform, moved, stored, components);
    jvirt_barray_ptr *made = moves ? moved : stored;
    if (!penstock_jpeg_blocks_fit(&transformer->reader, transform, made, components)) {
        snprintf(transformer->message, sizeof transformer->message, "a coefficient is out of range");
        return PENSTOCK_JPEG_BROKEN;
    }
    describe_output(transformer, transform, components);
    jpeg_write_coefficients(&transformer->writer, made);
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
