/* Loading libedit when a line is first to be edited. */
#include <dlfcn.h>

#include "internal.h"

/* Debian's name, then the one of the other distributions and of builds from source. */
static const char *const names[] = {"libedit.so.2", "libedit.so.0", "libedit.so", "libedit.3.dylib", NULL};

static cedit_library library;
static bool is_loaded;

static bool load(void *handle) {
    struct {
        const char *name;
        void *place;
    } functions[] = {
        {"el_init_fd", &library.el_init_fd},       {"el_end", &library.el_end},
        {"el_wset", &library.el_wset},             {"el_get", &library.el_get},
        {"el_wgets", &library.el_wgets},           {"el_wgetc", &library.el_wgetc},
        {"el_wpush", &library.el_wpush},           {"el_resize", &library.el_resize},
        {"el_beep", &library.el_beep},             {"el_cursor", &library.el_cursor},
        {"el_wline", &library.el_wline},           {"el_winsertstr", &library.el_winsertstr},
        {"el_deletestr", &library.el_deletestr},   {"history_winit", &library.history_winit},
        {"history_wend", &library.history_wend},   {"history_w", &library.history_w},
    };
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(handle, functions[i].name);
        if (!function) return false;
        /* POSIX asks that this be possible, though C has no cast for it (dlsym, rationale). */
        *(void **)functions[i].place = function;
    }
    return true;
}

const cedit_library *cedit_load(const char **problem) {
    if (is_loaded) return &library;
    void *handle = NULL;
    for (const char *const *name = names; *name && !handle; name++) handle = dlopen(*name, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        *problem = "the library libedit is not installed (Debian: apt-get install libedit2)";
        return NULL;
    }
    if (!load(handle)) {
        dlclose(handle);
        *problem = "the library libedit is too old: 3.1 with wide characters is needed";
        return NULL;
    }
    is_loaded = true;
    return &library;
}
