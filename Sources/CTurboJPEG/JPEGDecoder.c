#include "CTurboJPEG.h"

#include "jpeg_status.h"
#include "penstock_pixels.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

// One row of blocks of halved chroma.
enum { rows_a_call = 16 };

struct penstock_jpeg {
    struct jpeg_decompress_struct library;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    // What to answer when the library gives up.
    penstock_jpeg_status failure;
    bool allow_truncated;
    bool ran_dry;
    int scan_limit;
    // One row of CMYK, from the library's pool for this picture; NULL where the library makes RGB itself.
    JSAMPARRAY inks;
    char message[JMSG_LENGTH_MAX];
};

// Every function below that sets `escape` does so anew: a jump must never land in a frame that has returned.
static penstock_jpeg *owner(j_common_ptr library) { return library->client_data; }

static _Noreturn void give_up(penstock_jpeg *decoder, penstock_jpeg_status failure) {
    decoder->failure = failure;
    longjmp(decoder->escape, 1);
}

static void on_error(j_common_ptr library) {
    penstock_jpeg *decoder = owner(library);
    library->err->format_message(library, decoder->message);
    give_up(decoder, penstock_jpeg_status_of(library->err->msg_code));
}

// Warnings are counted, and the first is kept; traces (level 0 and up) are of no use here.
static void on_message(j_common_ptr library, int level) {
    if (level >= 0) return;
    penstock_jpeg *decoder = owner(library);
    if (library->err->num_warnings++ == 0) library->err->format_message(library, decoder->message);
}

static void on_progress(j_common_ptr library) {
    penstock_jpeg *decoder = owner(library);
    if (decoder->library.input_scan_number > decoder->scan_limit) give_up(decoder, PENSTOCK_JPEG_TOO_MANY_SCANS);
}

static void print_nothing(j_common_ptr library) { (void)library; }

static void source_begins_or_ends(j_decompress_ptr library) { (void)library; }

// The bytes have run out: give up, or pretend that the picture ends here.
static boolean fill(j_decompress_ptr library) {
    static const JOCTET end_of_image[] = {0xFF, JPEG_EOI};
    penstock_jpeg *decoder = library->client_data;
    decoder->ran_dry = true;
    if (!decoder->allow_truncated) give_up(decoder, PENSTOCK_JPEG_TRUNCATED);
    library->src->next_input_byte = end_of_image;
    library->src->bytes_in_buffer = sizeof end_of_image;
    return TRUE;
}

static void skip(j_decompress_ptr library, long count) {
    if (count <= 0) return;
    if ((size_t)count > library->src->bytes_in_buffer) {
        fill(library);
        return;
    }
    library->src->next_input_byte += count;
    library->src->bytes_in_buffer -= (size_t)count;
}

penstock_jpeg *penstock_jpeg_create(void) {
    penstock_jpeg *decoder = calloc(1, sizeof *decoder);
    if (decoder == NULL) return NULL;
    decoder->library.err = jpeg_std_error(&decoder->errors);
    decoder->errors.error_exit = on_error;
    decoder->errors.emit_message = on_message;
    decoder->errors.output_message = print_nothing;
    decoder->library.client_data = decoder;
    decoder->source.init_source = source_begins_or_ends;
    decoder->source.fill_input_buffer = fill;
    decoder->source.skip_input_data = skip;
    decoder->source.resync_to_restart = jpeg_resync_to_restart;
    decoder->source.term_source = source_begins_or_ends;
    decoder->progress.progress_monitor = on_progress;
    return decoder;
}

void penstock_jpeg_destroy(penstock_jpeg *decoder) {
    if (decoder == NULL) return;
    penstock_jpeg_close(decoder);
    free(decoder);
}

// How many bytes of a picture to decode: a segment of tables that is cut short would end it before its time, so the
// picture ends before that segment instead.
static size_t sound_length(const uint8_t *bytes, size_t count) {
    size_t offset = 2;
    while (offset + 2 <= count) {
        uint8_t marker = bytes[offset + 1];
        bool is_mark = bytes[offset] == 0xFF && marker > 0x01 && marker < 0xFF && (marker & 0xF8) != 0xD0;
        if (!is_mark) {
            // Pixels, or stray bytes.
            offset += 1;
            continue;
        }
        if (marker == JPEG_EOI) break;
        if (count - offset < 4) return offset;
        size_t length = (size_t)bytes[offset + 2] << 8 | bytes[offset + 3];
        if (length > count - offset - 2) return offset;
        offset += 2 + length;
    }
    return count;
}

// Other three components would have to be mixed, which is the business of whoever mixes RGB.
static bool has_luma(const struct jpeg_decompress_struct *library) {
    return library->jpeg_color_space == JCS_GRAYSCALE || library->jpeg_color_space == JCS_YCbCr;
}

