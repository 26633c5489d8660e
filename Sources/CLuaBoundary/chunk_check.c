/* A check of compiled text for what makes Lua before 5.4.7 recurse without bound (upstream fix 7923dbbf).
 *
 * When an operation fails, Lua names the culprit ("field 'x'"): it looks for the instruction that loaded the register,
 * and to name that one's table, for the instruction before it, and so on: one level of C recursion for each link of
 * `a.b.c.d…`, or of `a = a.b` over and over; with a computed key, `a = a[a]`, two of them at every link, which takes
 * exponential time; and each step looks through the function from its start. No hook stops it. So a function in which
 * that search could grow out of proportion is refused when it is compiled. A chain that people write has ten links.
 *
 * Only compiled text comes here: the layout read below is what this very library has just written. */
#include <stdlib.h>

#include "internal.h"

enum { MAXIMUM_COST = 2000, SMALL_COST = 100, MAXIMUM_WORK = 20000000, REGISTERS = 256 };

/* ---- lua_dump into memory ---- */

typedef struct dump {
    unsigned char *bytes;
    size_t count, capacity;
} dump;

static int write_dump(lua_State *L, const void *bytes, size_t count, void *opaque) {
    (void)L;
    dump *d = opaque;
    if (d->capacity - d->count < count) {
        size_t larger = d->capacity ? d->capacity * 2 : 4096;
        while (larger - d->count < count) larger *= 2;
        unsigned char *moved = realloc(d->bytes, larger);
        if (!moved) return 1;
        d->bytes = moved;
        d->capacity = larger;
    }
    if (count) memcpy(d->bytes + d->count, bytes, count);
    d->count += count;
    return 0;
}

/* ---- reading it ---- */

typedef struct reader {
    const unsigned char *at, *end;
    bool is_broken;
    bool is_excessive;
} reader;

static const unsigned char *take(reader *r, size_t count) {
    if ((size_t)(r->end - r->at) < count) {
        r->is_broken = true;
        r->at = r->end;
        return NULL;
    }
    const unsigned char *taken = r->at;
    r->at += count;
    return taken;
}

static unsigned take_byte(reader *r) {
    const unsigned char *byte = take(r, 1);
    return byte ? *byte : 0;
}

static size_t take_size(reader *r) {
    size_t size = 0;
    while (!r->is_broken) {
        unsigned byte = take_byte(r);
        size = size << 7 | (byte & 0x7F);
        if (byte & 0x80) break;
    }
    return size;
}

static void skip_string(reader *r) {
    size_t size = take_size(r);
    if (size > 1) take(r, size - 1);
}

/* ---- instructions (lopcodes.h of 5.4; the same in all its releases) ---- */

enum { MOVE = 0, LOADNIL = 8, GETTABLE = 12, GETI = 13, GETFIELD = 14, SELF = 20, CALL = 68, TAILCALL = 69, TFORCALL = 76 };

/* All others that set their register A and look nowhere else for a name. */
static bool sets_register(unsigned operation) {
    return (operation >= 1 && operation <= 9) || operation == 11 || operation == 19 || (operation >= 21 && operation <= 45) ||
           (operation >= 49 && operation <= 53) || operation == 67 || operation == 79 || operation == 80;
}

/* The search for a register's name goes to the last instruction before it, in the order of the code, that sets the
   register: so one pass tells how many steps each search would take. */
static bool is_excessive(const unsigned char *code, size_t n) {
    uint32_t costs[REGISTERS] = {0}, highest = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t instruction;
        memcpy(&instruction, code + i * sizeof instruction, sizeof instruction);
        unsigned operation = instruction & 0x7F, a = instruction >> 7 & 0xFF, k = instruction >> 15 & 1;
        unsigned b = instruction >> 16 & 0xFF, c = instruction >> 24;
        uint32_t cost = 0;
        if (operation == MOVE || operation == GETI || operation == GETFIELD) cost = costs[b] + 1;
        else if (operation == GETTABLE) cost = costs[b] + costs[c] + 1;
        else if (operation == SELF) cost = k ? 1 : costs[c] + 1;
        else if (operation == CALL || operation == TAILCALL || operation == TFORCALL || operation == LOADNIL) {
            unsigned first = operation == TFORCALL ? a + 2 : a, last = operation == LOADNIL ? a + b : REGISTERS - 1;
            for (unsigned at = first; at <= last && at < REGISTERS; at++) costs[at] = 0;
            continue;
        } else if (!sets_register(operation)) continue;
        costs[a] = cost;
        if (operation == SELF && a + 1 < REGISTERS) costs[a + 1] = costs[b] + 1;
        if (cost > highest) highest = cost;
        if (highest > MAXIMUM_COST) return true;
    }
    return highest > SMALL_COST && (uint64_t)highest * n > MAXIMUM_WORK;
}

static void check_function(reader *r) {
    skip_string(r);
    take_size(r);
    take_size(r);
    take(r, 3);
    size_t n = take_size(r);
    const unsigned char *code = n <= (size_t)(r->end - r->at) / 4 ? take(r, n * 4) : take(r, SIZE_MAX);
    if (code && is_excessive(code, n)) r->is_excessive = true;
    for (size_t constants = take_size(r); constants > 0 && !r->is_broken; constants--) {
        unsigned tag = take_byte(r);
        if ((tag & 0x0F) == LUA_TNUMBER) take(r, 8);
        else if ((tag & 0x0F) == LUA_TSTRING) skip_string(r);
    }
    size_t upvalues = take_size(r);
    take(r, upvalues <= SIZE_MAX / 3 ? upvalues * 3 : SIZE_MAX);
    for (size_t functions = take_size(r); functions > 0 && !r->is_broken && !r->is_excessive; functions--) check_function(r);
    /* Stripped: four counts of nothing. */
    for (int i = 0; i < 4; i++) {
        if (take_size(r) != 0) r->is_broken = true;
    }
}

const char *clb_check_chunk(lua_State *L) {
    static const unsigned char header[] = {0x1B, 'L', 'u', 'a', 0x54, 0, 0x19, 0x93, '\r', '\n', 0x1A, '\n', 4, 8, 8};
    dump d = {.bytes = NULL};
    if (lua_dump(L, write_dump, &d, 1) != 0) { /* raises nothing: it allocates nothing of Lua's */
        free(d.bytes);
        return "not enough memory to check it";
    }
    reader r = {.at = d.bytes, .end = d.bytes + d.count};
    const unsigned char *start = take(&r, sizeof header);
    bool is_known = start && memcmp(start, header, sizeof header) == 0; /* a later Lua is sound */
    if (is_known) {
        take(&r, 8 + 8 + 1);
        check_function(&r);
    }
    free(d.bytes);
    if (!is_known || !(r.is_broken || r.is_excessive)) return NULL;
    if (r.is_excessive) return "a function indexes the result of indexing too many times in a row (split it up)";
    return "the compiled form cannot be checked";
}
