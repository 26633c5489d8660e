/* Lua → flat values. Bounded in depth; a table that contains itself is marked where it recurs, so that whoever reads
   the values can name the place. Raw access only: a script's metamethods are not run by a conversion. */
#include "internal.h"

typedef struct gathering {
    lua_State *L;
    clb_state *state;
    clb_value *values;
    size_t count, capacity;
    char *bytes; /* copies of the strings inside tables */
    size_t byte_count, byte_capacity;
    int buffer;  /* stack index of the userdata that holds `values`; `bytes` and the pinned objects lie above it */
    size_t string_bytes, work;
    const void *path[CLB_MAXIMUM_DEPTH];
} gathering;

/* Gathering allocates, allocation collects, and a finaliser of the script may then change the very table that is read.
   So strings inside tables are copied and objects inside tables are pinned; what lies on the stack itself is safe. */
enum { BYTES = 1, PINS = 2 };

static void copy_string(gathering *g, clb_value *value) {
    size_t count = value->string.count;
    if (g->byte_count + count + 1 > g->byte_capacity) {
        size_t larger = g->byte_capacity ? g->byte_capacity * 2 : 256;
        while (larger < g->byte_count + count + 1) larger *= 2;
        char *moved = lua_newuserdatauv(g->L, larger, 0);
        if (g->byte_count) memcpy(moved, g->bytes, g->byte_count);
        lua_replace(g->L, g->buffer + BYTES);
        g->bytes = moved;
        g->byte_capacity = larger;
    }
    memcpy(g->bytes + g->byte_count, value->string.bytes, count);
    value->string.bytes = (const char *)(uintptr_t)g->byte_count; /* an offset, until the bytes no longer move */
    value->is_taken = true;
    g->byte_count += count;
}

static void pin_object(gathering *g, int index) {
    lua_State *L = g->L;
    luaL_checkstack(L, 3, NULL);
    if (lua_isnil(L, g->buffer + PINS)) {
        lua_newtable(L);
        lua_replace(L, g->buffer + PINS);
    }
    lua_pushvalue(L, index);
    lua_pushboolean(L, 1);
    lua_rawset(L, g->buffer + PINS);
}

static clb_value *next(gathering *g) {
    if (g->count == g->capacity) {
        size_t larger = g->capacity * 2;
        clb_value *moved = lua_newuserdatauv(g->L, larger * sizeof(clb_value), 0);
        memcpy(moved, g->values, g->count * sizeof(clb_value));
        lua_replace(g->L, g->buffer);
        g->values = moved;
        g->capacity = larger;
    }
    clb_value *value = &g->values[g->count++];
    *value = (clb_value){.tag = CLB_NIL};
    return value;
}

static void gather_value(gathering *g, int index, int depth);

