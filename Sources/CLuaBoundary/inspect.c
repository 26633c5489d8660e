/* What a prompt needs to know about values, and what scripts have no business with: a part of Lua's debug library.
 *
 * The table goes to the host's own Lua alone. None of its functions runs a metamethod. */
#include "internal.h"

/* function → {source, line, last, native, vararg, parameters…} */
static int inspect_function(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_Debug of;
    lua_pushvalue(L, 1);
    lua_getinfo(L, ">Su", &of);
    lua_settop(L, 1);
    lua_newtable(L);
    bool is_native = *of.what == 'C';
    bool is_hosts = !is_native && strncmp(of.source, CLB_HOST_CHUNK, strlen(CLB_HOST_CHUNK)) == 0;
    lua_pushboolean(L, is_native);
    lua_setfield(L, 2, "native");
    lua_pushboolean(L, is_hosts);
    lua_setfield(L, 2, "host");
    if (is_native) return 1;
    lua_pushstring(L, of.short_src);
    lua_setfield(L, 2, "source");
    lua_pushinteger(L, of.linedefined);
    lua_setfield(L, 2, "line");
    lua_pushboolean(L, of.isvararg);
    lua_setfield(L, 2, "vararg");
    for (int i = 1; i <= of.nparams; i++) {
        lua_pushvalue(L, 1);
        const char *name = lua_getlocal(L, NULL, i);
        lua_pushstring(L, name ? name : "?");
        lua_rawseti(L, 2, i);
        lua_settop(L, 2);
    }
    return 1;
}

/* value → its metatable, whatever __metatable says. */
static int inspect_metatable(lua_State *L) {
    luaL_checkany(L, 1);
    if (!lua_getmetatable(L, 1)) lua_pushnil(L);
    return 1;
}

/* function → the names of its upvalues. */
static int inspect_upvalues(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 1);
    lua_newtable(L);
    const char *name;
    for (int i = 1; !lua_iscfunction(L, 1) && (name = lua_getupvalue(L, 1, i)); i++) {
        lua_pop(L, 1);
        lua_pushstring(L, name);
        lua_rawseti(L, 2, i);
    }
    return 1;
}

/* f, n, g, m: the n-th upvalue of f becomes the m-th of g (manual §6.10, debug.upvaluejoin). */
static int inspect_join(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    luaL_checktype(L, 3, LUA_TFUNCTION);
    int n = (int)luaL_checkinteger(L, 2), m = (int)luaL_checkinteger(L, 4);
    luaL_argcheck(L, !lua_iscfunction(L, 1) && lua_upvalueid(L, 1, n), 2, "no such upvalue");
    luaL_argcheck(L, !lua_iscfunction(L, 3) && lua_upvalueid(L, 3, m), 4, "no such upvalue");
    lua_upvaluejoin(L, 1, n, 3, m);
    return 0;
}

static int library_protected(lua_State *L) {
    int32_t *reference = lua_touserdata(L, 1);
    static const luaL_Reg functions[] = {
        {"function", inspect_function}, {"metatable", inspect_metatable}, {"upvalues", inspect_upvalues},
        {"join", inspect_join}, {NULL, NULL},
    };
    luaL_newlib(L, functions);
    *reference = luaL_ref(L, LUA_REGISTRYINDEX);
    return 0;
}

int32_t clb_inspect_library(clb_state *state) {
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
