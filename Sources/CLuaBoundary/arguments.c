/* The arguments of a host call, while it lasts: plain values are read at once, all others when Swift asks for them.
 *
 * What Swift calls here may run below its frames, so nothing raises: what could is inside a protected call, and its error
 * stays on the stack for the trampoline to raise. Everything that is read is read raw, as a conversion does it. */
#include <stdlib.h>

#include "internal.h"

void clb_read_plain(lua_State *L, int index, clb_value *value) {
    if (lua_isinteger(L, index)) {
        value->is_taken = false;
        value->tag = CLB_INTEGER;
        value->integer = lua_tointegerx(L, index, NULL);
    } else {
        clb_read_other(L, index, value);
    }
}

void clb_read_other(lua_State *L, int index, clb_value *value) {
    value->is_taken = false;
    int type = lua_type(L, index);
    if (type == LUA_TSTRING) {
        value->tag = CLB_STRING;
        value->string.bytes = lua_tolstring(L, index, &value->string.count);
        return;
    }
    switch (type) {
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            value->tag = CLB_INTEGER;
            value->integer = lua_tointegerx(L, index, NULL);
            return;
        }
        value->tag = CLB_NUMBER;
        value->number = lua_tonumberx(L, index, NULL);
        return;
    case LUA_TBOOLEAN:
        value->tag = CLB_BOOLEAN;
        value->boolean = lua_toboolean(L, index);
        return;
    case LUA_TNIL: value->tag = CLB_NIL; return;
    case LUA_TLIGHTUSERDATA:
        value->tag = clb_is_null(L, index) ? CLB_NULL : CLB_OPAQUE;
        value->reference = LUA_NOREF;
        return;
    case LUA_TUSERDATA: {
        uint32_t number = 0;
        void *object = clb_object_at(L, index, &number);
        if (object) {
            value->tag = CLB_OBJECT;
            value->object.pointer = object;
            value->object.type = number;
            return;
        }
        break;
    }
    default: break;
    }
    value->tag = type == LUA_TTABLE ? CLB_LIVE_TABLE : CLB_LIVE;
}

/* ---- copies ---- */

/* (call, values…) → the three buffers of what was gathered. */
static int gather_protected(lua_State *L) {
    clb_call *call = lua_touserdata(L, 1);
    clb_gathered all = clb_gather(L, 2, lua_gettop(L) - 1);
    if (all.count > UINT32_MAX) return luaL_error(L, "arguments too large");
    call->charged = clb_charge_copies(L, all);
    call->arguments = all.values;
    call->value_count = (uint32_t)all.count;
    return 3;
}

/* Notes why a protected call failed, with its error on top of the stack. Returns the outcome that ends the host call. */
static clb_outcome failed(clb_state *state, int status) {
    clb_note_status(state, status);
    return clb_is_stopping(state) ? CLB_STOP : CLB_RERAISE;
}

static clb_outcome gather_all(clb_call *call) {
    lua_State *L = call->thread;
    int n = (int)call->argument_count;
    if (!lua_checkstack(L, n + 8)) return failed(call->state, LUA_ERRMEM);
    lua_pushcfunction(L, gather_protected);
    lua_pushlightuserdata(L, call);
    for (int i = 1; i <= n; i++) lua_pushvalue(L, i);
    int status = lua_pcall(L, n + 1, 3, 0);
    if (status != LUA_OK) return failed(call->state, status);
    call->is_gathered = true;
    return CLB_RETURN;
}

uint32_t clb_count_arguments(clb_call *call) {
    if (call->argument_count == CLB_UNCOUNTED) call->argument_count = (uint32_t)lua_gettop(call->thread);
    return call->argument_count;
}

clb_outcome clb_read_arguments(clb_call *call) {
    if (call->arguments) return CLB_RETURN;
    uint32_t n = clb_count_arguments(call);
    if (n > CLB_PLAIN_ARGUMENTS) return gather_all(call);
    for (uint32_t i = call->plain_count; i < n; i++) clb_read_plain(call->thread, (int)i + 1, &call->plain[i]);
    call->arguments = call->plain;
    call->plain_count = call->value_count = n;
    return CLB_RETURN;
}

