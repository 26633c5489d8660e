/* Entries from Swift. Each runs as one C function under lua_pcall, hands what it has to the receiver while the Lua
   values are still on the stack, and never lets an error pass: the status tells. */
#include "dump.h"
#include "internal.h"

typedef struct entry {
    clb_state *state;
    clb_receiver receiver;
    void *context;
    clb_delivery delivery;
    bool delivered;
    /* arguments of the particular entry */
    const char *source;
    size_t count;
    const char *name;
    int32_t function;
    int32_t root;
    int32_t result;
    clb_outbox_mark mark;
    uint32_t arguments;
    bool begins;
    void (*take)(void *context, const char *bytes, size_t count);
} entry;

static clb_status status_from(clb_state *state, int status) {
    clb_note_status(state, status);
    /* The parser runs nothing that could be stopped: its verdict is one at any time. */
    if (status != LUA_OK && status != LUA_ERRSYNTAX && clb_is_stopping(state)) {
        return clb_stop_reason(state) == CLB_STOP_MEMORY ? CLB_ERROR_MEMORY : CLB_STOPPED;
    }
    switch (status) {
    case LUA_OK: return CLB_OK;
    case LUA_ERRSYNTAX: return CLB_ERROR_SYNTAX;
    case LUA_ERRMEM: return CLB_ERROR_MEMORY;
    default: return CLB_ERROR;
    }
}

/* Runs `body` protected, on the coroutine that executes, and delivers a bare failure if it could not deliver itself. */
static void run(entry *e, lua_CFunction body) {
    clb_state *state = e->state;
    clb_enter(state);
    lua_State *L = state->current;
    int status = LUA_ERRMEM;
    if (lua_checkstack(L, 8)) {
        lua_pushcfunction(L, body);
        lua_pushlightuserdata(L, e);
        status = lua_pcall(L, 1, 0, 0);
        state->current = L;
        if (status != LUA_OK) lua_pop(L, 1);
    }
    clb_note_status(state, status);
    if (!e->delivered && e->receiver) {
        clb_delivery failure = {.status = status_from(state, status), .error_reference = -1};
        if (failure.status == CLB_OK) failure.status = CLB_ERROR;
        static const char memory[] = "not enough memory", other[] = "the value cannot be delivered";
        bool is_memory = failure.status == CLB_ERROR_MEMORY;
        failure.message.bytes = is_memory ? memory : other;
        failure.message.count = is_memory ? sizeof memory - 1 : sizeof other - 1;
        e->receiver(e->context, &failure);
    }
    clb_leave(state);
}

/* [-0, +?, m] Delivers `n` values from stack index `first` of L. */
static void deliver_values(lua_State *L, entry *e, clb_status status, int first, int n) {
    clb_gathered all = clb_gather(L, first, n);
    e->delivery.status = status;
    e->delivery.values = all.values;
    e->delivery.value_count = (uint32_t)all.count;
    e->delivery.top_count = (uint32_t)n;
    e->delivered = true;
    e->receiver(e->context, &e->delivery);
    clb_drop_untaken(L, all.values, all.count);
}

/* [-0, +?, m] Delivers the error on top of L; `of` is the coroutine whose frames raised it, from `level` on. */
static void deliver_error(lua_State *L, entry *e, int status, lua_State *of, int level) {
    clb_state *state = e->state;
    int error = lua_gettop(L);
    luaL_checkstack(L, 16, NULL);
    clb_status outcome = status_from(state, status);
    if (of) clb_push_full_traceback(L, of, level, error);
    else lua_pushliteral(L, "");
    e->delivery.traceback.bytes = lua_tolstring(L, -1, &e->delivery.traceback.count);
    clb_push_message(L, error, !clb_is_stopping(state));
    /* The error's own __tostring may have run until it was stopped. */
    if (outcome != CLB_ERROR_SYNTAX && clb_is_stopping(state)) outcome = CLB_STOPPED;
    e->delivery.message.bytes = lua_tolstring(L, -1, &e->delivery.message.count);
    clb_push_cause(L, error);
    uint32_t type = 0;
    e->delivery.cause = lua_type(L, -1) == LUA_TUSERDATA ? clb_object_at(L, -1, &type) : NULL;
    if (lua_type(L, error) >= LUA_TTABLE) {
        lua_pushvalue(L, error);
        e->delivery.error_reference = luaL_ref(L, LUA_REGISTRYINDEX);
    }
    deliver_values(L, e, outcome, error, 1);
}

