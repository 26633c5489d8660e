/* Host functions as C closures, and the trampoline that calls Swift.
 *
 * Arguments that are plain values are read at once. Tables, functions and the like stay where they are until Swift asks for
 * them: see arguments.c. */
#include "internal.h"

typedef struct function_box {
    clb_function function;
    void *context;
    bool is_unary;
    bool expects_other; /* the last call's first argument was no integer, and so is the next one's */
} function_box;

/* A key of the registry: its address is what counts. */
static const char function_meta_key = 'f';

static int finalise_function(lua_State *L) {
    function_box *box = lua_touserdata(L, 1);
    void *context = box->context;
    box->context = NULL;
    if (context) clb_of(L)->host.release(context);
    return 0;
}

/* [-0, +1, m] */
static int push_string(lua_State *L, clb_state *state, const clb_value *value, clb_outbox_mark mark) {
    lua_pushlstring(L, state->bytes + value->span.offset, value->span.count);
    if (state->byte_capacity > CLB_KEPT_BYTES) clb_outbox_rewind(state, mark);
    else state->byte_count = mark.bytes;
    return 1;
}

/* [-0, +1, m] */
static inline int push_plain(lua_State *L, clb_state *state, const clb_value *value, clb_outbox_mark mark) {
    switch (value->tag) {
    case CLB_STRING: return push_string(L, state, value, mark);
    case CLB_SMALL_TEXT: lua_pushlstring(L, (const char *)&value->small, value->small.last >> 56 & CLB_SMALL_COUNT); break;
    case CLB_BOOLEAN: lua_pushboolean(L, value->boolean); break;
    case CLB_INTEGER: lua_pushinteger(L, value->integer); break;
    case CLB_NUMBER: lua_pushnumber(L, value->number); break;
    default: lua_pushnil(L); break;
    }
    return 1;
}

/* [-0, +results, e] Swift has returned: push what it appended, or raise it. */
static int finish(lua_State *L, clb_state *state, clb_call *call, clb_outcome outcome, clb_outbox_mark mark) {
    if (outcome == CLB_RETURN_PLAIN) return push_plain(L, state, &call->result, mark);
    if (outcome == CLB_RETURN && call->result_count == 1 && state->value_count == mark.values + 1
        && state->values[mark.values].tag == CLB_STRING) {
        clb_value value = state->values[mark.values];
        state->value_count = mark.values;
        return push_string(L, state, &value, mark);
    }
    if (outcome == CLB_RETURN || outcome == CLB_RAISE) {
        uint32_t count = outcome == CLB_RETURN ? call->result_count : 1;
        const char *problem = count ? clb_scatter(L, mark.values, count) : NULL;
        clb_outbox_rewind(state, mark);
        if (problem) return clb_raise_message(L, "invalid", "%s", problem);
        return outcome == CLB_RETURN ? (int)count : lua_error(L);
    }
    clb_outbox_rewind(state, mark);
    if (outcome == CLB_RERAISE && !clb_is_stopping(state)) return lua_error(L);
    return clb_raise_stop(L);
}

static int collect(lua_State *L, clb_state *state, uint64_t operation) {
    clb_outbox_mark mark = clb_outbox_begin(state);
    clb_call call = {.state = state, .mark = mark};
    clb_outcome outcome = state->host.collect(state->host.context, operation, &call);
    return finish(L, state, &call, outcome, mark);
}

static int trampoline_continued(lua_State *L, int status, lua_KContext operation) {
    (void)status;
    return collect(L, clb_of(L), (uint64_t)operation);
}

static inline void read_argument(lua_State *L, int index, clb_value *value) {
    if (lua_isinteger(L, index)) {
        value->tag = CLB_INTEGER;
        value->integer = lua_tointegerx(L, index, NULL);
    } else {
        clb_read_other(L, index, value);
    }
}

/* How many there are is another question to Lua, which few functions of one argument have. */
static inline void read_first(lua_State *L, function_box *box, clb_call *call) {
    call->arguments = NULL;
    call->argument_count = CLB_UNCOUNTED;
    call->plain_count = 1;
    if (!box->expects_other && lua_isinteger(L, 1)) {
        call->plain[0].tag = CLB_INTEGER;
        call->plain[0].integer = lua_tointegerx(L, 1, NULL);
        return;
    }
    clb_read_other(L, 1, &call->plain[0]);
    box->expects_other = call->plain[0].tag != CLB_INTEGER;
    if (call->plain[0].tag == CLB_LIVE && lua_isnone(L, 1)) call->plain_count = 0;
}

/* [-0, +3 or 0, m] */
static inline void read_all(lua_State *L, function_box *box, clb_call *call) {
    (void)box;
    int n = lua_gettop(L);
    call->argument_count = call->value_count = (uint32_t)n;
    if (n <= CLB_PLAIN_ARGUMENTS) {
        call->arguments = call->plain;
        call->plain_count = (uint32_t)n;
        for (int i = 0; i < n; i++) read_argument(L, i + 1, &call->plain[i]);
        return;
    }
    clb_gathered all = clb_gather(L, 1, n);
    if (all.count > UINT32_MAX) luaL_error(L, "arguments too large");
    call->charged = clb_charge_copies(L, all);
    call->plain_count = 0;
    call->arguments = all.values;
    call->value_count = (uint32_t)all.count;
    call->is_gathered = true;
}

