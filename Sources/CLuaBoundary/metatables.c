/* setmetatable, and the two metamethods that a host must not leave to the interpreter.
 *
 * Lua finds a metamethod by the interned string of its name, which it makes when a state is created. The bytes of two of
 * those strings, "__gc" and "__concat", are overwritten here with random ones. What a script calls "__gc" is then another
 * string, which means nothing to the interpreter; the interpreter's own string, which no script can spell, is the key
 * under which a metatable gets the boundary's function. That function looks the script's own field up when it runs, as
 * Lua would have, so that fields may be set, changed and removed at any time.
 *
 *   __gc      Lua runs finalisers with hooks off: one that does not return could not be stopped.
 *   __concat  In Lua 5.4.3 and 5.4.4 the concatenation goes on with a pointer into a stack that the metamethod may have
 *             moved (upstream fix 603b2c64). There, our function yields, which takes the interpreter out of that code:
 *             a resumed concatenation goes another way, which reads the stack anew. Sound libraries are left alone.
 */
#include <stdlib.h>
#include <sys/random.h>

#include "internal.h"

/* ---- is this library's concatenation sound? ---- */

enum { PROBE_SLOTS = 4000, PROBE_BLOCKS = 512 };

/* The probe's memory is kept until its state is no longer used: a stale pointer then points at something. */
typedef struct probe_memory {
    void *blocks[PROBE_BLOCKS];
    int count;
} probe_memory;

static void *probe_allocate(void *opaque, void *block, size_t old_size, size_t new_size) {
    probe_memory *memory = opaque;
    if (new_size == 0 || memory->count == PROBE_BLOCKS) return NULL;
    void *fresh = malloc(new_size);
    if (!fresh) return NULL;
    memory->blocks[memory->count++] = fresh;
    if (block) memcpy(fresh, block, old_size < new_size ? old_size : new_size);
    return fresh;
}

static int probe_metamethod(lua_State *L) {
    luaL_checkstack(L, PROBE_SLOTS, NULL);
    lua_pushliteral(L, "x");
    return 1;
}

static int probe_concatenation(lua_State *L) {
    bool *is_sound = lua_touserdata(L, 1);
    lua_gc(L, LUA_GCSTOP);
    lua_settop(L, 0);
    lua_pushliteral(L, "b");
    lua_newtable(L);
    lua_newtable(L);
    lua_pushcfunction(L, probe_metamethod);
    lua_setfield(L, -2, "__concat");
    lua_setmetatable(L, -2);
    lua_concat(L, 2);
    /* With a stale stack top the distance from the function to the top is anything but one value. */
    *is_sound = lua_gettop(L) == 1;
    return 0;
}

static bool concatenation_is_sound = false;

static void probe(void) {
    probe_memory *memory = calloc(1, sizeof *memory);
    if (!memory) return;
    lua_State *L = lua_newstate(probe_allocate, memory);
    if (L) {
        bool is_sound = false;
        lua_pushcfunction(L, probe_concatenation);
        lua_pushlightuserdata(L, &is_sound);
        concatenation_is_sound = lua_pcall(L, 1, 0, 0) == LUA_OK && is_sound;
    }
    /* Not lua_close: on an unsound library the state is broken now. Its memory is all that it has. */
    for (int i = 0; i < memory->count; i++) free(memory->blocks[i]);
    free(memory);
}

bool clb_concatenation_is_sound(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, probe);
    return concatenation_is_sound;
}

/* ---- the interpreter's own names ---- */

/* Not UTF-8, so that no text is ever equal to it. */
static void random_name(char *name, size_t count) {
    if (getrandom(name, count, GRND_NONBLOCK) != (ssize_t)count) {
        uint64_t seed = (uint64_t)clb_monotonic() ^ (uint64_t)(uintptr_t)name;
        for (size_t i = 0; i < count; i++) name[i] = (char)((seed = seed * 6364136223846793005u + 1442695040888963407u) >> 56);
    }
    name[0] = (char)0xFF;
}

/* [-0, +0, m] Takes the interpreter's string of this name away from scripts. */
static void take_name(lua_State *L, const char *name, enum clb_event event) {
    clb_state *state = clb_of(L);
    size_t count;
    lua_pushstring(L, name);
    const char *interned = lua_tolstring(L, -1, &count);
    /* Lua's strings lie in memory that this state's allocator gave, writable and shared with no other state. */
    random_name((char *)interned, count);
    state->event_names[event] = interned;
    state->events[event] = luaL_ref(L, LUA_REGISTRYINDEX);
}

void clb_push_event_name(lua_State *L, enum clb_event event) {
    lua_rawgeti(L, LUA_REGISTRYINDEX, clb_of(L)->events[event]);
}

bool clb_is_hidden_key(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TSTRING) return false;
    const char *text = lua_tostring(L, index); /* a short string: equal ones are the same one */
    clb_state *state = clb_of(L);
    return text == state->event_names[CLB_EVENT_GC] || text == state->event_names[CLB_EVENT_CONCAT];
}