static void describe(const struct jpeg_decompress_struct *library, penstock_jpeg_header *header) {
    const jpeg_component_info *first = library->comp_info;
    const jpeg_component_info *second = library->num_components > 1 ? first + 1 : first;
    header->width = (int)library->image_width;
    header->height = (int)library->image_height;
    header->components = library->num_components;
    header->precision = library->data_precision;
    header->horizontal_sampling = second->h_samp_factor > 0 ? first->h_samp_factor / second->h_samp_factor : 1;
    header->vertical_sampling = second->v_samp_factor > 0 ? first->v_samp_factor / second->v_samp_factor : 1;
    header->progressive = library->progressive_mode;
    header->arithmetic = library->arith_code;
    header->has_luma = has_luma(library);
    header->luma_chroma = library->jpeg_color_space == JCS_YCbCr || library->jpeg_color_space == JCS_YCCK;
}

penstock_jpeg_status penstock_jpeg_open(
    penstock_jpeg *decoder, const uint8_t *bytes, size_t count, bool allow_truncated, penstock_jpeg_header *header) {
    decoder->allow_truncated = allow_truncated;
    decoder->ran_dry = false;
    decoder->inks = NULL;
    decoder->message[0] = 0;
    decoder->scan_limit = INT32_MAX;
    decoder->source.next_input_byte = bytes;
    decoder->source.bytes_in_buffer = allow_truncated ? sound_length(bytes, count) : count;
    if (setjmp(decoder->escape)) return decoder->failure;
    // Made anew for every picture: the library would decode one that lacks tables with those of the picture before.
    jpeg_create_decompress(&decoder->library);
    decoder->library.src = &decoder->source;
    decoder->library.progress = &decoder->progress;
    jpeg_read_header(&decoder->library, TRUE);
    describe(&decoder->library, header);
    return PENSTOCK_JPEG_OK;
}

int penstock_jpeg_scaled(int edge, int denominator) { return (edge + denominator - 1) / denominator; }

penstock_jpeg_status penstock_jpeg_start(penstock_jpeg *decoder, int denominator, bool gray, int scan_limit) {
    struct jpeg_decompress_struct *library = &decoder->library;
    decoder->scan_limit = scan_limit;
    if (setjmp(decoder->escape)) return decoder->failure;
    switch (library->num_components) {
    case 1:
    case 3:
        library->out_color_space = gray && has_luma(library) ? JCS_GRAYSCALE : JCS_RGB;
        break;
    case 4:
        library->out_color_space = JCS_CMYK;
        break;
    default:
        snprintf(decoder->message, sizeof decoder->message, "%d components", library->num_components);
        return PENSTOCK_JPEG_UNSUPPORTED;
    }
    library->scale_num = 1;
    library->scale_denom = (unsigned)denominator;
    jpeg_start_decompress(library);
    if (library->out_color_space == JCS_CMYK) {
        j_common_ptr common = (j_common_ptr)library;
        decoder->inks = library->mem->alloc_sarray(common, JPOOL_IMAGE, library->output_width * 4, 1);
    }
    return PENSTOCK_JPEG_OK;
}

penstock_jpeg_status penstock_jpeg_read(penstock_jpeg *decoder, uint8_t *destination, ptrdiff_t stride, int count) {
    struct jpeg_decompress_struct *library = &decoder->library;
    if (setjmp(decoder->escape)) return decoder->failure;
    JDIMENSION first = library->output_scanline;
    JDIMENSION left = library->output_height - first;
    JDIMENSION end = first + ((JDIMENSION)count < left ? (JDIMENSION)count : left);
    while (library->output_scanline < end) {
        uint8_t *row = destination + (ptrdiff_t)(library->output_scanline - first) * stride;
        if (decoder->inks != NULL) {
            jpeg_read_scanlines(library, decoder->inks, 1);
            penstock_row_inverted_cmyk(row, decoder->inks[0], library->output_width);
        } else {
            // Several rows a call: where chroma is halved the library makes two at a time, and keeps its place.
            JSAMPROW rows[rows_a_call];
            JDIMENSION wanted = end - library->output_scanline;
            if (wanted > rows_a_call) wanted = rows_a_call;
            for (JDIMENSION index = 0; index < wanted; index++) rows[index] = row + (ptrdiff_t)index * stride;
            jpeg_read_scanlines(library, rows, wanted);
        }
    }
    return PENSTOCK_JPEG_OK;
}

penstock_jpeg_status penstock_jpeg_finish(penstock_jpeg *decoder) {
    if (setjmp(decoder->escape)) return decoder->failure;
    jpeg_finish_decompress(&decoder->library);
    return PENSTOCK_JPEG_OK;
}

void penstock_jpeg_close(penstock_jpeg *decoder) {
    jpeg_destroy_decompress(&decoder->library);
    decoder->source.next_input_byte = NULL;
    decoder->source.bytes_in_buffer = 0;
}

const char *penstock_jpeg_message(const penstock_jpeg *decoder) { return decoder->message; }

long penstock_jpeg_warnings(const penstock_jpeg *decoder) { return decoder->errors.num_warnings; }

bool penstock_jpeg_ran_dry(const penstock_jpeg *decoder) { return decoder->ran_dry; }