/* ---- load ---- */

static int load_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    int status = luaL_loadbufferx(L, e->source, e->count, e->name, "t");
    /* Text that nests too deeply fails as calls do that nest too deeply: "C stack overflow", with the status of a run. */
    if (status == LUA_ERRRUN) status = LUA_ERRSYNTAX;
    const char *problem = status == LUA_OK ? clb_check_chunk(L) : NULL;
    if (problem) {
        lua_pushstring(L, problem);
        status = LUA_ERRSYNTAX;
    }
    if (status == LUA_OK) {
        clb_note_chunk(L);
        deliver_values(L, e, CLB_OK, lua_gettop(L), 1);
    } else {
        deliver_error(L, e, status, NULL, 0);
    }
    return 0;
}

static int load_own_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    int status = luaL_loadbufferx(L, e->source, e->count, e->name, "bt");
    if (status == LUA_OK) deliver_values(L, e, CLB_OK, lua_gettop(L), 1);
    else deliver_error(L, e, status, NULL, 0);
    return 0;
}

void clb_load_own(clb_state *state, const char *bytes, size_t count, const char *chunk_name, clb_receiver receiver, void *context) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .receiver = receiver, .context = context, .source = bytes ? bytes : "", .count = count, .name = chunk_name};
    run(&e, load_own_protected);
}

static int dump_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    clb_dump d = {.bytes = NULL};
    lua_rawgeti(L, LUA_REGISTRYINDEX, e->function);
    if (lua_dump(L, clb_write_dump, &d, 0) == 0) e->take(e->context, (const char *)d.bytes, d.count);
    free(d.bytes);
    return 0;
}

void clb_dump_function(clb_state *state, int32_t function, void (*take)(void *context, const char *bytes, size_t count), void *context) {
    entry e = {.state = state, .context = context, .function = function, .take = take};
    run(&e, dump_protected);
}

void clb_load(clb_state *state, const char *source, size_t count, const char *chunk_name, clb_receiver receiver, void *context) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .receiver = receiver, .context = context, .source = source ? source : "", .count = count, .name = chunk_name};
    run(&e, load_protected);
}

/* ---- calls that cannot yield ---- */

/* Message handler: keeps the traceback of where the error was raised, for the delivery after the unwinding. */
static int note_traceback(lua_State *L) {
    clb_keep_inner_traceback(L, L, 1);
    return 1;
}

static int call_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    clb_state *state = e->state;
    lua_pushcfunction(L, note_traceback);
    int handler = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, e->function);
    const char *problem = clb_scatter(L, e->mark.values, e->arguments);
    clb_outbox_rewind(state, e->mark);
    if (problem) {
        lua_pushstring(L, problem);
        deliver_error(L, e, LUA_ERRRUN, NULL, 0);
        return 0;
    }
    int status = lua_pcall(L, (int)e->arguments, LUA_MULTRET, handler);
    if (status == LUA_OK) deliver_values(L, e, CLB_OK, handler + 1, lua_gettop(L) - handler);
    else deliver_error(L, e, status, L, 0);
    return 0;
}

void clb_call_function(clb_state *state, int32_t function, clb_outbox_mark mark, uint32_t argument_count,
                       clb_receiver receiver, void *context) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .receiver = receiver, .context = context, .function = function, .mark = mark, .arguments = argument_count};
    run(&e, call_protected);
    clb_outbox_rewind(state, mark);
}

/* ---- coroutines of the host ---- */

static int new_root_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    lua_State *root = lua_newthread(L);
    *clb_extra(root) = (uintptr_t)e->state | CLB_ROOT;
    e->result = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

int32_t clb_new_root(clb_state *state) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .result = -1};
    run(&e, new_root_protected);
    return e.result;
}

