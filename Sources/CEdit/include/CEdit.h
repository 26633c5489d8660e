/*
 * The editing of one line at a time on a terminal, by libedit.
 *
 * The library is loaded when an editor is opened and not before: a script that never edits a line does not pay for it,
 * and a machine without it runs scripts all the same.
 *
 * An editor belongs to one thread at a time, with one exception: `cedit_wake`, which is safe anywhere, also in a
 * signal handler. All texts are UTF-8.
 */
#ifndef C_EDIT_H
#define C_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

typedef struct cedit cedit;

/* How a line ended. */
typedef enum cedit_outcome {
    CEDIT_LINE,        /* Enter */
    CEDIT_INTERRUPTED, /* Control-C */
    CEDIT_END,         /* Control-D on an empty line, or the terminal is gone */
    CEDIT_WOKEN,       /* cedit_wake() */
} cedit_outcome;

/* What the Tab key does. */
typedef struct cedit_completion {
    size_t replaced;                 /* bytes before the cursor that give way */
    const char *_Nullable inserted;  /* what comes in their place, or NULL */
    const char *_Nullable shown;     /* lines to be shown below what is being edited, or NULL */
} cedit_completion;

/* Called on the editor's thread with the line and the cursor's place in it, in bytes. What it returns is valid until it
   is called again. */
typedef cedit_completion (*cedit_completer)(void *_Null_unspecified context, const char *line, size_t cursor);

/* Loads the library and opens an editor on two descriptors of a terminal, which stay the caller's. NULL, and why in
   `problem`, where that fails. Reads the description of the terminal from the system's files. */
cedit *_Nullable cedit_open(int input, int output, const char *_Nullable *_Nonnull problem);
void cedit_close(cedit *editor);

/* Edits one line. The terminal is as it was before, once this returns. */
cedit_outcome cedit_read(cedit *editor, const char *prompt);
/* The last line, without a line break at its end; valid until the next one is read. */
const char *cedit_line(cedit *editor);

void cedit_set_completer(cedit *editor, cedit_completer completer, void *_Null_unspecified context);

/* The lines that the arrow keys and Control-R find, from the oldest on. */
void cedit_clear_history(cedit *editor);
void cedit_add_history(cedit *editor, const char *line);

/* The number of columns of the terminal; 80 where it does not tell. */
int cedit_columns(cedit *editor);

/* Ends the line that is being edited, or the next one. For good: every later line ends at once, too. */
void cedit_wake(cedit *editor);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
