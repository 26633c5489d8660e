/* Keys from the terminal, and the terminal's size. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "internal.h"

bool cedit_has_escapes(void) {
    const char *kind = getenv("TERM");
    return kind && *kind && strcmp(kind, "dumb") != 0;
}

static _Atomic(cedit *) sized;

static void on_resize(int number) {
    (void)number;
    int saved = errno;
    cedit *editor = atomic_load(&sized);
    if (editor) {
        atomic_store(&editor->resized, true);
        /* A pipe that is full wakes as well. */
        if (write(editor->wake[1], "", 1) < 0) errno = saved;
    }
    errno = saved;
}

void cedit_watch_size(cedit *editor) {
    atomic_store(&sized, editor);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = editor ? on_resize : SIG_DFL;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGWINCH, &action, NULL);
}

/* Waits for input: true when there is some (or its end), false when the editor was woken for good. */
static bool wait_for_input(cedit *editor, EditLine *line) {
    const cedit_library *edit = cedit_load(&(const char *){NULL});
    while (true) {
        if (atomic_load(&editor->woken)) return false;
        struct pollfd waits[] = {{.fd = editor->input, .events = POLLIN}, {.fd = editor->wake[0], .events = POLLIN}};
        if (poll(waits, 2, -1) < 0 && errno != EINTR) return false;
        if (waits[1].revents) {
            char unread[64];
            if (read(editor->wake[0], unread, sizeof unread) < 0 && errno != EAGAIN && errno != EINTR) return false;
            if (atomic_exchange(&editor->resized, false) && edit) {
                edit->el_resize(line);
                fputs(cedit_has_escapes() ? "\r\033[J" : "\r\n", editor->out);
                edit->el_wset(line, EL_REFRESH);
            }
            continue;
        }
        if (waits[0].revents) return true;
    }
}

/* One byte; 1, 0 at the end, -1 for an error. */
static int read_byte(cedit *editor, EditLine *line, unsigned char *byte) {
    while (true) {
        if (!wait_for_input(editor, line)) return 0;
        ssize_t count = read(editor->input, byte, 1);
        if (count >= 0) return (int)count;
        if (errno != EINTR && errno != EAGAIN) return errno == EIO ? 0 : -1;
    }
}

int cedit_read_key(EditLine *line, wchar_t *key) {
    cedit *editor = cedit_of(line);
    unsigned char bytes[4];
    int status = read_byte(editor, line, bytes);
    if (status <= 0) return status;
    int more = bytes[0] >= 0xf0 ? 3 : bytes[0] >= 0xe0 ? 2 : bytes[0] >= 0xc0 ? 1 : 0;
    for (int i = 1; i <= more; i++) {
        status = read_byte(editor, line, &bytes[i]);
        if (status <= 0) return status;
    }
    const unsigned char *at = bytes;
    *key = cedit_decode(&at, bytes + more + 1);
    return 1;
}
