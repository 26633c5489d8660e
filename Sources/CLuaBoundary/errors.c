/* Error values of the host, tracebacks that name the script's lines, and errors as text. */
#include <limits.h>
#include <stdarg.h>

#include "internal.h"

static const char causes_key = 'c'; /* weak table: error table → the Swift object behind it */
static const char inner_key = 'i';  /* {error value, traceback} of the coroutine that raised last */

static bool is_host_frame(lua_Debug *frame) {
    return frame->what[0] == 'C' || strncmp(frame->source, CLB_HOST_CHUNK, strlen(CLB_HOST_CHUNK)) == 0;
}

void clb_push_where(lua_State *L) {
    lua_Debug frame;
    for (int level = 0; lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        if (!is_host_frame(&frame) && frame.currentline > 0) {
            lua_pushfstring(L, "%s:%d: ", frame.short_src, frame.currentline);
            return;
        }
    }
    lua_pushliteral(L, "");
}

/* ---- error tables ---- */

static int error_to_string(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_pushliteral(L, "where");
    if (lua_rawget(L, 1) != LUA_TSTRING) {
        lua_pop(L, 1);
        lua_pushliteral(L, "");
    }
    lua_pushliteral(L, "message");
    if (lua_rawget(L, 1) != LUA_TSTRING) {
        lua_pop(L, 1);
        lua_pushliteral(L, "unknown error");
    }
    lua_concat(L, 2);
    return 1;
}

void clb_prepare_error(lua_State *L, int index) {
    clb_state *state = clb_of(L);
    luaL_checkstack(L, 6, NULL);
    /* The Swift error travels as the pair (true, object): no script key is `true` here, and no script sees it. */
    lua_pushboolean(L, 1);
    if (lua_rawget(L, index) != LUA_TNIL) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &causes_key);
        lua_pushvalue(L, index);
        lua_pushvalue(L, -3);
        lua_rawset(L, -3);
        lua_pop(L, 2);
        lua_pushboolean(L, 1);
        lua_pushnil(L);
        lua_rawset(L, index);
    } else {
        lua_pop(L, 1);
    }
    lua_pushliteral(L, "where");
    if (lua_rawget(L, index) == LUA_TNIL) {
        lua_pushliteral(L, "where");
        clb_push_where(L);
        lua_rawset(L, index);
    }
    lua_pop(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, state->error_meta);
    lua_setmetatable(L, index);
}

int clb_raise_message(lua_State *L, const char *kind, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    lua_pushvfstring(L, format, arguments);
    va_end(arguments);
    lua_createtable(L, 0, 3);
    lua_insert(L, -2);
    lua_setfield(L, -2, "message");
    lua_pushstring(L, kind);
    lua_setfield(L, -2, "kind");
    clb_prepare_error(L, lua_gettop(L));
    return lua_error(L);
}

int clb_raise_argument(lua_State *L, int position, const char *function, const char *expected) {
    const char *got = lua_isnone(L, position) ? "no value" : luaL_typename(L, position);
    return clb_raise_message(L, "invalid", "bad argument #%d to '%s' (%s expected, got %s)", position, function, expected, got);
}

void clb_push_cause(lua_State *L, int index) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 3, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &causes_key);
    lua_pushvalue(L, index);
    if (lua_isnil(L, -1)) lua_pop(L, 1), lua_pushboolean(L, 0);
    lua_rawget(L, -2);
    lua_remove(L, -2);
}

