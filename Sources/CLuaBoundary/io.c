/* io, as far as a script may go without a grant: its own output, and standard input. In C, so that a state holds no bytecode
   for it. What it writes with and reads with are functions of the host, kept where no script looks. */
#include "internal.h"

enum { HOST_WRITE = 1, HOST_WRITE_ERROR, HOST_READ, HOST_DENY, STREAM_OUTPUT, STREAM_ERROR, STREAM_INPUT };

enum { MAXIMUM_FORMATS = 250 };

static const char parts_key;

static void push_part(lua_State *L, int part) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &parts_key);
    lua_rawgeti(L, -1, part);
    lua_remove(L, -2);
}

/* ---- writing ---- */

/* Pushes the arguments from `first` on as one string. */
static void push_text(lua_State *L, int first) {
    int last = lua_gettop(L);
    for (int i = first; i <= last; i++) {
        int type = lua_type(L, i);
        if (type != LUA_TSTRING && type != LUA_TNUMBER)
            luaL_error(L, "bad argument #%d to 'write' (string expected, got %s)", i - first + 1, luaL_typename(L, i));
    }
    if (last == first && lua_type(L, first) == LUA_TSTRING) {
        lua_pushvalue(L, first);
        return;
    }
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    for (int i = first; i <= last; i++) {
        lua_pushvalue(L, i);
        lua_tostring(L, -1);
        luaL_addvalue(&text);
    }
    luaL_pushresult(&text);
}

static int put(lua_State *L, int first, int writer, int stream) {
    push_text(L, first);
    push_part(L, writer);
    lua_insert(L, -2);
    lua_call(L, 1, 0);
    push_part(L, stream);
    return 1;
}

static int io_write(lua_State *L) { return put(L, 1, HOST_WRITE, STREAM_OUTPUT); }
static int output_write(lua_State *L) { return put(L, 2, HOST_WRITE, STREAM_OUTPUT); }
static int error_write(lua_State *L) { return put(L, 2, HOST_WRITE_ERROR, STREAM_ERROR); }

static int input_write(lua_State *L) {
    push_text(L, 2);
    return luaL_error(L, "standard input cannot be written");
}

static int flushed(lua_State *L, int stream) {
    push_part(L, stream);
    return 1;
}

static int output_flush(lua_State *L) { return flushed(L, STREAM_OUTPUT); }
static int error_flush(lua_State *L) { return flushed(L, STREAM_ERROR); }
static int input_flush(lua_State *L) { return flushed(L, STREAM_INPUT); }

static int stream_setvbuf(lua_State *L) {
    lua_pushboolean(L, 1);
    return 1;
}

static int stream_close(lua_State *L) { return luaL_error(L, "the standard streams stay open"); }

/* ---- reading ---- */

static bool asks_for_numeral(lua_State *L, int index) {
    if (lua_type(L, index) != LUA_TSTRING) return false;
    const char *format = lua_tostring(L, index);
    return *(*format == '*' ? format + 1 : format) == 'n';
}

/* Pushes what the host reads for the format at that index. A numeral comes as text, since reading one is Lua's own business. */
static void push_read(lua_State *L, int format) {
    push_part(L, HOST_READ);
    lua_pushvalue(L, format);
    lua_call(L, 1, 1);
    if (!asks_for_numeral(L, format)) return;
    size_t count = 0;
    const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, &count) : NULL;
    if (!text || lua_stringtonumber(L, text) != count + 1) lua_pushnil(L);
    lua_remove(L, -2);
}

/* The arguments from `first` on are formats; what the first of them that fails gives is the last result. */
static int read_formats(lua_State *L, int first) {
    int last = lua_gettop(L);
    if (last < first) {
        lua_settop(L, first - 1);
        lua_pushliteral(L, "l");
        last = first;
    }
    luaL_checkstack(L, last - first + 4, "too many formats");
    for (int i = first; i <= last; i++) {
        push_read(L, i);
        if (lua_isnil(L, -1)) return i - first + 1;
    }
    return last - first + 1;
}

static int io_read(lua_State *L) { return read_formats(L, 1); }
static int input_read(lua_State *L) { return read_formats(L, 2); }

static int next_line(lua_State *L) {
    int count = (int)lua_tointeger(L, lua_upvalueindex(1));
    lua_settop(L, 0);
    luaL_checkstack(L, count, "too many formats");
    for (int i = 1; i <= count; i++) lua_pushvalue(L, lua_upvalueindex(1 + i));
    return read_formats(L, 1);
}

