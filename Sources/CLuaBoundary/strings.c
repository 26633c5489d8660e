/* The functions of `string` that may run long: Lua's own in behaviour (reference manual §6.4), but they end when the
 * script is stopped. All others are liblua's. */
#define _GNU_SOURCE /* memmem */
#include <ctype.h>

#include "patterns.h"

enum { SLICE = 1 << 16 };

static size_t start_position(lua_Integer position, size_t length) {
    if (position > 0) return (size_t)position;
    if (position == 0 || position < -(lua_Integer)length) return 1;
    return length + (size_t)position + 1;
}

static clb_matcher matcher_for(lua_State *L, const char *s, size_t s_length, const char *p, size_t p_length) {
    return (clb_matcher){.L = L, .subject = s, .subject_end = s + s_length, .pattern_end = p + p_length};
}

/* ---- find, match ---- */

static bool has_specials(const char *p, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (p[i] && strchr("^$*+?.([%-", p[i])) return true;
    return false;
}

/* memmem over windows that overlap by the needle's length. */
static const char *find_plain(lua_State *L, const char *s, size_t count, const char *needle, size_t length) {
    size_t window = length * 8 > 1 << 20 ? length * 8 : 1 << 20, work = 0;
    while (count >= length) {
        const char *found = memmem(s, count < window ? count : window, needle, length);
        if (found || count <= window) return found;
        size_t passed = window - length + 1;
        s += passed;
        count -= passed;
        clb_poll(L, &work, CLB_POLL_WORK);
    }
    return NULL;
}

static int find_or_match(lua_State *L, bool finds) {
    size_t s_length, p_length;
    const char *s = luaL_checklstring(L, 1, &s_length), *p = luaL_checklstring(L, 2, &p_length);
    size_t from = start_position(luaL_optinteger(L, 3, 1), s_length) - 1;
    if (from > s_length) {
        luaL_pushfail(L);
        return 1;
    }
    if (finds && (lua_toboolean(L, 4) || !has_specials(p, p_length))) {
        const char *found = find_plain(L, s + from, s_length - from, p, p_length);
        if (!found) {
            luaL_pushfail(L);
            return 1;
        }
        lua_pushinteger(L, found - s + 1);
        lua_pushinteger(L, found - s + (lua_Integer)p_length);
        return 2;
    }
    clb_matcher m = matcher_for(L, s, s_length, p, p_length);
    bool is_anchored = *p == '^';
    if (is_anchored) p++;
    for (const char *at = s + from; at <= m.subject_end; at++) {
        const char *end = clb_match(&m, at, p);
        if (end) {
            if (!finds) return clb_push_captures(&m, at, end);
            lua_pushinteger(L, at - s + 1);
            lua_pushinteger(L, end - s);
            return clb_push_captures(&m, NULL, NULL) + 2;
        }
        if (is_anchored) break;
    }
    luaL_pushfail(L);
    return 1;
}

static int string_find(lua_State *L) { return find_or_match(L, true); }
static int string_match(lua_State *L) { return find_or_match(L, false); }

/* ---- gmatch ---- */

typedef struct iteration {
    size_t at, last_end; /* offsets, since the string may have moved in between; SIZE_MAX: none */
} iteration;

static int next_match(lua_State *L) {
    size_t s_length, p_length;
    const char *s = lua_tolstring(L, lua_upvalueindex(1), &s_length);
    const char *p = lua_tolstring(L, lua_upvalueindex(2), &p_length);
    iteration *i = lua_touserdata(L, lua_upvalueindex(3));
    clb_matcher m = matcher_for(L, s, s_length, p, p_length);
    for (; i->at <= s_length; i->at++) {
        const char *end = clb_match(&m, s + i->at, p);
        if (!end || (size_t)(end - s) == i->last_end) continue;
        const char *start = s + i->at;
        i->at = i->last_end = (size_t)(end - s);
        return clb_push_captures(&m, start, end);
    }
    return 0;
}

static int string_gmatch(lua_State *L) {
    size_t length;
    luaL_checklstring(L, 1, &length);
    luaL_checkstring(L, 2);
    size_t from = start_position(luaL_optinteger(L, 3, 1), length) - 1;
    lua_settop(L, 2);
    iteration *i = lua_newuserdatauv(L, sizeof *i, 0);
    *i = (iteration){.at = from > length ? length + 1 : from, .last_end = SIZE_MAX};
    lua_pushcclosure(L, next_match, 3);
    return 1;
}

/* ---- gsub ---- */

static void add_text(clb_matcher *m, luaL_Buffer *buffer, const char *start, const char *end) {
    size_t count;
    const char *text = lua_tolstring(m->L, 3, &count);
    const char *text_end = text + count, *escape;
    while ((escape = memchr(text, '%', (size_t)(text_end - text)))) {
        luaL_addlstring(buffer, text, (size_t)(escape - text));
        clb_poll(m->L, &m->work, 1);
        char c = escape[1];
        if (c == '%') {
            luaL_addchar(buffer, '%');
        } else if (c == '0') {
            luaL_addlstring(buffer, start, (size_t)(end - start));
        } else if (isdigit((unsigned char)c)) {
            clb_push_capture(m, c - '1', start, end);
            luaL_addvalue(buffer);
        } else {
            luaL_error(m->L, "invalid use of '%%' in replacement string");
        }
        text = escape + 2;
    }
    luaL_addlstring(buffer, text, (size_t)(text_end - text));
}

