/* The safe standard libraries, and the few functions of them that the host must answer itself. */
#include "internal.h"

/* ---- load: text only, never bytecode (manual §6.1: a corrupt binary chunk can crash the interpreter) ---- */

/* The reader's own arguments are at 1..4, its last piece is kept at RESERVED so that it is not collected. */
enum { RESERVED = 5 };

static const char *read_piece(lua_State *L, void *unused, size_t *size) {
    (void)unused;
    luaL_checkstack(L, 2, "too many nested functions");
    lua_pushvalue(L, 1);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        *size = 0;
        return NULL;
    }
    if (!lua_isstring(L, -1)) luaL_error(L, "reader function must return a string");
    lua_replace(L, RESERVED);
    return lua_tolstring(L, RESERVED, size);
}

/* A text in pieces, so that a stop ends the compilation of a very long one. */
typedef struct text_pieces {
    lua_State *L;
    const char *at, *end;
    size_t work;
} text_pieces;

static const char *next_piece(lua_State *L, void *opaque, size_t *size) {
    (void)L;
    text_pieces *text = opaque;
    size_t left = (size_t)(text->end - text->at);
    *size = left < 1 << 16 ? left : 1 << 16;
    const char *piece = text->at;
    text->at += *size;
    if (piece != text->end) clb_poll(text->L, &text->work, CLB_POLL_WORK);
    return *size ? piece : NULL;
}

static int library_load(lua_State *L) {
    size_t count;
    const char *source = lua_tolstring(L, 1, &count);
    const char *mode = luaL_optstring(L, 3, "t");
    bool has_environment = !lua_isnone(L, 4);
    int status;
    if (!strchr(mode, 't')) {
        lua_pushnil(L);
        lua_pushliteral(L, "attempt to load a binary chunk (only text is loaded here)");
        return 2;
    }
    if (source) {
        const char *name = luaL_optstring(L, 2, source);
        if (strncmp(name, CLB_HOST_CHUNK, strlen(CLB_HOST_CHUNK)) == 0) name = "=?";
        text_pieces text = {.L = L, .at = source, .end = source + count};
        status = lua_load(L, next_piece, &text, name, "t");
    } else {
        const char *name = luaL_optstring(L, 2, "=(load)");
        if (strncmp(name, CLB_HOST_CHUNK, strlen(CLB_HOST_CHUNK)) == 0) name = "=?";
        luaL_checktype(L, 1, LUA_TFUNCTION);
        lua_settop(L, RESERVED);
        status = lua_load(L, read_piece, NULL, name, "t");
    }
    clb_state *state = clb_of(L);
    clb_note_status(state, status);
    const char *problem = status == LUA_OK ? clb_check_chunk(L) : NULL;
    if (problem) {
        lua_pushnil(L);
        lua_pushstring(L, problem);
        return 2;
    }
    if (status == LUA_OK) {
        if (has_environment) {
            lua_pushvalue(L, 4);
            if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
        }
        return 1;
    }
    if (clb_is_stopping(state)) clb_raise_stop(L);
    lua_pushnil(L);
    lua_insert(L, -2);
    return 2;
}

/* ---- print: to the host's output ---- */

static int library_print(lua_State *L) {
    int n = lua_gettop(L);
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= n; i++) {
        if (i > 1) luaL_addchar(&line, '\t');
        luaL_tolstring(L, i, NULL);
        luaL_addvalue(&line);
    }
    luaL_addchar(&line, '\n');
    luaL_pushresult(&line);
    size_t count;
    const char *bytes = lua_tolstring(L, -1, &count);
    clb_state *state = clb_of(L);
    if (clb_is_stopping(state)) clb_check_stop(L);
    state->host.write(state->host.context, bytes, count);
    return 0;
}

/* ---- collectgarbage: what a script may ask for ---- */

/* The cycle under way to its end, and then a whole one: what is garbage by now is collected, and a stop ends it. */
static void collect(lua_State *L) {
    size_t work = 0;
    for (int cycle = 0; cycle < 2; cycle++) {
        do clb_poll(L, &work, CLB_POLL_WORK / 8);
        while (!lua_gc(L, LUA_GCSTEP, 64));
    }
}