/* The formats are behind the first argument. */
static int input_lines(lua_State *L) {
    int count = lua_gettop(L) > 1 ? lua_gettop(L) - 1 : 0;
    if (count > MAXIMUM_FORMATS) return luaL_error(L, "bad argument #%d to 'lines' (too many arguments)", MAXIMUM_FORMATS + 2);
    if (lua_gettop(L) == 0) lua_pushnil(L);
    lua_pushinteger(L, count);
    lua_insert(L, 2);
    lua_pushcclosure(L, next_line, 1 + count);
    return 1;
}

/* ---- what is denied ---- */

static int deny(lua_State *L, const char *what) {
    push_part(L, HOST_DENY);
    lua_pushstring(L, what);
    lua_call(L, 1, 0);
    return 0;
}

static int io_lines(lua_State *L) { return lua_isnoneornil(L, 1) ? input_lines(L) : deny(L, "io.lines with a file name"); }
static int io_open(lua_State *L) { return deny(L, "io.open"); }
static int io_popen(lua_State *L) { return deny(L, "io.popen"); }
static int io_tmpfile(lua_State *L) { return deny(L, "io.tmpfile"); }
static int io_input(lua_State *L) { return deny(L, "io.input"); }
static int io_output(lua_State *L) { return deny(L, "io.output"); }
static int io_close(lua_State *L) { return deny(L, "io.close"); }

/* ---- streams ---- */

static int io_type(lua_State *L) {
    lua_settop(L, 1);
    for (int stream = STREAM_OUTPUT; stream <= STREAM_INPUT; stream++) {
        push_part(L, stream);
        if (lua_rawequal(L, 1, -1)) {
            lua_pushliteral(L, "file");
            return 1;
        }
    }
    lua_pushnil(L);
    return 1;
}

static int output_tostring(lua_State *L) { return lua_pushliteral(L, "file (stdout)"), 1; }
static int error_tostring(lua_State *L) { return lua_pushliteral(L, "file (stderr)"), 1; }
static int input_tostring(lua_State *L) { return lua_pushliteral(L, "file (stdin)"), 1; }

static void push_stream(lua_State *L, const luaL_Reg *functions, int count, lua_CFunction to_string) {
    lua_createtable(L, 0, count);
    luaL_setfuncs(L, functions, 0);
    lua_createtable(L, 0, 2);
    lua_pushliteral(L, "FILE*");
    lua_setfield(L, -2, "__name");
    lua_pushcfunction(L, to_string);
    lua_setfield(L, -2, "__tostring");
    lua_setmetatable(L, -2);
}

int clb_make_io(lua_State *L) {
    static const luaL_Reg output[] = {
        {"write", output_write}, {"flush", output_flush}, {"setvbuf", stream_setvbuf}, {"close", stream_close}, {NULL, NULL},
    };
    static const luaL_Reg error[] = {
        {"write", error_write}, {"flush", error_flush}, {"setvbuf", stream_setvbuf}, {"close", stream_close}, {NULL, NULL},
    };
    static const luaL_Reg input[] = {
        {"write", input_write}, {"flush", input_flush}, {"setvbuf", stream_setvbuf}, {"close", stream_close},
        {"read", input_read}, {"lines", input_lines}, {NULL, NULL},
    };
    static const luaL_Reg functions[] = {
        {"write", io_write}, {"read", io_read}, {"lines", io_lines}, {"type", io_type}, {"open", io_open}, {"popen", io_popen},
        {"tmpfile", io_tmpfile}, {"input", io_input}, {"output", io_output}, {"close", io_close}, {NULL, NULL},
    };
    lua_settop(L, HOST_DENY);
    lua_createtable(L, STREAM_INPUT, 0);
    lua_insert(L, 1);
    for (int part = HOST_DENY; part >= HOST_WRITE; part--) lua_rawseti(L, 1, part);
    lua_createtable(L, 0, 13);
    luaL_setfuncs(L, functions, 0);
    push_stream(L, output, 4, output_tostring);
    lua_pushvalue(L, -1);
    lua_rawseti(L, 1, STREAM_OUTPUT);
    lua_setfield(L, 2, "stdout");
    push_stream(L, error, 4, error_tostring);
    lua_pushvalue(L, -1);
    lua_rawseti(L, 1, STREAM_ERROR);
    lua_setfield(L, 2, "stderr");
    push_stream(L, input, 6, input_tostring);
    lua_pushvalue(L, -1);
    lua_rawseti(L, 1, STREAM_INPUT);
    lua_setfield(L, 2, "stdin");
    lua_pushvalue(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &parts_key);
    return 1;
}
