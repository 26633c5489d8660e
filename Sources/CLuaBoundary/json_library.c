/* The functions of c8.json, and the marks that keep empty arrays and objects apart. */
#include "internal.h"

static int mark(lua_State *L, int reference, const void *identity, const char *name) {
    if (lua_isnoneornil(L, 1)) {
        lua_settop(L, 0);
        lua_newtable(L);
    }
    if (!lua_istable(L, 1)) return clb_raise_argument(L, 1, name, "table");
    if (lua_getmetatable(L, 1)) {
        clb_state *state = clb_of(L);
        const void *meta = lua_topointer(L, -1);
        lua_pop(L, 1);
        if (meta != identity && meta != state->array_identity && meta != state->object_identity)
            return clb_raise_message(L, "invalid", "c8.json.%s: the table has a metatable of its own", name);
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, reference);
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

static int json_array(lua_State *L) { return mark(L, clb_of(L)->array_meta, clb_of(L)->array_identity, "array"); }
static int json_object(lua_State *L) { return mark(L, clb_of(L)->object_meta, clb_of(L)->object_identity, "object"); }

/* A misspelt option would have no effect, and nothing would say so. */
static void check_options(lua_State *L, int table) {
    lua_pushnil(L);
    while (lua_next(L, table)) {
        lua_pop(L, 1);
        const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : luaL_typename(L, -1);
        if (strcmp(name, "pretty") && strcmp(name, "sort_keys"))
            clb_raise_message(L, "invalid", "unknown option '%s' of encode; there are pretty and sort_keys", name);
    }
}

static bool option(lua_State *L, int table, const char *name) {
    lua_pushstring(L, name);
    lua_rawget(L, table);
    bool on = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return on;
}

void clb_json_options(lua_State *L, int table, bool *pretty, bool *sort_keys) {
    *pretty = *sort_keys = false;
    if (lua_type(L, table) != LUA_TTABLE) return;
    check_options(L, table);
    *pretty = option(L, table, "pretty");
    *sort_keys = option(L, table, "sort_keys");
}

static int null_to_string(lua_State *L) {
    if (clb_is_null(L, 1)) lua_pushliteral(L, "null");
    else lua_pushfstring(L, "userdata: %p", lua_topointer(L, 1));
    return 1;
}

static int new_mark(lua_State *L, const char *name, const void **identity) {
    lua_createtable(L, 0, 1);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    *identity = lua_topointer(L, -1);
    return luaL_ref(L, LUA_REGISTRYINDEX);
}

void clb_open_json(lua_State *L) {
    clb_state *state = clb_of(L);
    state->array_meta = new_mark(L, "json.array", &state->array_identity);
    state->object_meta = new_mark(L, "json.object", &state->object_identity);
    /* All light userdata share one metatable; null is the only one that scripts get. */
    clb_push_null(L);
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, null_to_string);
    lua_setfield(L, -2, "__tostring");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

static int library_protected(lua_State *L) {
    int32_t *reference = lua_touserdata(L, 1);
    static const luaL_Reg functions[] = {
        {"decode", clb_json_decode_function}, {"encode", clb_json_encode_function}, {"array", json_array}, {"object", json_object}, {NULL, NULL},
    };
    luaL_newlib(L, functions);
    clb_push_null(L);
    lua_setfield(L, -2, "null");
    *reference = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

int32_t clb_json_library(clb_state *state) {
    int32_t reference = -1;
    clb_enter(state);
    lua_State *L = state->current;
    int status = LUA_ERRMEM;
    if (lua_checkstack(L, 4)) {
        lua_pushcfunction(L, library_protected);
        lua_pushlightuserdata(L, &reference);
        status = lua_pcall(L, 1, 0, 0);
        if (status != LUA_OK) lua_pop(L, 1);
    }
    clb_note_status(state, status);
    clb_leave(state);
    return reference;
}
