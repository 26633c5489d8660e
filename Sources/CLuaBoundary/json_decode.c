/* JSON (RFC 8259) from bytes to the Lua stack.
 *
 * What a table will hold lies on the stack until its end is read: so a table is made once, in its size. Names come again and
 * again, and are kept on the stack too: a string of Lua is looked up by all of its bytes.
 *
 * Integers that fit 64 bits are exact. null is a sentinel, arrays are marked so that empty ones stay arrays. Nothing is
 * raised but memory errors: what is wrong is returned. */
#include "internal.h"

static const char null_key = 'n';

void clb_push_null(lua_State *L) { lua_pushlightuserdata(L, (void *)&null_key); }
bool clb_is_null(lua_State *L, int index) { return lua_touserdata(L, index) == (void *)&null_key; }

/* Names by their first and last bytes, which are all of them. */
enum { NAMES = 32, LONGEST_NAME = 16 };

typedef struct known_name {
    uint64_t first, last;
    size_t count; /* 0: none */
} known_name;

typedef struct decoder {
    lua_State *L;
    clb_state *state;
    const char *at, *end, *begin;
    const char *problem;
    size_t work;
    int array_meta; /* stack indices: the metatable of arrays, and the first of the names */
    int names_begin;
    known_name names[NAMES];
} decoder;

static bool fail(decoder *d, const char *problem) {
    if (!d->problem) d->problem = problem;
    return false;
}

