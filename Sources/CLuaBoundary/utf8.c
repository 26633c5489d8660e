/* utf8.len and utf8.offset: Lua's own in behaviour (reference manual §6.5), but they end when the script is stopped. */
#include "internal.h"

/* The sequence at `s`, which is followed by a NUL at the latest: its length, or 0 where there is none. Not strict: up to
   six bytes and 31 bits, as of old; no overlong forms in either case. */
static int sequence_length(const unsigned char *s, bool is_strict) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};
    unsigned char lead = s[0];
    if (lead < 0x80) return 1;
    if (lead < 0xC0 || lead > 0xFD) return 0;
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : lead < 0xFC ? 5 : 6;
    uint32_t point = lead & (0x7Fu >> length);
    for (int i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) return 0;
        point = point << 6 | (s[i] & 0x3Fu);
    }
    if (point < least[length]) return 0;
    if (is_strict && (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))) return 0;
    return length;
}

static lua_Integer from_end(lua_Integer position, size_t length) {
    if (position >= 0) return position;
    return 0u - (size_t)position > length ? 0 : (lua_Integer)length + position + 1;
}

static int utf8_len(lua_State *L) {
    size_t length, work = 0;
    const char *s = luaL_checklstring(L, 1, &length);
    lua_Integer i = from_end(luaL_optinteger(L, 2, 1), length), last = from_end(luaL_optinteger(L, 3, -1), length);
    bool is_lax = lua_toboolean(L, 4);
    luaL_argcheck(L, 1 <= i && --i <= (lua_Integer)length, 2, "initial position out of bounds");
    luaL_argcheck(L, --last < (lua_Integer)length, 3, "final position out of bounds");
    lua_Integer count = 0;
    for (; i <= last; count++) {
        int sequence = sequence_length((const unsigned char *)s + i, !is_lax);
        if (!sequence) {
            luaL_pushfail(L);
            lua_pushinteger(L, i + 1);
            return 2;
        }
        i += sequence;
        clb_poll(L, &work, 1);
    }
    lua_pushinteger(L, count);
    return 1;
}

static bool continues(const char *s) { return (*s & 0xC0) == 0x80; }

static int utf8_offset(lua_State *L) {
    size_t length, work = 0;
    const char *s = luaL_checklstring(L, 1, &length);
    lua_Integer n = luaL_checkinteger(L, 2);
    lua_Integer i = from_end(luaL_optinteger(L, 3, n >= 0 ? 1 : (lua_Integer)length + 1), length);
    luaL_argcheck(L, 1 <= i && --i <= (lua_Integer)length, 3, "position out of bounds");
    if (n == 0) {
        while (i > 0 && continues(s + i)) {
            i--;
            clb_poll(L, &work, 1);
        }
    } else {
        if (continues(s + i)) return luaL_error(L, "initial position is a continuation byte");
        for (; n < 0 && i > 0; n++) {
            do {
                i--;
                clb_poll(L, &work, 1);
            } while (i > 0 && continues(s + i));
        }
        if (n > 0) {
            for (n--; n > 0 && i < (lua_Integer)length; n--) {
                do {
                    i++;
                    clb_poll(L, &work, 1);
                } while (continues(s + i)); /* the NUL at the end does not */
            }
        }
    }
    if (n == 0) lua_pushinteger(L, i + 1);
    else luaL_pushfail(L);
    return 1;
}

void clb_open_utf8(lua_State *L) {
    lua_getglobal(L, LUA_UTF8LIBNAME);
    lua_pushcfunction(L, utf8_len);
    lua_setfield(L, -2, "len");
    lua_pushcfunction(L, utf8_offset);
    lua_setfield(L, -2, "offset");
    lua_pop(L, 1);
}