int clb_next(lua_State *L, int index) {
    index = lua_absindex(L, index);
    while (lua_next(L, index)) {
        if (!clb_is_hidden_key(L, -2)) return 1;
        lua_pop(L, 1);
    }
    return 0;
}

/* ---- finalisers ---- */

/* Runs on a coroutine of its own, which has hooks. An error in it is dropped, as Lua does with warnings off. */
static int finalise(lua_State *L) {
    clb_state *state = clb_of(L);
    lua_settop(L, 1);
    if (luaL_getmetafield(L, 1, "__gc") == LUA_TNIL) return 0;
    lua_State *co = lua_newthread(L);
    *clb_extra(co) = (uintptr_t)state;
    lua_insert(L, 1);
    lua_insert(L, 2);
    lua_xmove(L, co, 2); /* the function and the object */
    clb_finish_detached(L, co, 1);
    return 0;
}

const char *clb_library_release(void) { return LUA_RELEASE; }

bool clb_library_concatenates_soundly(void) { return clb_concatenation_is_sound(); }

/* ---- concatenation ---- */

static int concatenated(lua_State *L, int status, lua_KContext context) {
    (void)L, (void)status, (void)context;
    return 1;
}

static int concatenate_continued(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    lua_callk(L, 2, 1, 0, concatenated);
    return 1;
}

static int concatenate(lua_State *L) {
    lua_settop(L, 2);
    if (luaL_getmetafield(L, 1, "__concat") == LUA_TNIL && luaL_getmetafield(L, 2, "__concat") == LUA_TNIL) {
        int culprit = lua_type(L, 1) == LUA_TSTRING || lua_type(L, 1) == LUA_TNUMBER ? 2 : 1;
        const char *type = luaL_getmetafield(L, culprit, "__name") == LUA_TSTRING ? lua_tostring(L, -1)
                                                                                : luaL_typename(L, culprit);
        return luaL_error(L, "attempt to concatenate a %s value", type);
    }
    if (!lua_isyieldable(L)) {
        return luaL_error(L, "this Lua library cannot run __concat inside a callback of a C function: "
                             "call the metamethod by name there, or build the text beforehand");
    }
    lua_insert(L, 1);
    clb_of(L)->stepping_aside = true;
    return lua_yieldk(L, 0, 0, concatenate_continued);
}

/* ---- setmetatable (manual §6.1), next, pairs ---- */

/* [-0, +0, m] Puts the boundary's function under the interpreter's name, unless it is there. */
static void interpose(lua_State *L, int meta, enum clb_event event, lua_CFunction function) {
    clb_push_event_name(L, event);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, meta) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushcfunction(L, function);
        lua_rawset(L, meta);
    } else {
        lua_pop(L, 2);
    }
}

void clb_guard_concatenation(lua_State *L, int meta) {
    if (!clb_concatenation_is_sound()) interpose(L, meta, CLB_EVENT_CONCAT, concatenate);
}

static int set_metatable(lua_State *L) {
    int type = lua_type(L, 2);
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    if (type == LUA_TTABLE) {
        lua_pushliteral(L, "__gc");
        /* As in Lua, an object is marked for finalisation only if there is a __gc by now. */
        if (lua_rawget(L, 2) != LUA_TNIL) interpose(L, 2, CLB_EVENT_GC, finalise);
        lua_pop(L, 1);
        clb_guard_concatenation(L, 2);
    }
    lua_setmetatable(L, 1);
    return 1;
}

static int table_next(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (clb_next(L, 1)) return 2;
    lua_pushnil(L);
    return 1;
}

static int pairs_continued(lua_State *L, int status, lua_KContext context) {
    (void)L, (void)status, (void)context;
    return 3;
}

static int table_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") == LUA_TNIL) {
        lua_pushvalue(L, lua_upvalueindex(1)); /* next */
        lua_pushvalue(L, 1);
        lua_pushnil(L);
        return 3;
    }
    lua_pushvalue(L, 1);
    lua_callk(L, 1, 3, 0, pairs_continued);
    return 3;
}

void clb_take_event_names(lua_State *L) {
    /* The buffers of lauxlib have a finaliser too: made now, it keeps the interpreter's name. */
    luaL_Buffer buffer;
    luaL_buffinitsize(L, &buffer, LUAL_BUFFERSIZE + 1);
    luaL_pushresult(&buffer);
    lua_pop(L, 1);
    take_name(L, "__gc", CLB_EVENT_GC);
    if (!clb_concatenation_is_sound()) take_name(L, "__concat", CLB_EVENT_CONCAT);
}

void clb_open_metatables(lua_State *L) {
    lua_pushcfunction(L, set_metatable);
    lua_setglobal(L, "setmetatable");
    lua_pushcfunction(L, table_next);
    lua_pushvalue(L, -1);
    lua_setglobal(L, "next");
    lua_pushcclosure(L, table_pairs, 1);
    lua_setglobal(L, "pairs");
}