/* [-0, +results, e] Swift has returned, with more than a plain result or from more than plain arguments. */
static __attribute__((noinline)) int end_call(lua_State *L, clb_call *call, clb_outcome outcome) {
    clb_state *state = call->state;
    if (call->live_serial) clb_live_end(call);
    if (call->is_gathered) {
        clb_uncharge(state, call->charged);
        clb_drop_untaken(L, call->arguments, call->value_count);
    }
    if (outcome != CLB_SUSPEND) return finish(L, state, call, outcome, call->mark);

    clb_outbox_rewind(state, call->mark);
    if (lua_isyieldable(L)) {
        state->suspending = call->operation;
        return lua_yieldk(L, 0, (lua_KContext)call->operation, trampoline_continued);
    }
    /* Inside table.sort, string.gsub, a finaliser or a call from Swift: the script's own thread waits. */
    state->host.wait(state->host.context, call->operation);
    return collect(L, state, call->operation);
}

/* A finaliser of the script may run after ours, and still hold this function. */
static __attribute__((noinline)) int raise_finalised(lua_State *L) {
    return luaL_error(L, "this function of the host has been finalised");
}

static inline int call_host(lua_State *L, clb_state *state, function_box *box,
                            void (*read)(lua_State *L, function_box *box, clb_call *call)) {
    if (clb_is_stopping(state)) clb_check_stop(L);
    if (!box->context) return raise_finalised(L);
    clb_call call;
    call.state = state;
    call.function = box->context;
    call.mark = (clb_outbox_mark){.values = state->value_count, .bytes = state->byte_count};
    call.thread = L;
    call.is_gathered = false;
    call.live_serial = 0;
    read(L, box, &call);
    clb_outcome outcome = box->function(box->context, &call);
    if (outcome == CLB_RETURN_PLAIN && !call.is_gathered && !call.live_serial) {
        if (call.result.tag == CLB_INTEGER) {
            lua_pushinteger(L, call.result.integer);
            return 1;
        }
        return push_plain(L, state, &call.result, call.mark);
    }
    return end_call(L, &call, outcome);
}

static __attribute__((noinline)) int call_many(lua_State *L, clb_state *state, function_box *box) {
    return call_host(L, state, box, read_all);
}

static __attribute__((noinline)) int call_unary(lua_State *L, clb_state *state, function_box *box) {
    return call_host(L, state, box, read_first);
}

static inline int call_box(lua_State *L, clb_state *state, function_box *box) {
    return box->is_unary ? call_unary(L, state, box) : call_many(L, state, box);
}

static __attribute__((noinline)) int call_numbered(lua_State *L, unsigned number) {
    clb_state *state = clb_of(L);
    return call_box(L, state, state->functions[number]);
}

static int trampoline(lua_State *L) { return call_box(L, clb_of(L), lua_touserdata(L, lua_upvalueindex(1))); }

/* To look at its upvalue takes a closure about as long as to read an integer: so the first functions of a state have entries
   that know their number. No number is used again, since a finaliser may still hold the function that had it; a box lives
   for as long as the closure over it. */
#define EACH_DIGIT(what, n) \
    what(n##0) what(n##1) what(n##2) what(n##3) what(n##4) what(n##5) what(n##6) what(n##7) \
    what(n##8) what(n##9) what(n##a) what(n##b) what(n##c) what(n##d) what(n##e) what(n##f)
#define EACH_NUMBER(what) \
    EACH_DIGIT(what, 0) EACH_DIGIT(what, 1) EACH_DIGIT(what, 2) EACH_DIGIT(what, 3) \
    EACH_DIGIT(what, 4) EACH_DIGIT(what, 5) EACH_DIGIT(what, 6) EACH_DIGIT(what, 7) \
    EACH_DIGIT(what, 8) EACH_DIGIT(what, 9) EACH_DIGIT(what, a) EACH_DIGIT(what, b) \
    EACH_DIGIT(what, c) EACH_DIGIT(what, d) EACH_DIGIT(what, e) EACH_DIGIT(what, f)
#define ENTRY(n) static int entry_##n(lua_State *L) { return call_numbered(L, 0x##n); }
#define NAME(n) entry_##n,

EACH_NUMBER(ENTRY)
static const lua_CFunction entries[CLB_NUMBERED] = {EACH_NUMBER(NAME)};

void clb_push_host_function(lua_State *L, clb_function function, bool is_unary, void *context) {
    clb_state *state = clb_of(L);
    function_box *box = lua_newuserdatauv(L, sizeof *box, 0);
    box->function = function;
    box->is_unary = is_unary;
    box->expects_other = false;
    box->context = NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &function_meta_key);
    lua_setmetatable(L, -2);
    bool is_numbered = state->function_count < CLB_NUMBERED;
    lua_pushcclosure(L, is_numbered ? entries[state->function_count] : trampoline, 1);
    if (is_numbered) state->functions[state->function_count++] = box;
    box->context = context; /* nothing raises from here on */
}

void clb_open_functions(lua_State *L) {
    lua_newtable(L);
    clb_push_event_name(L, CLB_EVENT_GC);
    lua_pushcfunction(L, finalise_function);
    lua_rawset(L, -3);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &function_meta_key);
}