static void skip_space(decoder *d) {
    while (d->at < d->end && (*d->at == ' ' || *d->at == '\n' || *d->at == '\t' || *d->at == '\r')) d->at++;
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
    const char *at = d->at, *end = d->end, *polled = at;
    for (;;) {
        at = clb_plain_end(at, end);
        if (at - polled >= 1 << 20) {
            clb_poll(d->L, &d->work, CLB_POLL_WORK);
            polled = at;
        }
        d->at = at;
        if (at == end) return fail(d, "unterminated string");
        unsigned char c = (unsigned char)*at;
        if (c == '"' || c == '\\') return true;
        if (c < 0x20) return fail(d, "control character in a string (escape it)");
        if (c < 0x80) continue; /* a stretch that was long enough to be looked at in parts */
        int length = clb_utf8_length((const unsigned char *)at, (const unsigned char *)end);
        if (!length) return fail(d, "invalid UTF-8 in a string");
        at += length;
    }
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

static bool decode_number(decoder *d) {
    clb_value value;
    const char *problem = clb_json_read_number(&d->at, d->end, &value);
    if (problem) return fail(d, problem);
    if (value.tag == CLB_INTEGER) lua_pushinteger(d->L, value.integer);
    else lua_pushnumber(d->L, value.number);
    return true;
}

static bool decode_word(decoder *d, const char *word) {
    size_t count = strlen(word);
    if ((size_t)(d->end - d->at) < count || memcmp(d->at, word, count) != 0) return fail(d, "value expected");
    d->at += count;
    return true;
}

static bool decode_value(decoder *d, int depth);

/* What Lua's stack lacks is memory, but for a script that has filled it by a recursion of its own. */
static void need_stack(decoder *d, int slots) {
    enum { LARGEST_STACK = 32 << 20 };
    if (lua_checkstack(d->L, slots)) return;
    size_t limit = d->state->limits.memory;
    if (limit == 0 || clb_memory_used(d->state) + LARGEST_STACK < limit) luaL_error(d->L, "stack overflow");
    clb_note_status(d->state, LUA_ERRMEM);
    clb_raise_stop(d->L);
}

/* How much of one table lies on the stack: after that the table is made, and grows as tables do. */
enum { ITEMS_HELD = 128, PAIRS_HELD = 64 };

/* [-count, +0, m] The `count` values on top become the items of an array, which takes the place of the one below them. */
static void make_array(decoder *d, int count, int capacity) {
    lua_State *L = d->L;
    int table = lua_gettop(L) - count;
    lua_createtable(L, capacity, 0);
    lua_pushvalue(L, d->array_meta);
    lua_setmetatable(L, -2);
    lua_replace(L, table);
    for (int i = count; i > 0; i--) lua_rawseti(L, table, i);
}

static bool decode_array(decoder *d, int depth) {
    lua_State *L = d->L;
    need_stack(d, ITEMS_HELD + 8);
    d->at++;
    lua_pushnil(L);
    int table = lua_gettop(L);
    skip_space(d);
    if (d->at < d->end && *d->at == ']') {
        d->at++;
        make_array(d, 0, 0);
        return true;
    }
    lua_Integer count = 0;
    for (;;) {
        if (!decode_value(d, depth + 1)) return false;
        count++;
        if (count > ITEMS_HELD) lua_rawseti(L, table, count);
        else if (count == ITEMS_HELD) make_array(d, ITEMS_HELD, 2 * ITEMS_HELD);
        skip_space(d);
        if (d->at == d->end) return fail(d, "unterminated array");
        if (*d->at == ']') break;
        if (*d->at != ',') return fail(d, "',' or ']' expected");
        d->at++;
    }
    d->at++;
    if (count < ITEMS_HELD) make_array(d, (int)count, (int)count);
    return true;
}

/* [-2 * count, +0, m] The same for names and values. Of two of one name the later counts, so the order matters. */
static void make_object(decoder *d, int count, int capacity) {
    lua_State *L = d->L;
    int table = lua_gettop(L) - 2 * count;
    lua_createtable(L, 0, capacity);
    lua_replace(L, table);
    for (int i = 1; i < 2 * count; i += 2) {
        lua_pushvalue(L, table + i);
        lua_pushvalue(L, table + i + 1);
        lua_rawset(L, table);
    }
    lua_settop(L, table);
}

/* [-0, +1, m] The name at the quote. */
static bool decode_name(decoder *d) {
    const char *start = d->at + 1;
    size_t left = (size_t)(d->end - start), count = 0;
    while (count < left && count <= LONGEST_NAME && (unsigned char)start[count] >= 0x20 && (unsigned char)start[count] < 0x80
           && start[count] != '"' && start[count] != '\\') count++;
    if (count == 0 || count > LONGEST_NAME || count == left || start[count] != '"') return decode_string(d);
    uint64_t first, last;
    clb_take_ends(start, count, &first, &last);
    unsigned at = (unsigned)(((first ^ (last << 7 | last >> 57) ^ count) * UINT64_C(0x9E3779B97F4A7C15)) >> 59);
    known_name *name = &d->names[at];
    d->at = start + count + 1;
    if (name->count == count && name->first == first && name->last == last) {
        lua_pushvalue(d->L, d->names_begin + (int)at);
        return true;
    }
    lua_pushlstring(d->L, start, count);
    lua_copy(d->L, -1, d->names_begin + (int)at);
    *name = (known_name){first, last, count};
    return true;
}

static bool decode_object(decoder *d, int depth) {
    lua_State *L = d->L;
    need_stack(d, 2 * PAIRS_HELD + 8);
    d->at++;
    skip_space(d);
    if (d->at < d->end && *d->at == '}') {
        d->at++;
        lua_newtable(L);
        return true;
    }
    lua_pushnil(L);
    int table = lua_gettop(L);
    lua_Integer count = 0;
    for (;;) {
        skip_space(d);
        if (d->at == d->end || *d->at != '"') return fail(d, "a name in quotes expected");
        if (!decode_name(d)) return false;
        skip_space(d);
        if (d->at == d->end || *d->at != ':') return fail(d, "':' expected");
        d->at++;
        if (!decode_value(d, depth + 1)) return false;
        count++;
        if (count > PAIRS_HELD) lua_rawset(L, table);
        else if (count == PAIRS_HELD) make_object(d, PAIRS_HELD, 2 * PAIRS_HELD);
        skip_space(d);
        if (d->at == d->end) return fail(d, "unterminated object");
        if (*d->at == '}') break;
        if (*d->at != ',') return fail(d, "',' or '}' expected");
        d->at++;
    }
    d->at++;
    if (count < PAIRS_HELD) make_object(d, (int)count, (int)count);
    return true;
}

static bool decode_value(decoder *d, int depth) {
    if (depth >= CLB_MAXIMUM_DEPTH) return fail(d, "nested too deep");
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

/* [-0, +?, m] The value ends up on top; what lies below it is not the caller's concern. */
static bool decode_text(decoder *d, lua_State *L, const char *bytes, size_t count) {
    d->L = L;
    d->state = clb_of(L);
    d->at = d->begin = bytes;
    d->end = bytes + count;
    d->problem = NULL;
    d->work = 0;
    memset(d->names, 0, sizeof d->names);
    need_stack(d, NAMES + 8);
    lua_rawgeti(L, LUA_REGISTRYINDEX, d->state->array_meta);
    d->array_meta = lua_gettop(L);
    d->names_begin = d->array_meta + 1;
    lua_settop(L, d->array_meta + NAMES);
    if (!decode_value(d, 0)) return false;
    skip_space(d);
    return d->at == d->end ? true : fail(d, "nothing may follow the value");
}

const char *clb_json_decode(lua_State *L, const char *bytes, size_t count) {
    decoder d;
    int top = lua_gettop(L);
    if (decode_text(&d, L, bytes, count)) {
        lua_replace(L, top + 1);
        lua_settop(L, top + 1);
        return NULL;
    }
    lua_settop(L, top);
    return d.problem;
}

int clb_json_decode_function(lua_State *L) {
    size_t count;
    const char *bytes = lua_tolstring(L, 1, &count);
    if (!bytes) return clb_raise_argument(L, 1, "decode", "string");
    decoder d;
    if (decode_text(&d, L, bytes, count)) return 1;
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
