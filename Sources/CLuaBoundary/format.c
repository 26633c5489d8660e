/* string.format (manual §6.4): liblua's own function, in upvalue 1, makes every piece of a long result; between the pieces
 * the stop is looked for. */
#include <ctype.h>

#include "internal.h"

enum { LONGEST_FORMAT = 1 << 20, SHORT_FORMAT = 200, PIECE_FIELDS = 64, QUOTED_PIECE = 64 << 10 };

/* One past the letter of the field that begins with the % at `at`; what is no field is liblua's to refuse. */
static const char *field_end(const char *at, const char *end) {
    at++;
    while (at < end && *at && strchr("-+ #0123456789.", *at)) at++;
    return at < end ? at + 1 : end;
}

static bool is_long(lua_State *L, int index) {
    return lua_type(L, index) == LUA_TSTRING && lua_rawlen(L, index) > QUOTED_PIECE;
}

/* [-0, +0, e] Adds "%q" of a long string. How a control character is written depends on whether a digit follows. */
static void add_quoted(lua_State *L, luaL_Buffer *all, int index, size_t *work) {
    size_t count;
    const char *text = lua_tolstring(L, index, &count);
    luaL_addchar(all, '"');
    for (size_t at = 0; at < count;) {
        size_t end = count - at > QUOTED_PIECE ? at + QUOTED_PIECE : count;
        if (end < count && iscntrl((unsigned char)text[end - 1]) && isdigit((unsigned char)text[end])) end++;
        clb_poll(L, work, end - at);
        lua_pushvalue(L, lua_upvalueindex(1));
        lua_pushliteral(L, "%q");
        lua_pushlstring(L, text + at, end - at);
        lua_call(L, 2, 1);
        size_t made;
        const char *piece = lua_tolstring(L, -1, &made);
        lua_pushlstring(L, piece + 1, made - 2); /* without its quotes */
        lua_remove(L, -2);
        luaL_addvalue(all);
        at = end;
    }
    luaL_addchar(all, '"');
}

typedef struct {
    lua_State *L;
    luaL_Buffer all;
    const char *begin; /* of the piece that is not added yet */
    int first, fields; /* its arguments */
    int last;          /* argument of all */
    size_t work;
} formatting;

/* [-0, +0, e] Adds the piece up to `end`; false where liblua refuses it. */
static bool add_piece(formatting *f, const char *end) {
    lua_State *L = f->L;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushlstring(L, f->begin, (size_t)(end - f->begin));
    int given = 0;
    for (; given < f->fields && f->first + given <= f->last; given++) lua_pushvalue(L, f->first + given);
    int status = lua_pcall(L, given + 1, 1, 0);
    if (status != LUA_OK) {
        if (status != LUA_ERRRUN || clb_is_stopping(clb_of(L))) lua_error(L);
        return false;
    }
    luaL_addvalue(&f->all);
    f->begin = end;
    f->first += f->fields;
    f->fields = 0;
    clb_poll(L, &f->work, CLB_POLL_WORK / 4);
    return true;
}

static bool add_all(formatting *f, const char *format, size_t count) {
    const char *end = format + count;
    for (const char *at = format; (at = memchr(at, '%', (size_t)(end - at)));) {
        const char *next = field_end(at, end);
        if (next[-1] == 'q' && next - at == 2 && f->first + f->fields <= f->last && is_long(f->L, f->first + f->fields)) {
            if (!add_piece(f, at)) return false;
            add_quoted(f->L, &f->all, f->first, &f->work);
            f->first++;
            f->begin = next;
        } else {
            if (next[-1] != '%' || next - at != 2) f->fields++;
            if (f->fields == PIECE_FIELDS && !add_piece(f, next)) return false;
        }
        at = next;
    }
    return add_piece(f, end);
}

static int string_format(lua_State *L) {
    size_t count;
    const char *format = luaL_checklstring(L, 1, &count);
    luaL_argcheck(L, count <= LONGEST_FORMAT, 1, "format longer than 1 MiB");
    lua_CFunction whole = lua_tocfunction(L, lua_upvalueindex(1));
    int last = lua_gettop(L);
    bool is_plain = count <= SHORT_FORMAT;
    for (int i = 2; is_plain && i <= last; i++) is_plain = !is_long(L, i);
    if (is_plain) return whole(L);
    luaL_checkstack(L, PIECE_FIELDS + 8, "too many arguments");
    formatting f = {.L = L, .begin = format, .first = 2, .last = last};
    luaL_buffinit(L, &f.all);
    if (add_all(&f, format, count)) {
        luaL_pushresult(&f.all);
        return 1;
    }
    /* It says what is wrong, with the right argument's number. */
    lua_settop(L, last);
    return whole(L);
}

void clb_open_format(lua_State *L) {
    lua_getglobal(L, LUA_STRLIBNAME);
    lua_getfield(L, -1, "format");
    lua_pushcclosure(L, string_format, 1);
    lua_setfield(L, -2, "format");
    lua_pop(L, 1);
}