void clb_push_message(lua_State *L, int index, bool may_call) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 6, NULL);
    int type = lua_type(L, index);
    if (type == LUA_TSTRING || type == LUA_TNUMBER) {
        lua_pushvalue(L, index);
        lua_tostring(L, -1);
        return;
    }
    if (lua_getmetatable(L, index)) {
        bool host_error = lua_topointer(L, -1) == clb_of(L)->error_identity;
        lua_pop(L, 1);
        if (host_error) {
            lua_pushcfunction(L, error_to_string);
            lua_pushvalue(L, index);
            lua_call(L, 1, 1);
            return;
        }
        if (may_call && luaL_getmetafield(L, index, "__tostring") != LUA_TNIL) {
            lua_pushvalue(L, index);
            if (lua_pcall(L, 1, 1, 0) == LUA_OK && lua_type(L, -1) == LUA_TSTRING) return;
            lua_pop(L, 1);
            lua_pushliteral(L, "(error object whose __tostring failed)");
            return;
        }
    }
    /* A table with a `message` says more than its address does. */
    if (type == LUA_TTABLE) {
        lua_pushliteral(L, "message");
        if (lua_rawget(L, index) == LUA_TSTRING) return;
        lua_pop(L, 1);
    }
    if (type == LUA_TNIL) lua_pushliteral(L, "nil");
    else lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, index));
}

/* ---- tracebacks ---- */

enum { TRACE_HEAD = 12, TRACE_TAIL = 8, TRACE_PATIENCE = 64, TRACE_DEEP = 20000, INNER_ENOUGH = 4096 };

static void add_frame(luaL_Buffer *text, lua_State *of, lua_Debug *frame, bool first) {
    lua_getinfo(of, "Slnt", frame);
    luaL_addstring(text, first ? "" : "\n");
    luaL_addstring(text, frame->short_src);
    if (frame->currentline > 0) {
        lua_Integer number = frame->currentline;
        char digits[24];
        int at = sizeof digits;
        digits[--at] = 0;
        do digits[--at] = (char)('0' + number % 10); while ((number /= 10) > 0);
        luaL_addchar(text, ':');
        luaL_addstring(text, &digits[at]);
    }
    luaL_addstring(text, ": in ");
    if (frame->what[0] == 'm') luaL_addstring(text, "main chunk");
    else if (frame->name) {
        luaL_addstring(text, frame->namewhat[0] ? frame->namewhat : "function");
        luaL_addstring(text, " '");
        luaL_addstring(text, frame->name);
        luaL_addchar(text, '\'');
    } else luaL_addstring(text, "an anonymous function");
    if (frame->istailcall) luaL_addstring(text, "\n(...tail calls...)");
}

/* The outermost level of a stack, INT_MAX for one too deep to look. lua_getstack walks from the top each time: to look at
   every level of a deep recursion would take minutes. So the end is found by halving, only the frames that are shown are
   visited, and a stack that has overflowed shows its innermost ones alone. */
static int outermost_level(lua_State *of) {
    lua_Debug frame;
    int low = -1, high = TRACE_DEEP;
    if (lua_getstack(of, high, &frame)) return INT_MAX;
    while (high - low > 1) {
        int middle = low + (high - low) / 2;
        if (lua_getstack(of, middle, &frame)) low = middle;
        else high = middle;
    }
    return low;
}

void clb_push_traceback(lua_State *L, lua_State *of, int level) {
    luaL_checkstack(L, 12, NULL);
    lua_Debug frame;
    int tail[TRACE_TAIL], in_tail = 0, shown = 0, passed;
    /* Frames of the host are few, but a stack may consist of nothing else: then there is little to tell. */
    int outermost = outermost_level(of), patience = TRACE_PATIENCE;
    for (int i = outermost; i < INT_MAX && i >= level && in_tail < TRACE_TAIL && patience-- > 0; i--) {
        if (lua_getstack(of, i, &frame) && lua_getinfo(of, "S", &frame) && !is_host_frame(&frame)) tail[in_tail++] = i;
    }
    int tail_begins = in_tail ? tail[in_tail - 1] : outermost < INT_MAX ? outermost + 1 : INT_MAX;
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    patience = TRACE_PATIENCE;
    for (passed = level; passed < tail_begins && shown < TRACE_HEAD && patience-- > 0; passed++) {
        if (lua_getstack(of, passed, &frame) && lua_getinfo(of, "S", &frame) && !is_host_frame(&frame))
            add_frame(&text, of, &frame, shown++ == 0);
    }
    for (; passed < tail_begins && patience-- > 0; passed++) {
        if (lua_getstack(of, passed, &frame) && lua_getinfo(of, "S", &frame) && !is_host_frame(&frame)) break;
    }
    if (passed < tail_begins) luaL_addstring(&text, shown ? "\n..." : "...");
    while (in_tail > 0) {
        if (lua_getstack(of, tail[--in_tail], &frame)) add_frame(&text, of, &frame, shown++ == 0);
    }
    luaL_pushresult(&text);
}