/* The limits rely on the collector: it is neither switched off nor tuned, but scripts that try are not broken. */
static int library_collectgarbage(lua_State *L) {
    static const char *const options[] = {"collect", "count", "step", "isrunning", "stop", "restart", "incremental",
                                          "generational", "setpause", "setstepmul", NULL};
    switch (luaL_checkoption(L, 1, "collect", options)) {
    case 0:
        collect(L);
        lua_pushinteger(L, 0);
        break;
    case 4: case 5: lua_pushinteger(L, 0); break;
    case 6: case 7: {
        clb_state *state = clb_of(L);
        lua_pushstring(L, state->claims_generational ? "generational" : "incremental");
        state->claims_generational = luaL_checkoption(L, 1, NULL, options) == 7;
        break;
    }
    case 8: lua_pushinteger(L, 200); break;
    case 9: lua_pushinteger(L, 100); break;
    case 1: lua_pushnumber(L, (lua_Number)lua_gc(L, LUA_GCCOUNT) + (lua_Number)lua_gc(L, LUA_GCCOUNTB) / 1024); break;
    case 2: lua_pushboolean(L, lua_gc(L, LUA_GCSTEP, (int)luaL_optinteger(L, 2, 0))); break;
    default: lua_pushboolean(L, 1); break;
    }
    return 1;
}

/* ---- os.setlocale: the locale is the process's, and strcoll of another one reads beyond strings in Lua before 5.4.6.
   So there is one locale, and asking for any other fails as for one that is not installed (manual §6.9). ---- */

static int library_setlocale(lua_State *L) {
    static const char *const categories[] = {"all", "collate", "ctype", "monetary", "numeric", "time", NULL};
    const char *name = luaL_optstring(L, 1, NULL);
    luaL_checkoption(L, 2, "all", categories);
    if (!name || !*name || strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0) lua_pushliteral(L, "C");
    else luaL_pushfail(L);
    return 1;
}

/* ---- what is denied says so, instead of being nil ---- */

static int denied(lua_State *L) {
    const char *name = lua_tostring(L, lua_upvalueindex(1));
    const char *instead = lua_tostring(L, lua_upvalueindex(2));
    return clb_raise_message(L, "denied", "%s is not available to scripts: %s", name, instead);
}

static void set_denied(lua_State *L, const char *field, const char *name, const char *instead) {
    lua_pushstring(L, name);
    lua_pushstring(L, instead);
    lua_pushcclosure(L, denied, 2);
    lua_setfield(L, -2, field);
}

/* `error` (manual §6.1), but where it is called by a file of the host no position is added: that line tells a script nothing. */
static int library_error(lua_State *L) {
    int level = (int)luaL_optinteger(L, 2, 1);
    lua_settop(L, 1);
    if (lua_type(L, 1) != LUA_TSTRING || level <= 0) return lua_error(L);
    lua_Debug frame;
    if (lua_getstack(L, level, &frame) && lua_getinfo(L, "S", &frame) &&
        strncmp(frame.source, CLB_HOST_CHUNK, strlen(CLB_HOST_CHUNK)) == 0)
        return lua_error(L);
    luaL_where(L, level);
    lua_insert(L, 1);
    lua_concat(L, 2);
    return lua_error(L);
}

void clb_open_library(lua_State *L) {
    static const luaL_Reg libraries[] = {
        {LUA_GNAME, luaopen_base}, {LUA_TABLIBNAME, luaopen_table}, {LUA_STRLIBNAME, luaopen_string},
        {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8}, {LUA_OSLIBNAME, luaopen_os}, {NULL, NULL},
    };
    for (const luaL_Reg *library = libraries; library->func; library++) {
        luaL_requiref(L, library->name, library->func, 1);
        lua_pop(L, 1);
    }
    /* luaL_requiref keeps a table of loaded modules in the registry; scripts get theirs from the host's `require`. */
    lua_pushnil(L);
    lua_setfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);

    lua_pushglobaltable(L);
    lua_pushcfunction(L, library_load);
    lua_setfield(L, -2, "load");
    lua_pushcfunction(L, library_error);
    lua_setfield(L, -2, "error");
    lua_pushcfunction(L, library_print);
    lua_setfield(L, -2, "print");
    lua_pushcfunction(L, library_collectgarbage);
    lua_setfield(L, -2, "collectgarbage");
    set_denied(L, "dofile", "dofile", "use require for a file below the script's folder");
    set_denied(L, "loadfile", "loadfile", "use require for a file below the script's folder");
    lua_pop(L, 1);

    lua_getglobal(L, LUA_STRLIBNAME);
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    lua_pop(L, 1);

    lua_getglobal(L, LUA_OSLIBNAME);
    set_denied(L, "execute", "os.execute", "scripts start no processes");
    set_denied(L, "remove", "os.remove", "files are denied by default");
    set_denied(L, "rename", "os.rename", "files are denied by default");
    set_denied(L, "tmpname", "os.tmpname", "files are denied by default");
    set_denied(L, "getenv", "os.getenv", "the environment is denied by default");
    set_denied(L, "exit", "os.exit", "this host does not end scripts so");
    lua_pushcfunction(L, library_setlocale);
    lua_setfield(L, -2, "setlocale");
    lua_pop(L, 1);
}
