/* The keys that mean something else here than in the library. */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static const cedit_library *edit;

/* Control-C: the line is given up. Ended as Enter ends it, so that the cursor comes to stand below it. */
static unsigned char interrupt(EditLine *line, int key) {
    (void)key;
    cedit_of(line)->interrupted = true;
    const LineInfoW *info = edit->el_wline(line);
    edit->el_cursor(line, (int)(info->lastchar - info->cursor));
    edit->el_wpush(line, L"\n");
    return CC_CURSOR;
}

/* Stops the job. A signal for the whole process would be any thread's, and this one might go on for a moment, with the
   terminal in the wrong mode for whoever comes next: so the rest of the job is stopped first, then this very thread. */
static void stop_job(void) {
    struct sigaction ignored = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGTSTP, &ignored, &before);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &before, NULL);
    sigset_t stop, mask;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_kill(pthread_self(), SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

/* Control-Z: the terminal is given back while the process is stopped. */
static unsigned char suspend(EditLine *line, int key) {
    (void)key;
    edit->el_wset(line, EL_PREP_TERM, 0);
    stop_job();
    edit->el_wset(line, EL_PREP_TERM, 1);
    /* The shell has written meanwhile: prompt and line once more. */
    edit->el_wset(line, EL_REFRESH);
    return CC_NORM;
}

static unsigned char complete(EditLine *line, int key) {
    (void)key;
    cedit *editor = cedit_of(line);
    const LineInfoW *info = edit->el_wline(line);
    size_t before = (size_t)(info->cursor - info->buffer);
    char *text = cedit_narrow(info->buffer, (size_t)(info->lastchar - info->buffer));
    char *left = cedit_narrow(info->buffer, before);
    unsigned char result = CC_ERROR;
    if (text && left && editor->completer) {
        cedit_completion completion = editor->completer(editor->completer_context, text, strlen(left));
        if (completion.inserted) {
            size_t kept = strlen(left) - (completion.replaced < strlen(left) ? completion.replaced : strlen(left));
            wchar_t *replaced = cedit_wide(left + kept);
            wchar_t *inserted = cedit_wide(completion.inserted);
            if (replaced && inserted) {
                edit->el_deletestr(line, (int)wcslen(replaced));
                if (edit->el_winsertstr(line, inserted) == 0) result = CC_REFRESH;
            }
            free(replaced);
            free(inserted);
        }
        if (completion.shown) {
            fputs("\r\n", editor->out);
            /* Where the line takes several rows and the cursor is not in the last, the others give way. */
            if (cedit_has_escapes()) fputs("\033[J", editor->out);
            for (const char *at = completion.shown; *at; at++) {
                if (*at == '\n') fputc('\r', editor->out);
                fputc(*at, editor->out);
            }
            fflush(editor->out);
            /* Prompt and line once more, from here on. */
            edit->el_wset(line, EL_REFRESH);
            result = CC_NORM;
        }
    }
    free(text);
    free(left);
    return result;
}

/* A paste (xterm, "bracketed paste mode"): it is taken as text, not as keys. */
static unsigned char paste(EditLine *line, int key) {
    (void)key;
    static const wchar_t end[] = L"\033[201~";
    const size_t end_count = sizeof end / sizeof *end - 1;
    size_t count = 0, capacity = 256;
    wchar_t *text = malloc(capacity * sizeof *text);
    while (text) {
        wchar_t c;
        if (edit->el_wgetc(line, &c) != 1) break;
        if (count + 2 > capacity) {
            wchar_t *larger = realloc(text, (capacity *= 2) * sizeof *text);
            if (!larger) break;
            text = larger;
        }
        text[count++] = c == L'\r' ? L'\n' : c;
        if (count >= end_count && wmemcmp(text + count - end_count, end, end_count) == 0) {
            count -= end_count;
            break;
        }
    }
    unsigned char result = CC_ERROR;
    if (text) {
        /* A zero or an escape would be acted on by the terminal or cut the line short. */
        size_t kept = 0;
        for (size_t i = 0; i < count; i++) {
            if (text[i] >= L' ' || text[i] == L'\n' || text[i] == L'\t') text[kept++] = text[i];
        }
        text[kept] = 0;
        if (edit->el_winsertstr(line, text) == 0) result = CC_REFRESH;
    }
    free(text);
    return result;
}

void cedit_bind_keys(cedit *editor) {
    edit = cedit_load(&(const char *){NULL});
    EditLine *line = editor->line;
    if (!edit) return;
    edit->el_wset(line, EL_EDITOR, L"emacs");
    edit->el_wset(line, EL_ADDFN, L"c8-interrupt", L"Give the line up", interrupt);
    edit->el_wset(line, EL_ADDFN, L"c8-suspend", L"Stop the process", suspend);
    edit->el_wset(line, EL_ADDFN, L"c8-complete", L"Complete", complete);
    edit->el_wset(line, EL_ADDFN, L"c8-paste", L"Take a paste as text", paste);
    static const wchar_t *const bindings[][2] = {
        {L"^C", L"c8-interrupt"},
        {L"^Z", L"c8-suspend"},
        {L"^I", L"c8-complete"},
        {L"\\e[200~", L"c8-paste"},
        {L"^R", L"em-inc-search-prev"},
        {L"^S", L"em-inc-search-next"},
        {L"^L", L"ed-clear-screen"},
        /* Home, End and Delete of the common terminals, and words by Control and Alt with the arrows. */
        {L"\\e[H", L"ed-move-to-beg"},
        {L"\\e[F", L"ed-move-to-end"},
        {L"\\e[1~", L"ed-move-to-beg"},
        {L"\\e[4~", L"ed-move-to-end"},
        {L"\\e[3~", L"ed-delete-next-char"},
        {L"\\e[1;5C", L"em-next-word"},
        {L"\\e[1;5D", L"ed-prev-word"},
        {L"\\e[1;3C", L"em-next-word"},
        {L"\\e[1;3D", L"ed-prev-word"},
    };
    for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++) {
        edit->el_wset(line, EL_BIND, bindings[i][0], bindings[i][1], NULL);
    }
}
