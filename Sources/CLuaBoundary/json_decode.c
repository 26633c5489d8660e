/* JSON (RFC 8259) from bytes to the Lua stack.
 *
 * Integers that fit 64 bits are exact. null is a sentinel, arrays are marked so that empty ones stay arrays. Nothing is
 * raised but memory errors: what is wrong is returned. */
#include <stdlib.h>

#include "internal.h"

static const char null_key = 'n';

void clb_push_null(lua_State *L) { lua_pushlightuserdata(L, (void *)&null_key); }
bool clb_is_null(lua_State *L, int index) { return lua_touserdata(L, index) == (void *)&null_key; }

typedef struct decoder {
    lua_State *L;
    clb_state *state;
    const char *at, *end, *begin;
    const char *problem;
    size_t work;
} decoder;

static bool fail(decoder *d, const char *problem) {
    if (!d->problem) d->problem = problem;
    return false;
}

static void skip_space(decoder *d) {
    while (d->at < d->end && (*d->at == ' ' || *d->at == '\n' || *d->at == '\t' || *d->at == '\r')) d->at++;
}

/* Length of the valid UTF-8 sequence at p, or 0 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF). */
int clb_utf8_length(const unsigned char *p, const unsigned char *end) {
    unsigned char c = *p;
    if (c < 0x80) return 1;
    if (c < 0xC2) return 0;
    if (c < 0xE0) return end - p >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
    if (c < 0xF0) {
        if (end - p < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) return 0;
        if (c == 0xE0 && p[1] < 0xA0) return 0;
        if (c == 0xED && p[1] > 0x9F) return 0;
        return 3;
    }
    if (c > 0xF4) return 0;
    if (end - p < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80) return 0;
    if (c == 0xF0 && p[1] < 0x90) return 0;
    if (c == 0xF4 && p[1] > 0x8F) return 0;
    return 4;
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static int hex4(decoder *d) {
    if (d->end - d->at < 4) return -1;
    int value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_value(d->at[i]);
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    d->at += 4;
    return value;
}

static int utf8_encode(char *out, uint32_t point) {
    if (point < 0x80) { out[0] = (char)point; return 1; }
    if (point < 0x800) { out[0] = (char)(0xC0 | point >> 6); out[1] = (char)(0x80 | (point & 0x3F)); return 2; }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

/* Advances over plain characters; stops at a quote, a backslash or the end. False for bytes a string may not hold. */
static bool scan_plain(decoder *d) {
    const char *polled = d->at;
    while (d->at < d->end) {
        if (d->at - polled >= 1 << 20) {
            clb_poll(d->L, &d->work, CLB_POLL_WORK);
            polled = d->at;
        }
        unsigned char c = (unsigned char)*d->at;
        if (c == '"' || c == '\\') return true;
        if (c < 0x20) return fail(d, "control character in a string (escape it)");
        if (c < 0x80) { d->at++; continue; }
        int length = clb_utf8_length((const unsigned char *)d->at, (const unsigned char *)d->end);
        if (!length) return fail(d, "invalid UTF-8 in a string");
        d->at += length;
    }
    return fail(d, "unterminated string");
}

static bool decode_escape(decoder *d, luaL_Buffer *buffer) {
    d->at++;
    if (d->at == d->end) return fail(d, "unterminated string");
    char c = *d->at++;
    switch (c) {
    case '"': case '\\': case '/': luaL_addchar(buffer, c); return true;
    case 'b': luaL_addchar(buffer, '\b'); return true;
    case 'f': luaL_addchar(buffer, '\f'); return true;
    case 'n': luaL_addchar(buffer, '\n'); return true;
    case 'r': luaL_addchar(buffer, '\r'); return true;
    case 't': luaL_addchar(buffer, '\t'); return true;
    case 'u': break;
    default: d->at--; return fail(d, "unknown escape");
    }
    int unit = hex4(d);
    if (unit < 0) return fail(d, "four hex digits expected after \\u");
    uint32_t point = (uint32_t)unit;
    if (unit >= 0xDC00 && unit <= 0xDFFF) return fail(d, "lone low surrogate");
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        if (d->end - d->at < 2 || d->at[0] != '\\' || d->at[1] != 'u') return fail(d, "lone high surrogate");
        d->at += 2;
        int low = hex4(d);
        if (low < 0xDC00 || low > 0xDFFF) return fail(d, "low surrogate expected");
        point = 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
    }
    char bytes[4];
    luaL_addlstring(buffer, bytes, (size_t)utf8_encode(bytes, point));
    return true;
}

static bool decode_string(decoder *d) {
    d->at++;
    const char *start = d->at;
    if (!scan_plain(d)) return false;
    if (*d->at == '"') {
        lua_pushlstring(d->L, start, (size_t)(d->at - start));
        d->at++;
        return true;
    }
    luaL_Buffer buffer;
    luaL_buffinit(d->L, &buffer);
    luaL_addlstring(&buffer, start, (size_t)(d->at - start));
    for (;;) {
        clb_poll(d->L, &d->work, 1);
        if (!decode_escape(d, &buffer)) break; /* at a backslash: scan_plain stops at nothing else but a quote */
        start = d->at;
        if (!scan_plain(d)) break;
        luaL_addlstring(&buffer, start, (size_t)(d->at - start));
        if (*d->at == '"') break;
    }
    /* After a problem too: lua_settop over an open buffer, which is a to-be-closed slot, writes through a stale pointer in
       Lua before 5.4.5 (upstream fix 196bb94d). */
    luaL_pushresult(&buffer);
    if (d->problem) return false;
    d->at++;
    return true;
}

static bool is_digit(decoder *d) { return d->at < d->end && *d->at >= '0' && *d->at <= '9'; }

static bool decode_number(decoder *d) {
    const char *start = d->at;
    bool negative = *d->at == '-';
    if (negative) d->at++;
    if (!is_digit(d)) return fail(d, "digit expected");
    uint64_t magnitude = 0;
    bool fits = true, is_integer = true;
    if (*d->at == '0') {
        d->at++;
        if (is_digit(d)) return fail(d, "number with a leading zero");
    } else {
        while (is_digit(d)) {
            unsigned digit = (unsigned)(*d->at - '0');
            if (magnitude > (UINT64_MAX - digit) / 10) fits = false;
            else magnitude = magnitude * 10 + digit;
            d->at++;
        }
    }
    if (d->at < d->end && *d->at == '.') {
        is_integer = false;
        d->at++;
        if (!is_digit(d)) return fail(d, "digit expected after the decimal point");
        while (is_digit(d)) d->at++;
    }
    if (d->at < d->end && (*d->at == 'e' || *d->at == 'E')) {
        is_integer = false;
        d->at++;
        if (d->at < d->end && (*d->at == '+' || *d->at == '-')) d->at++;
        if (!is_digit(d)) return fail(d, "digit expected in the exponent");
        while (is_digit(d)) d->at++;
    }
    if (is_integer && fits && magnitude <= (uint64_t)INT64_MAX + (negative ? 1 : 0)) {
        if (negative && magnitude == 0) lua_pushnumber(d->L, -0.0);
        else lua_pushinteger(d->L, (lua_Integer)(negative ? 0 - magnitude : magnitude));
        return true;
    }
    size_t count = (size_t)(d->at - start);
    char text[64];
    if (count < sizeof text) {
        memcpy(text, start, count);
        text[count] = 0;
        lua_pushnumber(d->L, strtod(text, NULL));
    } else {
        lua_pushlstring(d->L, start, count);
        double number = strtod(lua_tostring(d->L, -1), NULL);
        lua_pop(d->L, 1);
        lua_pushnumber(d->L, number);
    }
    return true;
}

static bool decode_word(decoder *d, const char *word) {
    size_t count = strlen(word);
    if ((size_t)(d->end - d->at) < count || memcmp(d->at, word, count) != 0) return fail(d, "value expected");
    d->at += count;
    return true;
}

static bool decode_value(decoder *d, int depth);

static bool decode_array(decoder *d, int depth) {
    lua_State *L = d->L;
    d->at++;
    lua_newtable(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, d->state->array_meta);
    lua_setmetatable(L, -2);
    skip_space(d);
    if (d->at < d->end && *d->at == ']') {
        d->at++;
        return true;
    }
    for (lua_Integer i = 1;; i++) {
        if (!decode_value(d, depth + 1)) return false;
        lua_rawseti(L, -2, i);
        skip_space(d);
        if (d->at == d->end) return fail(d, "unterminated array");
        if (*d->at == ']') break;
        if (*d->at != ',') return fail(d, "',' or ']' expected");
        d->at++;
    }
    d->at++;
    return true;
}

static bool decode_object(decoder *d, int depth) {
    lua_State *L = d->L;
    d->at++;
    lua_newtable(L);
    skip_space(d);
    if (d->at < d->end && *d->at == '}') {
        d->at++;
        return true;
    }
    for (;;) {
        skip_space(d);
        if (d->at == d->end || *d->at != '"') return fail(d, "a name in quotes expected");
        if (!decode_string(d)) return false;
        skip_space(d);
        if (d->at == d->end || *d->at != ':') return fail(d, "':' expected");
        d->at++;
        if (!decode_value(d, depth + 1)) return false;
        lua_rawset(L, -3);
        skip_space(d);
        if (d->at == d->end) return fail(d, "unterminated object");
        if (*d->at == '}') break;
        if (*d->at != ',') return fail(d, "',' or '}' expected");
        d->at++;
    }
    d->at++;
    return true;
}

static bool decode_value(decoder *d, int depth) {
    if (depth >= CLB_MAXIMUM_DEPTH || !lua_checkstack(d->L, 8)) return fail(d, "nested too deep");
    clb_poll(d->L, &d->work, 4);
    skip_space(d);
    if (d->at == d->end) return fail(d, "value expected");
    switch (*d->at) {
    case '{': return decode_object(d, depth);
    case '[': return decode_array(d, depth);
    case '"': return decode_string(d);
    case 't': if (!decode_word(d, "true")) return false; lua_pushboolean(d->L, 1); return true;
    case 'f': if (!decode_word(d, "false")) return false; lua_pushboolean(d->L, 0); return true;
    case 'n': if (!decode_word(d, "null")) return false; clb_push_null(d->L); return true;
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
        return decode_number(d);
    default: return fail(d, "value expected");
    }
}

static bool decode_text(decoder *d) {
    if (!decode_value(d, 0)) return false;
    skip_space(d);
    return d->at == d->end ? true : fail(d, "nothing may follow the value");
}

const char *clb_json_decode(lua_State *L, const char *bytes, size_t count) {
    decoder d = {.L = L, .state = clb_of(L), .begin = bytes, .at = bytes, .end = bytes + count};
    int top = lua_gettop(L);
    if (decode_text(&d)) return NULL;
    lua_settop(L, top);
    return d.problem;
}

int clb_json_decode_function(lua_State *L) {
    size_t count;
    const char *bytes = lua_tolstring(L, 1, &count);
    if (!bytes) return clb_raise_argument(L, 1, "decode", "string");
    decoder d = {.L = L, .state = clb_of(L), .begin = bytes, .at = bytes, .end = bytes + count};
    if (decode_text(&d)) return 1;
    int line = 1;
    const char *line_start = bytes;
    for (const char *p = bytes; p < d.at; p++) {
        if (*p == '\n') {
            line++;
            line_start = p + 1;
        }
    }
    return clb_raise_message(L, "invalid", "JSON: %s at line %d, column %d", d.problem, line, (int)(d.at - line_start) + 1);
}
