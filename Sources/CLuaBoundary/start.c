/* What is in a script's state before its first line beside Lua's own libraries: `require`, `package`, `arg`, `io`, the parts of
   `os` that only the host can answer, and `c8`. In C, so that a state neither reads nor holds bytecode for it. */
#include "internal.h"

/* ---- the globals of embedded modules ---- */

/* How many fields the tables had in the last state, by their names: in all states of a process as many, as nothing has run yet. It
   says no more than how large a copy is made at first. */
enum { KINDS = 32 };

static atomic_int sizes[KINDS];

static atomic_int *size_of(const char *name, size_t count) {
    return &sizes[(count * 7 + (unsigned char)name[0]) % KINDS];
}

/* Copies the fields of the table at that index to the one on top, and gives their number. */
static int copy_fields(lua_State *L, int from) {
    int to = lua_gettop(L), count = 0;
    lua_pushnil(L);
    for (; lua_next(L, from); count++) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, to);
    }
    return count;
}

/* Pushes a copy of the globals and their tables, without `_G`. */
static void push_environment(lua_State *L, int globals) {
    lua_createtable(L, 0, atomic_load_explicit(size_of("", 0), memory_order_relaxed));
    int copy = lua_gettop(L);
    int count = copy_fields(L, globals);
    atomic_store_explicit(size_of("", 0), count, memory_order_relaxed);
    lua_pushnil(L);
    lua_setfield(L, copy, LUA_GNAME);
    lua_pushnil(L);
    while (lua_next(L, globals)) {
        size_t length = 0;
        const char *name = lua_istable(L, -1) && lua_type(L, -2) == LUA_TSTRING ? lua_tolstring(L, -2, &length) : NULL;
        if (name && !lua_rawequal(L, -1, globals)) {
            atomic_int *size = size_of(name, length);
            lua_createtable(L, 0, atomic_load_explicit(size, memory_order_relaxed));
            atomic_store_explicit(size, copy_fields(L, lua_gettop(L) - 1), memory_order_relaxed);
            lua_setfield(L, copy, name);
        }
        lua_pop(L, 1);
    }
}

/* ---- require ---- */

/* Its upvalues. */
enum { LOADED = 1, LOADING, PRELOAD, FIND, ENVIRONMENT, NATIVE, SUPPORT, UPVALUES = SUPPORT };

/* Its stack: the argument, then what follows from it. */
enum { NAME = 1, LOADER, ARGUMENT, MODULE_SUPPORT, MARK, RESULT };

static int is_set(lua_State *L, int table) {
    lua_pushvalue(L, NAME);
    return lua_gettable(L, lua_upvalueindex(table)) != LUA_TNIL;
}

/* What embedded modules share; made when the first of them is loaded. */
static void push_support(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(SUPPORT));
    if (!lua_isnil(L, -1)) return;
    lua_pop(L, 1);
    lua_getfield(L, lua_upvalueindex(NATIVE), "load_support");
    lua_call(L, 0, 1);
    lua_pushvalue(L, lua_upvalueindex(ENVIRONMENT));
    lua_call(L, 1, 1);
    lua_pushvalue(L, lua_upvalueindex(NATIVE));
    lua_call(L, 1, 1);
    lua_pushvalue(L, -1);
    lua_replace(L, lua_upvalueindex(SUPPORT));
}

/* However the loading ended: upvalues are the table of what is being loaded, and the name. */
static int end_loading(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_pushnil(L);
    lua_settable(L, lua_upvalueindex(1));
    return 0;
}

static void begin_loading(lua_State *L) {
    lua_pushvalue(L, NAME);
    lua_pushboolean(L, 1);
    lua_settable(L, lua_upvalueindex(LOADING));
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, lua_upvalueindex(LOADING));
    lua_pushvalue(L, NAME);
    lua_pushcclosure(L, end_loading, 2);
    lua_setfield(L, -2, "__close");
    lua_setmetatable(L, -2);
    lua_toclose(L, MARK);
}

static int required(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    lua_settop(L, RESULT);
    if (lua_isnil(L, RESULT)) {
        bool has_set_it = is_set(L, LOADED);
        lua_settop(L, MARK);
        if (!has_set_it) lua_pushboolean(L, 1);
    }
    if (lua_gettop(L) == RESULT) {
        lua_pushvalue(L, NAME);
        lua_insert(L, RESULT);
        lua_settable(L, lua_upvalueindex(LOADED));
    }
    lua_pushvalue(L, NAME);
    lua_gettable(L, lua_upvalueindex(LOADED));
    lua_pushvalue(L, ARGUMENT);
    return 2;
}

/* Loads a module once: the host's own, or a file below the script's folder. A module may call asynchronous functions while it
   loads. */