static int resume_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    clb_state *state = e->state;
    lua_rawgeti(L, LUA_REGISTRYINDEX, e->root);
    lua_State *root = lua_tothread(L, -1);
    int arguments = 0;
    if (e->begins) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, e->function);
        const char *problem = clb_scatter(L, e->mark.values, e->arguments);
        clb_outbox_rewind(state, e->mark);
        arguments = (int)e->arguments;
        if (!problem && !lua_checkstack(root, arguments + 8)) problem = "too many arguments";
        if (problem) {
            lua_pushstring(L, problem);
            deliver_error(L, e, LUA_ERRRUN, NULL, 0);
            return 0;
        }
        lua_xmove(L, root, arguments + 1);
    }
    *clb_extra(root) &= ~CLB_AWAITS;
    int results = 0;
    int status = clb_resume(state, L, root, arguments, &results);

    if (status == LUA_YIELD) {
        if (state->yielded_to_stop) {
            state->yielded_to_stop = false;
            lua_rawgeti(L, LUA_REGISTRYINDEX, state->stop_message);
            clb_keep_inner_traceback(L, root, -1);
            clb_close_coroutine(state, L, root);
            deliver_error(L, e, LUA_ERRRUN, L, 0);
            return 0;
        }
        if (state->suspending) {
            *clb_extra(root) |= CLB_AWAITS;
            e->delivery.status = CLB_SUSPENDED;
            e->delivery.operation = state->suspending;
            state->suspending = 0;
            e->delivered = true;
            e->receiver(e->context, &e->delivery);
            return 0;
        }
        lua_pushliteral(L, "attempt to yield from outside a coroutine"); /* not reachable by the library's own yield */
        clb_close_coroutine(state, L, root);
        deliver_error(L, e, LUA_ERRRUN, NULL, 0);
        return 0;
    }
    luaL_checkstack(L, results + 16, "too many results");
    if (status == LUA_OK) {
        lua_xmove(root, L, results);
        deliver_values(L, e, CLB_OK, lua_gettop(L) - results + 1, results);
        return 0;
    }
    clb_note_status(state, status);
    lua_xmove(root, L, 1);
    int error = lua_gettop(L);
    clb_keep_inner_traceback(L, root, error); /* before the frames are unwound */
    clb_close_coroutine(state, L, root);
    deliver_error(L, e, status, L, 0);
    return 0;
}

void clb_begin_root(clb_state *state, int32_t root, int32_t function, clb_outbox_mark mark, uint32_t argument_count,
                    clb_receiver receiver, void *context) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .receiver = receiver, .context = context, .root = root, .function = function,
               .mark = mark, .arguments = argument_count, .begins = true};
    run(&e, resume_protected);
    clb_outbox_rewind(state, mark);
}

void clb_resume_root(clb_state *state, int32_t root, clb_receiver receiver, void *context) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .receiver = receiver, .context = context, .root = root};
    run(&e, resume_protected);
}

/* ---- globals and references ---- */

static int set_global_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    const char *problem = clb_scatter(L, e->mark.values, 1);
    if (problem) return luaL_error(L, "%s", problem);
    lua_pushglobaltable(L);
    lua_pushstring(L, e->name);
    lua_pushvalue(L, -3);
    lua_rawset(L, -3);
    e->delivered = true;
    return 0;
}

clb_status clb_set_global(clb_state *state, const char *name, clb_outbox_mark mark) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .name = name, .mark = mark};
    run(&e, set_global_protected);
    clb_outbox_rewind(state, mark);
    if (e.delivered) return CLB_OK;
    return clb_is_stopping(state) ? CLB_ERROR_MEMORY : CLB_ERROR;
}

static int start_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    const char *problem = clb_scatter(L, e->mark.values, 1);
    if (problem) return luaL_error(L, "%s", problem);
    clb_install_globals(L);
    e->delivered = true;
    return 0;
}

clb_status clb_start(clb_state *state, clb_outbox_mark mark) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .mark = mark};
    run(&e, start_protected);
    clb_outbox_rewind(state, mark);
    if (e.delivered) return CLB_OK;
    return clb_is_stopping(state) ? CLB_ERROR_MEMORY : CLB_ERROR;
}

static int reference_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    const char *problem = clb_scatter(L, e->mark.values, 1);
    if (problem) return luaL_error(L, "%s", problem);
    e->result = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

int32_t clb_reference(clb_state *state, clb_outbox_mark mark) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .mark = mark, .result = -1};
    run(&e, reference_protected);
    clb_outbox_rewind(state, mark);
    return e.result;
}

static int duplicate_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, e->function);
    e->result = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

int32_t clb_duplicate_reference(clb_state *state, int32_t reference) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .function = reference, .result = -1};
    run(&e, duplicate_protected);
    return e.result;
}

static int unreference_protected(lua_State *L) {
    entry *e = lua_touserdata(L, 1);
    luaL_unref(L, LUA_REGISTRYINDEX, e->function);
    return 0;
}

void clb_unreference(clb_state *state, int32_t reference) {
    entry e = {.state = state, .delivery = {.error_reference = -1}, .function = reference};
    run(&e, unreference_protected);
}