clb_outcome clb_gather_arguments(clb_call *call) {
    clb_outcome outcome = clb_read_arguments(call);
    if (outcome != CLB_RETURN || call->is_gathered) return outcome;
    bool has_live = false;
    for (uint32_t i = 0; i < call->argument_count; i++) has_live |= call->arguments[i].tag >= CLB_LIVE;
    return has_live ? gather_all(call) : CLB_RETURN;
}

/* ---- fields of a table that was not copied ---- */

/* Names that Swift asks for again and again, as strings of Lua that the registry keeps: so no string is made for a field.
   Where all places for a name are taken, the first serves the newer name. */
enum { NAME_PLACES = 256, NAME_TRIES = 4 };

struct clb_name {
    uint64_t first, last; /* its first and its last bytes: all of it, up to EXACT */
    const char *bytes;    /* the string's own */
    size_t count;
    int reference;
};

enum { EXACT = 16 };

/* The same names by the words of Swift's strings for them: two comparisons instead of a look at the bytes. */
enum { KEY_PLACES = 256, KEY_BITS = 8 };

struct clb_key {
    clb_small_text words; /* both 0: none */
    int reference;        /* of the name above */
};

static clb_key *key_place(clb_state *state, clb_small_text words) {
    uint64_t mixed = (words.first ^ (words.last << 23 | words.last >> 41)) * UINT64_C(0x9E3779B97F4A7C15);
    return &state->keys[mixed >> (64 - KEY_BITS)];
}

typedef struct name_request {
    const char *bytes;
    size_t count;
    clb_name *place;
    uint64_t first, last;
} name_request;

static int keep_name(lua_State *L) {
    name_request *request = lua_touserdata(L, 1);
    const char *bytes = lua_pushlstring(L, request->bytes, request->count);
    int reference = luaL_ref(L, LUA_REGISTRYINDEX);
    clb_name *place = request->place;
    if (place->bytes) {
        clb_state *state = clb_of(L);
        for (int i = 0; i < KEY_PLACES; i++)
            if (state->keys[i].reference == place->reference) state->keys[i].words = (clb_small_text){0, 0};
        luaL_unref(L, LUA_REGISTRYINDEX, place->reference);
    }
    *place = (clb_name){request->first, request->last, bytes, request->count, reference};
    return 0;
}

static bool make_places(clb_state *state) {
    clb_name *names = calloc(NAME_PLACES, sizeof *names);
    clb_key *keys = calloc(KEY_PLACES, sizeof *keys);
    if (!names || !keys) {
        free(names);
        free(keys);
        clb_request_stop(state, CLB_STOP_MEMORY);
        return false;
    }
    state->names = names;
    state->keys = keys;
    clb_charge(state, NAME_PLACES * sizeof *names + KEY_PLACES * sizeof *keys);
    return true;
}

/* [-0, +1 or 0, -] Pushes the name; otherwise the error of the attempt is on top, and the outcome returned. */
static clb_outcome push_name(lua_State *L, clb_state *state, const char *name, size_t count, int *reference) {
    if (!state->names && !make_places(state)) return CLB_STOP;
    if (!name) name = "";
    uint64_t first, last;
    clb_take_ends(name, count, &first, &last);
    uint64_t mixed = (first ^ (last << 7 | last >> 57) ^ count) * UINT64_C(0x9E3779B97F4A7C15);
    unsigned at = (unsigned)(mixed >> 56);
    clb_name *place = &state->names[at];
    for (unsigned i = 0; i < NAME_TRIES; i++) {
        clb_name *candidate = &state->names[(at + i) % NAME_PLACES];
        if (!candidate->bytes) {
            place = candidate;
            break;
        }
        if (candidate->count == count && candidate->first == first && candidate->last == last
            && (count <= EXACT || memcmp(candidate->bytes, name, count) == 0)) {
            *reference = candidate->reference;
            lua_rawgeti(L, LUA_REGISTRYINDEX, *reference);
            return CLB_RETURN;
        }
    }
    name_request request = {name, count, place, first, last};
    lua_pushcfunction(L, keep_name);
    lua_pushlightuserdata(L, &request);
    int status = lua_pcall(L, 1, 0, 0);
    if (status != LUA_OK) return failed(state, status);
    *reference = place->reference;
    lua_rawgeti(L, LUA_REGISTRYINDEX, *reference);
    return CLB_RETURN;
}

/* Which call's tables this thread reads in place. The numbers are never used twice in a process, so one that was kept too
   long, or by another thread, finds nothing. */
