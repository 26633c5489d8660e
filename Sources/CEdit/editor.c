/* An editor: opened, asked for lines, closed. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "internal.h"

static const cedit_library *edit;

cedit *cedit_of(EditLine *line) {
    void *editor = NULL;
    edit->el_get(line, EL_CLIENTDATA, &editor);
    return editor;
}

/* A locale in which the library counts characters as UTF-8: the user's own where it is one. */
static locale_t utf8_locale(void) {
    static const char *const names[] = {"", "C.UTF-8", "C.utf8", "en_US.UTF-8", "zh_CN.UTF-8", NULL};
    for (const char *const *name = names; *name; name++) {
        locale_t locale = newlocale(LC_CTYPE_MASK, *name, (locale_t)0);
        if (!locale) continue;
        if (strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0) return locale;
        freelocale(locale);
    }
    return (locale_t)0;
}

static wchar_t *prompt_of(EditLine *line) {
    cedit *editor = cedit_of(line);
    static wchar_t nothing[] = L"";
    return editor && editor->prompt ? editor->prompt : nothing;
}

static FILE *stream(int descriptor, const char *mode) {
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) return NULL;
    FILE *file = fdopen(copy, mode);
    if (!file) close(copy);
    return file;
}

static bool open_line(cedit *editor, int input, int output) {
    editor->in = stream(input, "r");
    editor->out = stream(output, "w");
    /* Its complaints about a terminal that it does not know would come before the first prompt. */
    editor->err = fopen("/dev/null", "w");
    if (!editor->in || !editor->out || !editor->err) return false;
    editor->line = edit->el_init_fd("c8run", editor->in, editor->out, editor->err, input, output, fileno(editor->err));
    editor->history = editor->line ? edit->history_winit() : NULL;
    if (!editor->history) return false;
    EditLine *line = editor->line;
    edit->el_wset(line, EL_CLIENTDATA, editor);
    edit->el_wset(line, EL_GETCFN, cedit_read_key);
    edit->el_wset(line, EL_PROMPT, prompt_of);
    edit->el_wset(line, EL_SIGNAL, 0);
    HistEventW event;
    edit->history_w(editor->history, &event, H_SETSIZE, 1 << 16);
    edit->el_wset(line, EL_HIST, edit->history_w, editor->history);
    cedit_bind_keys(editor);
    /* Inserting and deleting on the screen counts characters where it should count columns (libedit 3.1), and would leave
       the cursor beside a 中: the rest of the line is written anew instead. */
    static const wchar_t *const miscounted[] = {L"im", L"ei", L"ic", L"IC", L"dc", L"DC", L"dm", L"ed"};
    for (size_t i = 0; i < sizeof miscounted / sizeof *miscounted; i++) {
        edit->el_wset(line, EL_SETTC, miscounted[i], L"", NULL);
    }
    /* Control-C and Control-Z are keys while a line is edited; they are signals at any other time. */
    edit->el_wset(line, EL_SETTY, L"-d", L"-isig", NULL);
    return true;
}

cedit *cedit_open(int input, int output, const char **problem) {
    edit = cedit_load(problem);
    if (!edit) return NULL;
    cedit *editor = calloc(1, sizeof *editor);
    if (!editor) {
        *problem = "not enough memory";
        return NULL;
    }
    editor->input = input;
    editor->wake[0] = editor->wake[1] = -1;
    editor->locale = utf8_locale();
    locale_t outside = editor->locale ? uselocale(editor->locale) : (locale_t)0;
    bool opened = pipe2(editor->wake, O_CLOEXEC | O_NONBLOCK) == 0 && open_line(editor, input, output);
    if (editor->locale) uselocale(outside);
    if (!opened) {
        *problem = "libedit cannot use this terminal";
        cedit_close(editor);
        return NULL;
    }
    return editor;
}

void cedit_close(cedit *editor) {
    if (editor->history) edit->history_wend(editor->history);
    if (editor->line) edit->el_end(editor->line);
    if (editor->in) fclose(editor->in);
    if (editor->out) fclose(editor->out);
    if (editor->err) fclose(editor->err);
    for (int i = 0; i < 2; i++) {
        if (editor->wake[i] >= 0) close(editor->wake[i]);
    }
    if (editor->locale) freelocale(editor->locale);
    free(editor->prompt);
    free(editor->text);
    free(editor);
}

/* Asks the terminal to mark pastes, or not to any more. */
static void mark_pastes(cedit *editor, bool marks) {
    if (!cedit_has_escapes()) return;
    fputs(marks ? "\033[?2004h" : "\033[?2004l", editor->out);
    fflush(editor->out);
}

cedit_outcome cedit_read(cedit *editor, const char *prompt) {
    free(editor->prompt);
    free(editor->text);
    editor->prompt = cedit_wide(prompt);
    editor->text = NULL;
    editor->interrupted = false;
    locale_t outside = editor->locale ? uselocale(editor->locale) : (locale_t)0;
    cedit_watch_size(editor);
    /* It may have changed while no line was edited. */
    edit->el_resize(editor->line);
    mark_pastes(editor, true);
    int count = 0;
    const wchar_t *typed = edit->el_wgets(editor->line, &count);
    mark_pastes(editor, false);
    cedit_outcome outcome = atomic_load(&editor->woken) ? CEDIT_WOKEN : CEDIT_END;
    if (outcome == CEDIT_END && typed && count > 0) {
        outcome = editor->interrupted ? CEDIT_INTERRUPTED : CEDIT_LINE;
        while (count > 0 && (typed[count - 1] == L'\n' || typed[count - 1] == L'\r')) count--;
        editor->text = cedit_narrow(typed, (size_t)count);
    }
    cedit_watch_size(NULL);
    if (editor->locale) uselocale(outside);
    return outcome;
}

const char *cedit_line(cedit *editor) { return editor->text ? editor->text : ""; }

void cedit_set_completer(cedit *editor, cedit_completer completer, void *context) {
    editor->completer = completer;
    editor->completer_context = context;
}

void cedit_clear_history(cedit *editor) {
    HistEventW event;
    edit->history_w(editor->history, &event, H_CLEAR);
}

void cedit_add_history(cedit *editor, const char *line) {
    wchar_t *wide = cedit_wide(line);
    if (!wide) return;
    HistEventW event;
    edit->history_w(editor->history, &event, H_ENTER, wide);
    free(wide);
}

int cedit_columns(cedit *editor) {
    struct winsize size;
    if (ioctl(editor->input, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

void cedit_wake(cedit *editor) {
    atomic_store(&editor->woken, true);
    /* A pipe that is full wakes as well. */
    (void)!write(editor->wake[1], "", 1);
}