/* Adds what replaces the match; false where the match stays as it is. */
static bool add_replacement(clb_matcher *m, luaL_Buffer *buffer, int type, const char *start, const char *end) {
    lua_State *L = m->L;
    if (type == LUA_TSTRING || type == LUA_TNUMBER) {
        add_text(m, buffer, start, end);
        return true;
    }
    if (type == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        int count = clb_push_captures(m, start, end);
        lua_call(L, count, 1);
    } else {
        clb_push_capture(m, 0, start, end);
        lua_gettable(L, 3);
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(buffer, start, (size_t)(end - start));
        return false;
    }
    if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(buffer);
    return true;
}

static int string_gsub(lua_State *L) {
    size_t s_length, p_length;
    const char *s = luaL_checklstring(L, 1, &s_length), *p = luaL_checklstring(L, 2, &p_length);
    int type = lua_type(L, 3);
    lua_Integer most = luaL_optinteger(L, 4, (lua_Integer)s_length + 1), count = 0;
    luaL_argexpected(L, type == LUA_TNUMBER || type == LUA_TSTRING || type == LUA_TFUNCTION || type == LUA_TTABLE, 3,
                     "string/function/table");
    clb_matcher m = matcher_for(L, s, s_length, p, p_length);
    bool is_anchored = *p == '^', changed = false;
    if (is_anchored) p++;
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    const char *last_end = NULL;
    while (count < most) {
        const char *end = clb_match(&m, s, p);
        if (end && end != last_end) {
            count++;
            changed |= add_replacement(&m, &buffer, type, s, end);
            s = last_end = end;
        } else if (s < m.subject_end) {
            luaL_addchar(&buffer, *s++);
        } else {
            break;
        }
        if (is_anchored) break;
    }
    if (changed) {
        luaL_addlstring(&buffer, s, (size_t)(m.subject_end - s));
        luaL_pushresult(&buffer);
    } else {
        lua_pushvalue(L, 1);
    }
    lua_pushinteger(L, count);
    return 2;
}

/* ---- large copies ---- */

static int string_rep(lua_State *L) {
    size_t length, separator_length, work = 0;
    const char *s = luaL_checklstring(L, 1, &length);
    lua_Integer n = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &separator_length);
    size_t unit = length + separator_length;
    if (n <= 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (unit < length || (unit && (lua_Unsigned)n > (size_t)INT32_MAX / unit))
        return luaL_error(L, "resulting string too large");
    size_t total = unit * (size_t)n - separator_length;
    if (n == 1 || total == 0) {
        lua_pushlstring(L, s, total);
        return 1;
    }
    luaL_Buffer buffer;
    char *bytes = luaL_buffinitsize(L, &buffer, total);
    memcpy(bytes, s, length);
    memcpy(bytes + length, separator, separator_length);
    for (size_t done = unit; done < total;) {
        /* What is there is a whole number of units: it can be copied behind itself. */
        size_t piece = done < 1 << 20 ? done : (1 << 20) / unit * unit;
        if (piece == 0) piece = unit;
        if (piece > total - done) piece = total - done;
        memcpy(bytes + done, bytes, piece);
        done += piece;
        clb_poll(L, &work, piece >> 8);
    }
    luaL_pushresultsize(&buffer, total);
    return 1;
}

typedef void (*transform)(char *to, const char *from, size_t count);

static int transformed(lua_State *L, transform body, bool backwards) {
    size_t count, work = 0;
    const char *s = luaL_checklstring(L, 1, &count);
    luaL_Buffer buffer;
    char *bytes = luaL_buffinitsize(L, &buffer, count);
    for (size_t done = 0; done < count; done += SLICE) {
        size_t piece = count - done < SLICE ? count - done : SLICE;
        body(bytes + done, backwards ? s + count - done - piece : s + done, piece);
        clb_poll(L, &work, CLB_POLL_WORK / 4);
    }
    luaL_pushresultsize(&buffer, count);
    return 1;
}

static void to_lower(char *to, const char *from, size_t count) {
    for (size_t i = 0; i < count; i++) to[i] = (char)tolower((unsigned char)from[i]);
}
static void to_upper(char *to, const char *from, size_t count) {
    for (size_t i = 0; i < count; i++) to[i] = (char)toupper((unsigned char)from[i]);
}
static void to_reverse(char *to, const char *from, size_t count) {
    for (size_t i = 0; i < count; i++) to[i] = from[count - 1 - i];
}

static int string_lower(lua_State *L) { return transformed(L, to_lower, false); }
static int string_upper(lua_State *L) { return transformed(L, to_upper, false); }
static int string_reverse(lua_State *L) { return transformed(L, to_reverse, true); }

/* ---- pack, unpack, packsize: liblua's, for formats of a sensible length ---- */

enum { LONGEST_FORMAT = 1 << 20 };

/* Their time is in the format; what they make is bounded by memory. Upvalue 1 is liblua's function. */
static int bounded_format(lua_State *L) {
    size_t count;
    if (lua_tolstring(L, 1, &count)) luaL_argcheck(L, count <= LONGEST_FORMAT, 1, "format longer than 1 MiB");
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void clb_open_strings(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"find", string_find}, {"match", string_match}, {"gmatch", string_gmatch}, {"gsub", string_gsub},
        {"rep", string_rep}, {"lower", string_lower}, {"upper", string_upper}, {"reverse", string_reverse}, {NULL, NULL},
    };
    static const char *const bounded[] = {"pack", "unpack", "packsize", NULL};
    clb_prepare_patterns();
    lua_getglobal(L, LUA_STRLIBNAME);
    luaL_setfuncs(L, functions, 0);
    for (const char *const *name = bounded; *name; name++) {
        lua_getfield(L, -1, *name);
        lua_pushcclosure(L, bounded_format, 1);
        lua_setfield(L, -2, *name);
    }
    lua_pop(L, 1);
}
