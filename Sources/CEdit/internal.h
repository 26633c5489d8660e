/* What the files of the editor share. The only header that includes histedit.h. */
#ifndef C_EDIT_INTERNAL_H
#define C_EDIT_INTERNAL_H

#include <histedit.h>
#include <locale.h>
#include <stdatomic.h>
#include <stdio.h>
#include <wchar.h>

#include "CEdit.h"

/* The functions of the library that are used here, by their own names. */
typedef struct cedit_library {
    EditLine *(*el_init_fd)(const char *, FILE *, FILE *, FILE *, int, int, int);
    void (*el_end)(EditLine *);
    int (*el_wset)(EditLine *, int, ...);
    int (*el_get)(EditLine *, int, ...);
    const wchar_t *(*el_wgets)(EditLine *, int *);
    int (*el_wgetc)(EditLine *, wchar_t *);
    void (*el_wpush)(EditLine *, const wchar_t *);
    void (*el_resize)(EditLine *);
    void (*el_beep)(EditLine *);
    int (*el_cursor)(EditLine *, int);
    const LineInfoW *(*el_wline)(EditLine *);
    int (*el_winsertstr)(EditLine *, const wchar_t *);
    void (*el_deletestr)(EditLine *, int);
    HistoryW *(*history_winit)(void);
    void (*history_wend)(HistoryW *);
    int (*history_w)(HistoryW *, HistEventW *, int, ...);
} cedit_library;

struct cedit {
    EditLine *line;
    HistoryW *history;
    FILE *in, *out, *err;
    int input;
    int wake[2]; /* a pipe: what is written to it ends a wait for a key */
    atomic_bool woken;
    atomic_bool resized;
    bool interrupted;
    locale_t locale; /* one whose characters are UTF-8; set for the editor's thread while it edits */
    wchar_t *prompt;
    char *text; /* the last line */
    cedit_completer completer;
    void *completer_context;
};

/* NULL, and why, where the library cannot be loaded. Loaded once and kept. */
const cedit_library *cedit_load(const char **problem);

/* Reads one character of the terminal: libedit's own way to do so cannot be woken. */
int cedit_read_key(EditLine *line, wchar_t *key);

/* Whether the terminal acts on the escape sequences that all but the dumb ones know (ECMA-48). */
bool cedit_has_escapes(void);

/* Binds the keys that are not the library's own. */
void cedit_bind_keys(cedit *editor);

cedit *cedit_of(EditLine *line);

/* UTF-8 and back; to be freed, NULL without memory. What is no UTF-8 becomes U+FFFD. */
wchar_t *cedit_wide(const char *text);
char *cedit_narrow(const wchar_t *text, size_t count);

/* Decodes the character at `*at`, moving it on; `end` is behind the last byte. */
wchar_t cedit_decode(const unsigned char **at, const unsigned char *end);

/* Has the terminal's new size be taken over by `editor`, and by no other. NULL to stop. */
void cedit_watch_size(cedit *editor);

#endif
