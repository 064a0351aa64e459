#define _GNU_SOURCE
#include "QuietOpening.h"

#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/// Whether a line is one by which the library reports its start-up: `I` or `W`, four digits of the date, a space; or
/// the complaint that comes before the first of them.
static bool is_startup(const char *line, size_t length) {
    static const char complaint[] = "WARNING: All log messages before absl::InitializeLog()";
    if (length >= sizeof complaint - 1 && memcmp(line, complaint, sizeof complaint - 1) == 0) {
        return true;
    }
    return length > 5 && (line[0] == 'I' || line[0] == 'W') && isdigit(line[1]) && isdigit(line[2]) &&
           isdigit(line[3]) && isdigit(line[4]) && line[5] == ' ';
}

static bool write_all(const char *text, size_t length) {
    while (length > 0) {
        ssize_t count = write(STDERR_FILENO, text, length);
        if (count < 0 && errno != EINTR) return false;
        if (count > 0) text += count, length -= (size_t)count;
    }
    return true;
}

/// Passes on every line that does not come from the library's start-up.
static void pass_on(const char *text, size_t length) {
    while (length > 0) {
        const char *end = memchr(text, '\n', length);
        size_t line = end == NULL ? length : (size_t)(end - text) + 1;
        if (!is_startup(text, line) && !write_all(text, line)) {
            return;
        }
        text += line;
        length -= line;
    }
}

void *penstock_open_quietly(const char *path, int mode) {
    int original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int memory = memfd_create("penstock-startup", MFD_CLOEXEC);
    bool diverted = original >= 0 && memory >= 0 && dup2(memory, STDERR_FILENO) >= 0;
    void *library = dlopen(path, mode);
    if (diverted) {
        dup2(original, STDERR_FILENO);
        off_t length = lseek(memory, 0, SEEK_END);
        void *kept = length > 0 ? mmap(NULL, (size_t)length, PROT_READ, MAP_PRIVATE, memory, 0) : MAP_FAILED;
        if (kept != MAP_FAILED) {
            pass_on(kept, (size_t)length);
            munmap(kept, (size_t)length);
        }
    }
    if (original >= 0) close(original);
    if (memory >= 0) close(memory);
    return library;
}
