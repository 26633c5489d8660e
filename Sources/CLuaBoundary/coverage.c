/* How often each line of a script begins, for reports of coverage.
 *
 * The lines that could run are read from the compiled form, nested functions included, so that a function which is never
 * made shows its lines as not run. The return that Lua adds at the end of every function is none of them: nobody wrote it,
 * and after a `return` of the script's own it never runs. */
#include "dump.h"

typedef struct chunk {
    const char *source; /* Lua's own string: equal pointers are the same chunk */
    char *name;
    uint32_t *counts;
    bool *can_run;
    size_t lines;
    int function; /* a reference, which keeps `source` alive */
} chunk;

struct clb_lines {
    chunk *chunks;
    size_t count, capacity;
    size_t latest; /* the one that the last line was of */
    bool is_incomplete;
};

bool clb_count_lines(clb_state *state) {
    if (!state->lines) state->lines = calloc(1, sizeof *state->lines);
    if (!state->lines) return false;
    clb_arm(state, state->main);
    return true;
}

void clb_note_line(clb_state *state, lua_State *L, lua_Debug *activation) {
    struct clb_lines *lines = state->lines;
    if (!lines || lines->count == 0) return;
    lua_getinfo(L, "S", activation);
    chunk *found = &lines->chunks[lines->latest];
    if (found->source != activation->source) {
        if (activation->source[0] != '@') return;
        size_t index = 0;
        while (index < lines->count && lines->chunks[index].source != activation->source) index++;
        if (index == lines->count) return;
        lines->latest = index;
        found = &lines->chunks[index];
    }
    int line = activation->currentline;
    if (line > 0 && (size_t)line < found->lines && found->counts[line] < UINT32_MAX) found->counts[line]++;
}

/* ---- which lines can run ---- */

static bool grow(chunk *c, size_t lines) {
    if (lines <= c->lines) return true;
    size_t larger = lines + lines / 2;
    uint32_t *counts = realloc(c->counts, larger * sizeof *counts);
    if (counts) c->counts = counts;
    bool *can_run = realloc(c->can_run, larger * sizeof *can_run);
    if (can_run) c->can_run = can_run;
    if (!counts || !can_run) return false;
    memset(c->counts + c->lines, 0, (larger - c->lines) * sizeof *counts);
    memset(c->can_run + c->lines, 0, (larger - c->lines) * sizeof *can_run);
    c->lines = larger;
    return true;
}

/* One function of the dump (ldump.c of 5.4): the lines of all its instructions but the last, and those within it. */
static void read_function(clb_reader *r, chunk *c) {
    clb_skip_string(r);
    long line = (long)clb_take_size(r);
    clb_take_size(r);
    clb_take_byte(r);
    bool is_vararg = clb_take_byte(r) != 0;
    clb_take_byte(r);
    size_t n = clb_take_size(r);
    clb_take(r, n <= SIZE_MAX / 4 ? n * 4 : SIZE_MAX);
    for (size_t constants = clb_take_size(r); constants > 0 && !r->is_broken; constants--) {
        unsigned tag = clb_take_byte(r);
        if ((tag & 0x0F) == LUA_TNUMBER) clb_take(r, 8);
        else if ((tag & 0x0F) == LUA_TSTRING) clb_skip_string(r);
    }
    size_t upvalues = clb_take_size(r);
    clb_take(r, upvalues <= SIZE_MAX / 3 ? upvalues * 3 : SIZE_MAX);
    for (size_t functions = clb_take_size(r); functions > 0 && !r->is_broken; functions--) read_function(r, c);
    size_t infos = clb_take_size(r);
    const unsigned char *differences = clb_take(r, infos);
    size_t absolute = clb_take_size(r);
    size_t next_pc = SIZE_MAX, next_line = 0;
    for (size_t pc = 0; pc < infos && differences && !r->is_broken; pc++) {
        if (next_pc == SIZE_MAX && absolute > 0) {
            absolute--;
            next_pc = clb_take_size(r);
            next_line = clb_take_size(r);
        }
        signed char difference = (signed char)differences[pc];
        if (difference == -0x80 && pc == next_pc) line = (long)next_line; /* ABSLINEINFO of ldebug.h */
        else line += difference;
        if (pc == next_pc) next_pc = SIZE_MAX;
        /* The first instruction of a vararg function only moves its arguments. */
        if (pc + 1 == infos || (pc == 0 && is_vararg) || line <= 0) continue;
        if (!grow(c, (size_t)line + 1)) {
            r->is_broken = true;
            return;
        }
        c->can_run[line] = true;
    }
    for (; absolute > 0 && !r->is_broken; absolute--) {
        clb_take_size(r);
        clb_take_size(r);
    }
    for (size_t variables = clb_take_size(r); variables > 0 && !r->is_broken; variables--) {
        clb_skip_string(r);
        clb_take_size(r);
        clb_take_size(r);
    }
    for (size_t names = clb_take_size(r); names > 0 && !r->is_broken; names--) clb_skip_string(r);
}

static void drop(chunk *c) {
    free(c->name);
    free(c->counts);
    free(c->can_run);
}

void clb_note_chunk(lua_State *L) {
    clb_state *state = clb_of(L);
    struct clb_lines *lines = state->lines;
    if (!lines) return;
    lua_Debug function;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &function);
    if (function.source[0] != '@') return;
    chunk c = {.source = function.source};
    clb_dump d = {.bytes = NULL};
    bool is_read = false;
    if (lua_dump(L, clb_write_dump, &d, 0) == 0) {
        clb_reader r = {.at = d.bytes, .end = d.bytes + d.count};
        if (clb_take_header(&r)) {
            read_function(&r, &c);
            is_read = !r.is_broken;
        }
    }
    free(d.bytes);
    c.name = strdup(function.source + 1);
    if (is_read && c.name && lines->count == lines->capacity) {
        size_t larger = lines->capacity ? lines->capacity * 2 : 8;
        chunk *moved = realloc(lines->chunks, larger * sizeof *moved);
        if (moved) {
            lines->chunks = moved;
            lines->capacity = larger;
        }
    }
    if (!is_read || !c.name || lines->count == lines->capacity) {
        drop(&c);
        lines->is_incomplete = true;
        return;
    }
    c.function = LUA_NOREF;
    lines->chunks[lines->count++] = c;
    lua_pushvalue(L, -1);
    /* May raise for want of memory, which ends the script: what is kept by then is freed with the state. */
    lines->chunks[lines->count - 1].function = luaL_ref(L, LUA_REGISTRYINDEX);
}

bool clb_deliver_lines(clb_state *state, clb_line_receiver receiver, void *context) {
    if (!state->lines) return true;
    for (size_t i = 0; i < state->lines->count; i++) {
        chunk *c = &state->lines->chunks[i];
        if (c->lines > 0) receiver(context, c->name, c->counts, c->can_run, c->lines);
    }
    return !state->lines->is_incomplete;
}

void clb_drop_lines(clb_state *state) {
    if (!state->lines) return;
    for (size_t i = 0; i < state->lines->count; i++) drop(&state->lines->chunks[i]);
    free(state->lines->chunks);
    free(state->lines);
    state->lines = NULL;
}
