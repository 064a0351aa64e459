#include "CTurboJPEG.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>
#include <jerror.h>

// One row of blocks of halved chroma.
enum { rows_a_call = 16 };

_Static_assert(PENSTOCK_JPEG_MESSAGE_BYTES >= JMSG_LENGTH_MAX, "libjpeg's messages fit");

// Made anew for every picture: libjpeg keeps the codes of an optimised picture for the next one.
typedef struct encoding {
    struct jpeg_compress_struct library;
    struct jpeg_error_mgr errors;
    struct jpeg_destination_mgr destination;
    jmp_buf escape;
    penstock_jpeg_status failure;
    penstock_jpeg_room more;
    void *owner;
    // How much room there was when `more` was last called.
    size_t room;
    char *message;
} encoding;

static void on_error(j_common_ptr library) {
    encoding *work = library->client_data;
    library->err->format_message(library, work->message);
    const bool is_memory = library->err->msg_code == JERR_OUT_OF_MEMORY;
    work->failure = is_memory ? PENSTOCK_JPEG_NO_MEMORY : PENSTOCK_JPEG_BROKEN;
    longjmp(work->escape, 1);
}

static void on_message(j_common_ptr library, int level) { (void)library, (void)level; }

static void print_nothing(j_common_ptr library) { (void)library; }

static void move_on(encoding *work, size_t written) {
    work->destination.next_output_byte = work->more(work->owner, written, &work->room);
    work->destination.free_in_buffer = work->room;
    if (work->destination.next_output_byte != NULL) return;
    work->failure = PENSTOCK_JPEG_NO_MEMORY;
    longjmp(work->escape, 1);
}

static void begin(j_compress_ptr library) { move_on(library->client_data, 0); }

// The library has filled all the room, whatever it says is left.
static boolean empty(j_compress_ptr library) {
    encoding *work = library->client_data;
    move_on(work, work->room);
    return TRUE;
}

static void end(j_compress_ptr library) {
    encoding *work = library->client_data;
    move_on(work, work->room - work->destination.free_in_buffer);
}

static void prepare(encoding *work, const penstock_jpeg_picture *picture) {
    struct jpeg_compress_struct *library = &work->library;
    work->destination.init_destination = begin;
    work->destination.empty_output_buffer = empty;
    work->destination.term_destination = end;
    library->dest = &work->destination;
    library->image_width = (JDIMENSION)picture->width;
    library->image_height = (JDIMENSION)picture->height;
    library->input_components = picture->channels;
    library->in_color_space =
        picture->channels == 1 ? JCS_GRAYSCALE : picture->channels == 3 ? JCS_RGB : JCS_EXT_RGBX;
    jpeg_set_defaults(library);
    jpeg_set_quality(library, picture->quality, TRUE);
    library->optimize_coding = picture->optimized;
    if (picture->channels > 1) {
        library->comp_info[0].h_samp_factor = picture->horizontal_sampling;
        library->comp_info[0].v_samp_factor = picture->vertical_sampling;
    }
    if (picture->progressive) jpeg_simple_progression(library);
}

static void put_segments(encoding *work, const penstock_jpeg_picture *picture) {
    for (size_t index = 0; index < picture->segment_bytes; index++) {
        if (work->destination.free_in_buffer == 0) empty(&work->library);
        *work->destination.next_output_byte++ = picture->segments[index];
        work->destination.free_in_buffer--;
    }
    // The library expects room wherever it goes on.
    if (work->destination.free_in_buffer == 0) empty(&work->library);
}

static void encode(encoding *work, const penstock_jpeg_picture *picture) {
    struct jpeg_compress_struct *library = &work->library;
    jpeg_create_compress(library);
    prepare(work, picture);
    jpeg_start_compress(library, TRUE);
    put_segments(work, picture);
    while (library->next_scanline < library->image_height) {
        JSAMPROW rows[rows_a_call];
        const JDIMENSION left = library->image_height - library->next_scanline;
        const JDIMENSION count = left < rows_a_call ? left : rows_a_call;
        for (JDIMENSION index = 0; index < count; index++) {
            rows[index] = (JSAMPROW)picture->pixels + (ptrdiff_t)(library->next_scanline + index) * picture->stride;
        }
        jpeg_write_scanlines(library, rows, count);
    }
    jpeg_finish_compress(library);
}

penstock_jpeg_status penstock_jpeg_encode(
    const penstock_jpeg_picture *picture, penstock_jpeg_room more, void *owner, char *message) {
    encoding work = {.more = more, .owner = owner, .message = message, .failure = PENSTOCK_JPEG_OK};
    message[0] = 0;
    work.library.err = jpeg_std_error(&work.errors);
    work.errors.error_exit = on_error;
    work.errors.emit_message = on_message;
    work.errors.output_message = print_nothing;
    work.library.client_data = &work;
    if (!setjmp(work.escape)) encode(&work, picture);
    jpeg_destroy_compress(&work.library);
    return work.failure;
}