static _Thread_local struct { uint64_t serial; clb_call *call; } live;
static _Atomic uint64_t last_block;

uint64_t clb_live_begin(clb_call *call) {
    enum { BLOCK = 1 << 20 };
    if (call->live_serial) return call->live_serial;
    static _Thread_local uint64_t last;
    if (last % BLOCK == BLOCK - 1 || last == 0) last = (atomic_fetch_add(&last_block, 1) + 1) * BLOCK;
    clb_count_arguments(call); /* while nothing but them is on the stack */
    call->outer_serial = live.serial;
    call->outer_call = live.call;
    call->live_serial = live.serial = ++last;
    live.call = lua_checkstack(call->thread, 16) ? call : NULL;
    return live.serial;
}

void clb_live_end(clb_call *call) {
    live.serial = call->outer_serial;
    live.call = call->outer_call;
    call->live_serial = 0;
}

clb_call *clb_live_call(uint64_t serial) { return live.serial == serial ? live.call : NULL; }

clb_outcome clb_read_field(uint64_t serial, uint32_t position, const char *name, size_t count, clb_value *value) {
    if (live.serial != serial || !live.call) return CLB_OVER;
    clb_call *call = live.call;
    lua_State *L = call->thread;
    int reference;
    clb_outcome outcome = push_name(L, call->state, name, count, &reference);
    if (outcome != CLB_RETURN) return outcome;
    lua_rawget(L, (int)position);
    clb_read_plain(L, -1, value);
    lua_pop(L, 1); /* the table keeps the value, and nothing changes the table while its fields are read */
    return CLB_RETURN;
}

clb_outcome clb_read_lasting_field(uint64_t serial, uint32_t position, clb_small_text words, const char *name, size_t count,
                                   clb_value *value) {
    if (live.serial != serial || !live.call) return CLB_OVER;
    clb_call *call = live.call;
    int reference;
    clb_outcome outcome = push_name(call->thread, call->state, name, count, &reference);
    if (outcome != CLB_RETURN) return outcome;
    lua_pop(call->thread, 1);
    *key_place(call->state, words) = (clb_key){words, reference};
    return clb_read_known_field(serial, position, words, CLB_NIL, value);
}

clb_outcome clb_read_known_field(uint64_t serial, uint32_t position, clb_small_text words, clb_tag expected, clb_value *value) {
    clb_call *call = live.call;
    if (live.serial != serial || !call) return CLB_OVER;
    clb_state *state = call->state;
    if (!state->keys) return CLB_UNKNOWN;
    const clb_key *key = key_place(state, words);
    if (key->words.first != words.first || key->words.last != words.last) return CLB_UNKNOWN;
    lua_State *L = call->thread;
    lua_rawgeti(L, LUA_REGISTRYINDEX, key->reference);
    lua_rawget(L, (int)position);
    if (expected == CLB_INTEGER) clb_read_plain(L, -1, value);
    else clb_read_other(L, -1, value);
    lua_pop(L, 1);
    return CLB_RETURN;
}

typedef struct field_request {
    clb_gathered gathered;
    size_t charged;
} field_request;

/* (request, value) → the three buffers. */
static int gather_field_protected(lua_State *L) {
    field_request *request = lua_touserdata(L, 1);
    request->gathered = clb_gather(L, 2, 1);
    if (request->gathered.count > UINT32_MAX) return luaL_error(L, "arguments too large");
    request->charged = clb_charge_copies(L, request->gathered);
    return 3;
}

clb_outcome clb_gather_field(clb_call *call, uint32_t position, const char *name, size_t count, clb_field_receiver receiver,
                             void *context) {
    lua_State *L = call->thread;
    if (!lua_checkstack(L, 12)) return failed(call->state, LUA_ERRMEM);
    field_request request = {.charged = 0};
    lua_pushcfunction(L, gather_field_protected);
    lua_pushlightuserdata(L, &request);
    int reference;
    clb_outcome outcome = push_name(L, call->state, name, count, &reference);
    if (outcome != CLB_RETURN) return outcome;
    lua_rawget(L, (int)position);
    int status = lua_pcall(L, 2, 3, 0);
    if (status != LUA_OK) return failed(call->state, status);
    receiver(context, request.gathered.values, (uint32_t)request.gathered.count);
    clb_uncharge(call->state, request.charged);
    lua_pop(L, 3);
    return CLB_RETURN;
}