static void gather_table(gathering *g, int index, int depth) {
    lua_State *L = g->L;
    const void *identity = lua_topointer(L, index);
    for (int i = 0; i < depth; i++) {
        if (g->path[i] == identity) {
            next(g)->tag = CLB_CYCLE;
            return;
        }
    }
    if (depth >= CLB_MAXIMUM_DEPTH) {
        next(g)->tag = CLB_TOO_DEEP;
        return;
    }
    g->path[depth] = identity;
    luaL_checkstack(L, 8, "value nested too deep");

    clb_mark mark = CLB_MARK_NONE;
    if (lua_getmetatable(L, index)) {
        const void *meta = lua_topointer(L, -1);
        if (meta == g->state->array_identity) mark = CLB_MARK_ARRAY;
        else if (meta == g->state->object_identity) mark = CLB_MARK_OBJECT;
        else if (meta == g->state->error_identity) mark = CLB_MARK_ERROR;
        lua_pop(L, 1);
    }

    size_t header = g->count;
    next(g)->tag = CLB_TABLE;
    lua_Unsigned length = lua_rawlen(L, index);
    if (length > UINT32_MAX) luaL_error(L, "table too large");
    for (lua_Unsigned i = 1; i <= length; i++) {
        lua_rawgeti(L, index, (lua_Integer)i);
        gather_value(g, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    uint32_t pairs = 0;
    lua_pushnil(L);
    while (clb_next(L, index)) {
        if (lua_isinteger(L, -2)) {
            lua_Integer key = lua_tointeger(L, -2);
            if (key >= 1 && (lua_Unsigned)key <= length) {
                lua_pop(L, 1);
                continue;
            }
        }
        if (pairs == UINT32_MAX) luaL_error(L, "table too large");
        int top = lua_gettop(L);
        gather_value(g, top - 1, depth + 1);
        gather_value(g, top, depth + 1);
        lua_pop(L, 1);
        pairs++;
    }
    g->values[header].table.array_count = (uint32_t)length;
    g->values[header].table.pair_count = pairs;
    g->values[header].table.mark = mark;
}

static void gather_reference(gathering *g, int index, clb_tag tag) {
    luaL_checkstack(g->L, 2, NULL);
    lua_pushvalue(g->L, index);
    int reference = luaL_ref(g->L, LUA_REGISTRYINDEX);
    clb_value *value = next(g); /* may raise for memory; the reference is then lost with the script, which stops */
    value->tag = tag;
    value->reference = reference;
}

static bool gather_plain(lua_State *L, int index, clb_value *value) {
    switch (lua_type(L, index)) {
    case LUA_TNIL:
    case LUA_TNONE:
        value->tag = CLB_NIL;
        return true;
    case LUA_TBOOLEAN:
        value->tag = CLB_BOOLEAN;
        value->boolean = lua_toboolean(L, index);
        return true;
    case LUA_TNUMBER: {
        if (lua_isinteger(L, index)) {
            value->tag = CLB_INTEGER;
            value->integer = lua_tointeger(L, index);
        } else {
            value->tag = CLB_NUMBER;
            value->number = lua_tonumber(L, index);
        }
        return true;
    }
    case LUA_TSTRING:
        value->tag = CLB_STRING;
        value->string.bytes = lua_tolstring(L, index, &value->string.count);
        return true;
    case LUA_TLIGHTUSERDATA:
        value->tag = clb_is_null(L, index) ? CLB_NULL : CLB_OPAQUE;
        value->reference = LUA_NOREF;
        return true;
    case LUA_TUSERDATA: {
        uint32_t type = 0;
        void *object = clb_object_at(L, index, &type);
        if (!object) return false;
        value->tag = CLB_OBJECT;
        value->object.pointer = object;
        value->object.type = type;
        return true;
    }
    default:
        return false;
    }
}

static void gather_value(gathering *g, int index, int depth) {
    clb_value plain = {.tag = CLB_NIL};
    clb_poll(g->L, &g->work, 1);
    if (gather_plain(g->L, index, &plain)) {
        if (plain.tag == CLB_STRING) g->string_bytes += plain.string.count;
        if (depth > 0 && plain.tag == CLB_STRING) copy_string(g, &plain);
        if (depth > 0 && plain.tag == CLB_OBJECT) pin_object(g, index);
        *next(g) = plain;
        return;
    }
    switch (lua_type(g->L, index)) {
    case LUA_TTABLE: gather_table(g, index, depth); break;
    case LUA_TFUNCTION: gather_reference(g, index, CLB_FUNCTION); break;
    default: gather_reference(g, index, CLB_OPAQUE); break;
    }
}

clb_gathered clb_gather(lua_State *L, int first, int n) {
    gathering g = {.L = L, .state = clb_of(L)};
    luaL_checkstack(L, 10, NULL);
    g.capacity = n < 16 ? 16 : (size_t)n;
    g.values = lua_newuserdatauv(L, g.capacity * sizeof(clb_value), 0);
    g.buffer = lua_gettop(L);
    lua_pushnil(L);
    lua_pushnil(L);
    for (int i = 0; i < n; i++) gather_value(&g, first + i, 0);
    for (size_t i = 0; g.bytes && i < g.count; i++) {
        if (g.values[i].tag != CLB_STRING || !g.values[i].is_taken) continue;
        g.values[i].string.bytes = g.bytes + (uintptr_t)g.values[i].string.bytes;
        g.values[i].is_taken = false;
    }
    return (clb_gathered){.values = g.values, .count = g.count, .bytes = g.string_bytes};
}

/* A Swift value with its place in an array, and a string with its header and spare room. */
enum { SWIFT_VALUE = 64 };

size_t clb_charge_copies(lua_State *L, clb_gathered gathered) {
    clb_state *state = clb_of(L);
    size_t amount = gathered.count * SWIFT_VALUE + gathered.bytes;
    if (state->limits.memory && clb_memory_used(state) + amount > state->limits.memory) {
        clb_request_stop(state, CLB_STOP_MEMORY);
        clb_raise_stop(L);
    }
    clb_charge(state, amount);
    return amount;
}

void clb_drop_untaken(lua_State *L, clb_value *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        clb_value *value = &values[i];
        if ((value->tag == CLB_FUNCTION || value->tag == CLB_OPAQUE) && !value->is_taken) {
            luaL_unref(L, LUA_REGISTRYINDEX, value->reference);
        }
    }
}