void clb_keep_inner_traceback(lua_State *L, lua_State *co, int error) {
    error = lua_absindex(L, error);
    if (!lua_checkstack(L, 6)) return;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &inner_key);
    lua_rawgeti(L, -1, 1);
    bool same = !lua_isnil(L, error) && lua_rawequal(L, -1, error);
    lua_pop(L, 1);
    clb_push_traceback(L, co, 0);
    if (same) { /* raised further in: keep the innermost, add this one below it */
        lua_rawgeti(L, -2, 2);
        /* Or the same text raised over and over, and caught each time. */
        if (lua_rawequal(L, -1, -2) || lua_rawlen(L, -1) > INNER_ENOUGH) {
            lua_pop(L, 3);
            return;
        }
        lua_insert(L, -2);
        lua_pushliteral(L, "\n");
        lua_insert(L, -2);
        lua_concat(L, 3);
    }
    lua_rawseti(L, -2, 2);
    lua_pushvalue(L, error);
    lua_rawseti(L, -2, 1);
    lua_pop(L, 1);
}

void clb_move_inner_traceback(lua_State *L, int error) {
    error = lua_absindex(L, error);
    if (!lua_checkstack(L, 3)) return;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &inner_key);
    lua_pushvalue(L, error);
    lua_rawseti(L, -2, 1);
    lua_pop(L, 1);
}

void clb_push_full_traceback(lua_State *L, lua_State *of, int level, int error) {
    error = lua_absindex(L, error);
    luaL_checkstack(L, 6, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &inner_key);
    lua_rawgeti(L, -1, 1);
    bool same = !lua_isnil(L, error) && lua_rawequal(L, -1, error);
    lua_pop(L, 1);
    if (same) {
        lua_rawgeti(L, -1, 2);
        lua_pushliteral(L, "\n");
    } else {
        lua_pushliteral(L, "");
        lua_pushliteral(L, "");
    }
    lua_remove(L, -3);
    clb_push_traceback(L, of, level);
    lua_concat(L, 3);
}

static int debug_traceback(lua_State *L) {
    lua_State *of = L;
    int argument = 0;
    if (lua_isthread(L, 1)) {
        of = lua_tothread(L, 1);
        argument = 1;
    }
    if (!lua_isstring(L, argument + 1) && !lua_isnoneornil(L, argument + 1)) {
        lua_pushvalue(L, argument + 1);
        return 1;
    }
    int level = (int)luaL_optinteger(L, argument + 2, of == L ? 1 : 0);
    if (lua_isstring(L, argument + 1)) {
        lua_pushvalue(L, argument + 1);
        lua_pushliteral(L, "\nstack traceback:\n");
    } else {
        lua_pushliteral(L, "");
        lua_pushliteral(L, "stack traceback:\n");
    }
    clb_push_traceback(L, of, level < 0 ? 0 : level);
    lua_concat(L, 3);
    return 1;
}

void clb_open_errors(lua_State *L) {
    clb_state *state = clb_of(L);
    lua_newtable(L);
    lua_newtable(L);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &causes_key);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &inner_key);

    lua_newtable(L);
    lua_pushcfunction(L, error_to_string);
    lua_setfield(L, -2, "__tostring");
    lua_pushliteral(L, "c8.error");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    state->error_identity = lua_topointer(L, -1);
    state->error_meta = luaL_ref(L, LUA_REGISTRYINDEX);

    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, debug_traceback);
    lua_setfield(L, -2, "traceback");
    lua_setglobal(L, "debug");
}
