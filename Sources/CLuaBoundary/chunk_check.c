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

#include "dump.h"
#include "internal.h"

enum { MAXIMUM_COST = 2000, SMALL_COST = 100, MAXIMUM_WORK = 20000000, REGISTERS = 256 };

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

static void check_function(clb_reader *r, bool *is_bad) {
    clb_skip_string(r);
    clb_take_size(r);
    clb_take_size(r);
    clb_take(r, 3);
    size_t n = clb_take_size(r);
    const unsigned char *code = n <= (size_t)(r->end - r->at) / 4 ? clb_take(r, n * 4) : clb_take(r, SIZE_MAX);
    if (code && is_excessive(code, n)) *is_bad = true;
    for (size_t constants = clb_take_size(r); constants > 0 && !r->is_broken; constants--) {
        unsigned tag = clb_take_byte(r);
        if ((tag & 0x0F) == LUA_TNUMBER) clb_take(r, 8);
        else if ((tag & 0x0F) == LUA_TSTRING) clb_skip_string(r);
    }
    size_t upvalues = clb_take_size(r);
    clb_take(r, upvalues <= SIZE_MAX / 3 ? upvalues * 3 : SIZE_MAX);
    for (size_t functions = clb_take_size(r); functions > 0 && !r->is_broken && !*is_bad; functions--) check_function(r, is_bad);
    /* Stripped: four counts of nothing. */
    for (int i = 0; i < 4; i++) {
        if (clb_take_size(r) != 0) r->is_broken = true;
    }
}

const char *clb_check_chunk(lua_State *L) {
    clb_dump d = {.bytes = NULL};
    if (lua_dump(L, clb_write_dump, &d, 1) != 0) { /* raises nothing: it allocates nothing of Lua's */
        free(d.bytes);
        return "not enough memory to check it";
    }
    clb_reader r = {.at = d.bytes, .end = d.bytes + d.count};
    bool is_known = clb_take_header(&r); /* a later Lua is sound */
    bool is_excessive = false;
    if (is_known) check_function(&r, &is_excessive);
    free(d.bytes);
    if (!is_known || !(r.is_broken || is_excessive)) return NULL;
    if (is_excessive) return "a function indexes the result of indexing too many times in a row (split it up)";
    return "the compiled form cannot be checked";
}