static int library_require(lua_State *L) {
    if (lua_type(L, NAME) != LUA_TSTRING)
        return luaL_error(L, "bad argument #1 to 'require' (string expected, got %s)", luaL_typename(L, NAME));
    lua_settop(L, NAME);
    if (is_set(L, LOADED)) return 1;
    if (is_set(L, LOADING)) return luaL_error(L, "module '%s' requires itself", lua_tostring(L, NAME));
    lua_settop(L, NAME);
    if (is_set(L, PRELOAD)) {
        lua_pushliteral(L, ":preload:");
    } else {
        lua_settop(L, NAME);
        lua_pushvalue(L, lua_upvalueindex(FIND));
        lua_pushvalue(L, NAME);
        lua_call(L, 1, 2);
    }
    if (lua_istable(L, ARGUMENT)) {
        push_support(L);
        lua_pushvalue(L, LOADER);
        lua_pushvalue(L, lua_upvalueindex(ENVIRONMENT));
        lua_call(L, 1, 1);
        lua_replace(L, LOADER);
    } else {
        lua_pushnil(L);
    }
    begin_loading(L);
    lua_pushvalue(L, LOADER);
    if (lua_isfunction(L, LOADER)) {
        lua_pushvalue(L, NAME);
        lua_pushvalue(L, ARGUMENT);
        lua_pushvalue(L, MODULE_SUPPORT);
        lua_callk(L, 3, 1, 0, required);
    }
    return required(L, LUA_OK, 0);
}

/* ---- `c8`, which is there without a require, as one-liners expect: made when it is first used ---- */

static int found_c8(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    lua_pushvalue(L, -1);
    lua_setfield(L, 1, "c8");
    return 1;
}

static int globals_index(lua_State *L) {
    if (lua_type(L, 2) != LUA_TSTRING || lua_rawlen(L, 2) != 2 || memcmp(lua_tostring(L, 2), "c8", 2) != 0) {
        lua_pushnil(L);
        return 1;
    }
    lua_settop(L, 2);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushliteral(L, "c8");
    lua_callk(L, 1, 1, 0, found_c8);
    return found_c8(L, LUA_OK, 0);
}

/* ---- all of it ---- */

static void set_from(lua_State *L, int native, const char *field) {
    lua_getfield(L, native, field);
    lua_setfield(L, -2, field);
}

void clb_install_globals(lua_State *L) {
    static const char *const libraries[] = {"string", "table", "math", "utf8", "os", "coroutine", "debug"};
    luaL_checkstack(L, 24, "too many nested tables");
    int native = lua_gettop(L);
    lua_pushglobaltable(L);
    int globals = native + 1, environment = native + 2, loaded = native + 3, preload = native + 4, require = native + 5;
    push_environment(L, globals);
    lua_createtable(L, 0, 16);
    lua_newtable(L);

    lua_pushvalue(L, loaded);
    lua_newtable(L);
    lua_pushvalue(L, preload);
    lua_getfield(L, native, "find");
    lua_pushvalue(L, environment);
    lua_pushvalue(L, native);
    lua_pushnil(L);
    lua_pushcclosure(L, library_require, UPVALUES);
    lua_pushvalue(L, require);
    lua_setfield(L, environment, "require");
    lua_pushvalue(L, require);
    lua_setfield(L, globals, "require");

    lua_createtable(L, 0, 2);
    lua_pushvalue(L, loaded);
    lua_setfield(L, -2, "loaded");
    lua_pushvalue(L, preload);
    lua_setfield(L, -2, "preload");
    lua_pushvalue(L, -1);
    lua_setfield(L, loaded, "package");
    lua_setfield(L, globals, "package");

    lua_getfield(L, native, "arg");
    lua_setfield(L, globals, "arg");
    lua_getfield(L, globals, LUA_OSLIBNAME);
    set_from(L, native, "getenv");
    set_from(L, native, "exit");
    lua_pop(L, 1);

    lua_pushcfunction(L, clb_make_io);
    lua_getfield(L, native, "write");
    lua_getfield(L, native, "write_error");
    lua_getfield(L, native, "read");
    lua_getfield(L, native, "deny");
    lua_call(L, 4, 1);
    lua_pushvalue(L, -1);
    lua_setfield(L, loaded, "io");
    lua_setfield(L, globals, "io");

    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        lua_getfield(L, globals, libraries[i]);
        lua_setfield(L, loaded, libraries[i]);
    }
    lua_pushvalue(L, globals);
    lua_setfield(L, loaded, LUA_GNAME);

    lua_createtable(L, 0, 1);
    lua_pushvalue(L, require);
    lua_pushcclosure(L, globals_index, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, globals);
    lua_settop(L, native - 1);
}
