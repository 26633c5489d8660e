/* Outbox → Lua. Items are read by index and copied first: pushing may run a finaliser, which may append to the
   outbox and so move it. */
#include "internal.h"

typedef struct scattering {
    lua_State *L;
    clb_state *state;
    size_t at;
    const char *problem;
} scattering;

static void push_value(scattering *s, int depth);

/* Pushes nil for what cannot be pushed, and notes why; the walk goes on so that `at` stays right. */
static void push_table(scattering *s, clb_value header, int depth) {
    lua_State *L = s->L;
    if (depth >= CLB_MAXIMUM_DEPTH || !lua_checkstack(L, 8)) {
        s->problem = "value nested too deep for Lua";
        lua_pushnil(L);
        return;
    }
    lua_createtable(L, (int)header.table.array_count, (int)header.table.pair_count);
    int table = lua_gettop(L);
    for (uint32_t i = 1; i <= header.table.array_count && !s->problem; i++) {
        push_value(s, depth + 1);
        lua_rawseti(L, table, i);
    }
    for (uint32_t i = 0; i < header.table.pair_count && !s->problem; i++) {
        push_value(s, depth + 1);
        push_value(s, depth + 1);
        if (lua_isnil(L, -2) || (lua_type(L, -2) == LUA_TNUMBER && lua_tonumber(L, -2) != lua_tonumber(L, -2))) {
            s->problem = s->problem ? s->problem : "nil or NaN as a table key";
            lua_pop(L, 2);
        } else {
            lua_rawset(L, table);
        }
    }
    switch (header.table.mark) {
    case CLB_MARK_ARRAY: lua_rawgeti(L, LUA_REGISTRYINDEX, s->state->array_meta); lua_setmetatable(L, table); break;
    case CLB_MARK_OBJECT: lua_rawgeti(L, LUA_REGISTRYINDEX, s->state->object_meta); lua_setmetatable(L, table); break;
    case CLB_MARK_ERROR: clb_prepare_error(L, table); break;
    case CLB_MARK_NONE: break;
    }
}

static void push_json(scattering *s, clb_value item) {
    lua_State *L = s->L;
    /* A copy that the collector owns: the arena may move while values are made. */
    char *copy = lua_newuserdatauv(L, item.span.count + 1, 0);
    memcpy(copy, s->state->bytes + item.span.offset, item.span.count);
    copy[item.span.count] = 0; /* for strtod */
    const char *problem = clb_json_decode(L, copy, item.span.count);
    if (problem) {
        s->problem = problem;
        lua_pushnil(L);
    }
    lua_remove(L, -2);
}

static void push_value(scattering *s, int depth) {
    lua_State *L = s->L;
    clb_value item = s->state->values[s->at++];
    switch (item.tag) {
    case CLB_BOOLEAN: lua_pushboolean(L, item.boolean); break;
    case CLB_INTEGER: lua_pushinteger(L, item.integer); break;
    case CLB_NUMBER: lua_pushnumber(L, item.number); break;
    case CLB_STRING: lua_pushlstring(L, s->state->bytes + item.span.offset, item.span.count); break;
    case CLB_NULL: clb_push_null(L); break;
    case CLB_TABLE: push_table(s, item, depth); break;
    case CLB_FUNCTION:
    case CLB_OPAQUE: lua_rawgeti(L, LUA_REGISTRYINDEX, item.reference); break;
    case CLB_OBJECT: {
        size_t place = s->at - 1;
        clb_push_object(L, item.object.pointer, item.object.type);
        s->state->values[place].object.pointer = NULL; /* Lua's finaliser owns it now */
        break;
    }
    case CLB_HOST_FUNCTION: {
        size_t place = s->at - 1;
        clb_function function;
        memcpy(&function, &s->state->values[s->at++].object.pointer, sizeof function);
        clb_push_host_function(L, function, item.object.type != 0, item.object.pointer);
        s->state->values[place].object.pointer = NULL;
        break;
    }
    case CLB_JSON: push_json(s, item); break;
    case CLB_NIL:
    case CLB_CYCLE:
    case CLB_TOO_DEEP:
    case CLB_LIVE:
    case CLB_LIVE_TABLE:
    case CLB_SMALL_TEXT: lua_pushnil(L); break;
    }
}

const char *clb_scatter(lua_State *L, size_t start, uint32_t n) {
    scattering s = {.L = L, .state = clb_of(L), .at = start};
    int base = lua_gettop(L);
    if (n > (uint32_t)INT32_MAX - 16 || !lua_checkstack(L, (int)n + 8)) return "too many values for Lua's stack";
    for (uint32_t i = 0; i < n && !s.problem; i++) push_value(&s, 0);
    if (s.problem) lua_settop(L, base);
    return s.problem;
}
