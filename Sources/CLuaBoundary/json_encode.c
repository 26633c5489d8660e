/* JSON (RFC 8259) from the Lua stack to bytes. What has no JSON form raises an error of
 * kind `invalid` that names the place: "$.items[3].weight is NaN". */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

typedef struct step {
    const char *name; /* NULL: an index */
    lua_Integer index;
} step;

typedef struct encoder {
    lua_State *L;
    clb_state *state;
    char *bytes; /* in the userdata at stack index `buffer`, so that the collector owns it */
    size_t count, capacity;
    int buffer;
    bool pretty, sort_keys;
    int depth;
    size_t work;
    const void *path[CLB_MAXIMUM_DEPTH];
    step steps[CLB_MAXIMUM_DEPTH];
} encoder;

static char *reserve(encoder *e, size_t extra) {
    if (e->count + extra > e->capacity) {
        size_t larger = e->capacity * 2;
        while (larger < e->count + extra) larger *= 2;
        luaL_checkstack(e->L, 2, NULL);
        char *moved = lua_newuserdatauv(e->L, larger, 0);
        memcpy(moved, e->bytes, e->count);
        lua_replace(e->L, e->buffer);
        e->bytes = moved;
        e->capacity = larger;
    }
    return e->bytes + e->count;
}

static void add(encoder *e, const char *bytes, size_t count) {
    memcpy(reserve(e, count), bytes, count);
    e->count += count;
}

static void add_character(encoder *e, char c) {
    *reserve(e, 1) = c;
    e->count++;
}

static void add_line(encoder *e) {
    if (!e->pretty) return;
    add_character(e, '\n');
    for (int i = 0; i < e->depth; i++) add(e, "  ", 2);
}

/* Raises `problem` with the path to the value, as in "$.items[3].weight is NaN". */
static int refuse(encoder *e, const char *problem) {
    lua_State *L = e->L;
    luaL_checkstack(L, 8, NULL);
    luaL_Buffer path;
    luaL_buffinit(L, &path);
    luaL_addchar(&path, '$');
    for (int i = 0; i < e->depth; i++) {
        char text[48];
        if (e->steps[i].name) {
            luaL_addchar(&path, '.');
            luaL_addlstring(&path, e->steps[i].name, strnlen(e->steps[i].name, 64));
        } else {
            snprintf(text, sizeof text, "[%lld]", (long long)e->steps[i].index);
            luaL_addstring(&path, text);
        }
    }
    luaL_pushresult(&path);
    return clb_raise_message(L, "invalid", "cannot be JSON: %s %s", lua_tostring(L, -1), problem);
}

static void encode_string(encoder *e, int index) {
    size_t count;
    const char *bytes = lua_tolstring(e->L, index, &count);
    const char *end = bytes + count;
    add_character(e, '"');
    const char *plain = bytes, *polled = bytes;
    while (bytes < end) {
        if (bytes - polled >= 1 << 20) {
            clb_poll(e->L, &e->work, CLB_POLL_WORK);
            polled = bytes;
        }
        unsigned char c = (unsigned char)*bytes;
        if (c >= 0x20 && c != '"' && c != '\\' && c < 0x80) {
            bytes++;
            continue;
        }
        if (c >= 0x80) {
            int length = clb_utf8_length((const unsigned char *)bytes, (const unsigned char *)end);
            if (!length) refuse(e, "is not valid UTF-8 (encode bytes with c8.crypto.base64 or hex)");
            bytes += length;
            continue;
        }
        add(e, plain, (size_t)(bytes - plain));
        switch (c) {
        case '"': add(e, "\\\"", 2); break;
        case '\\': add(e, "\\\\", 2); break;
        case '\b': add(e, "\\b", 2); break;
        case '\f': add(e, "\\f", 2); break;
        case '\n': add(e, "\\n", 2); break;
        case '\r': add(e, "\\r", 2); break;
        case '\t': add(e, "\\t", 2); break;
        default: {
            char text[8];
            snprintf(text, sizeof text, "\\u%04x", c);
            add(e, text, 6);
        }
        }
        plain = ++bytes;
    }
    add(e, plain, (size_t)(bytes - plain));
    add_character(e, '"');
}

static void encode_number(encoder *e, int index) {
    char text[40];
    if (lua_isinteger(e->L, index)) {
        lua_Integer value = lua_tointeger(e->L, index);
        lua_Unsigned magnitude = value < 0 ? 0 - (lua_Unsigned)value : (lua_Unsigned)value;
        int at = sizeof text;
        do text[--at] = (char)('0' + magnitude % 10); while ((magnitude /= 10) > 0);
        if (value < 0) text[--at] = '-';
        add(e, text + at, sizeof text - (size_t)at);
        return;
    }
    double value = lua_tonumber(e->L, index);
    if (isnan(value)) refuse(e, "is NaN");
    if (isinf(value)) refuse(e, "is infinite");
    int length = 0;
    for (int precision = 15; precision <= 17; precision++) {
        length = snprintf(text, sizeof text, "%.*g", precision, value);
        if (strtod(text, NULL) == value) break;
    }
    add(e, text, (size_t)length);
    /* 1.0 stays a float on its way back. */
    if (!strpbrk(text, ".e")) add(e, ".0", 2);
}

static void encode_value(encoder *e, int index);

static void encode_array(encoder *e, int index, lua_Unsigned length) {
    lua_State *L = e->L;
    step *here = &e->steps[e->depth++];
    here->name = NULL;
    add_character(e, '[');
    for (lua_Unsigned i = 1; i <= length; i++) {
        if (i > 1) add_character(e, ',');
        add_line(e);
        here->index = (lua_Integer)i;
        if (lua_rawgeti(L, index, (lua_Integer)i) == LUA_TNIL)
            refuse(e, "is nil inside an array (use c8.json.null, or close the gap)");
        encode_value(e, lua_gettop(L));
        lua_pop(L, 1);
    }
    e->depth--;
    if (length) add_line(e);
    add_character(e, ']');
}

/* The key at -2 and the value at -1 become one member. Integer keys only in tables marked as objects. */
static void encode_member(encoder *e, bool first) {
    lua_State *L = e->L;
    step *here = &e->steps[e->depth - 1];
    int value = lua_gettop(L);
    lua_pushvalue(L, value - 1); /* lua_tolstring would change the key under clb_next */
    here->name = lua_tostring(L, -1);
    if (!first) add_character(e, ',');
    add_line(e);
    encode_string(e, lua_gettop(L));
    add(e, ": ", e->pretty ? 2 : 1);
    encode_value(e, value);
    lua_pop(L, 1);
}

typedef struct key_text {
    const char *bytes;
    size_t count;
} key_text;

static bool is_after(const key_text *a, const key_text *b) {
    size_t shared = a->count < b->count ? a->count : b->count;
    int order = memcmp(a->bytes, b->bytes, shared);
    return order ? order > 0 : a->count > b->count;
}

/* Bottom-up merge sort. qsort would neither notice a stop nor survive one: it may hold memory of its own. Returns the
   sorted half of `keys` and `spare`. */
static key_text *sort_keys(encoder *e, key_text *keys, key_text *spare, size_t n) {
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            size_t middle = low + width < n ? low + width : n;
            size_t high = low + 2 * width < n ? low + 2 * width : n;
            size_t left = low, right = middle;
            for (size_t i = low; i < high; i++) {
                bool takes_right = left == middle || (right < high && is_after(&keys[left], &keys[right]));
                spare[i] = takes_right ? keys[right++] : keys[left++];
            }
            clb_poll(e->L, &e->work, high - low);
        }
        key_text *sorted = spare;
        spare = keys;
        keys = sorted;
    }
    return keys;
}

static bool encode_sorted(encoder *e, int index, lua_Unsigned members) {
    lua_State *L = e->L;
    key_text *keys = lua_newuserdatauv(L, sizeof(key_text) * ((size_t)members * 2 + 1), 0);
    lua_createtable(L, (int)members, 0); /* pins the names: a finaliser may change the table meanwhile */
    int pins = lua_gettop(L);
    size_t n = 0;
    lua_pushnil(L);
    while (n < members && clb_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING) { /* integer keys of a marked object: in table order */
            lua_pop(L, 3);
            return false;
        }
        keys[n].bytes = lua_tolstring(L, -1, &keys[n].count);
        lua_pushvalue(L, -1);
        lua_rawseti(L, pins, (lua_Integer)++n);
    }
    lua_settop(L, pins);
    keys = sort_keys(e, keys, keys + members, n);
    for (size_t i = 0; i < n; i++) {
        lua_pushlstring(L, keys[i].bytes, keys[i].count);
        lua_pushvalue(L, -1);
        lua_rawget(L, index);
        encode_member(e, i == 0);
        lua_pop(L, 2);
    }
    lua_pop(L, 2);
    return true;
}

static void encode_object(encoder *e, int index, lua_Unsigned members) {
    lua_State *L = e->L;
    add_character(e, '{');
    e->depth++;
    if (!e->sort_keys || !encode_sorted(e, index, members)) {
        bool first = true;
        lua_pushnil(L);
        while (clb_next(L, index)) {
            encode_member(e, first);
            first = false;
            lua_pop(L, 1);
        }
    }
    e->depth--;
    if (members) add_line(e);
    add_character(e, '}');
}

static void encode_table(encoder *e, int index) {
    lua_State *L = e->L;
    luaL_checkstack(L, 12, NULL);
    const void *identity = lua_topointer(L, index);
    for (int i = 0; i < e->depth; i++)
        if (e->path[i] == identity) refuse(e, "contains itself (a cycle)");
    if (e->depth >= CLB_MAXIMUM_DEPTH - 1) refuse(e, "is nested too deep");
    e->path[e->depth] = identity;

    clb_mark mark = CLB_MARK_NONE;
    if (lua_getmetatable(L, index)) {
        const void *meta = lua_topointer(L, -1);
        if (meta == e->state->array_identity) mark = CLB_MARK_ARRAY;
        else if (meta == e->state->object_identity) mark = CLB_MARK_OBJECT;
        lua_pop(L, 1);
    }
    lua_Unsigned length = lua_rawlen(L, index), names = 0, integers = 0;
    lua_pushnil(L);
    while (clb_next(L, index)) {
        lua_pop(L, 1);
        clb_poll(L, &e->work, 1);
        if (lua_type(L, -1) == LUA_TSTRING) names++;
        else if (lua_isinteger(L, -1)) integers++;
        else {
            const char *type = luaL_typename(L, -1);
            lua_pushfstring(L, "has a key of type %s (names and array positions only)", type);
            refuse(e, lua_tostring(L, -1));
        }
    }
    if (mark == CLB_MARK_OBJECT) {
        encode_object(e, index, names + integers);
    } else if (names == 0 && (integers > 0 || mark == CLB_MARK_ARRAY)) {
        if (integers != length) refuse(e, "is an array with gaps (use c8.json.null, or c8.json.object for integer names)");
        encode_array(e, index, length);
    } else if (integers > 0 || (mark == CLB_MARK_ARRAY && names > 0)) {
        refuse(e, "has both names and array positions");
    } else {
        encode_object(e, index, names);
    }
}

static void encode_value(encoder *e, int index) {
    lua_State *L = e->L;
    clb_poll(L, &e->work, 4);
    switch (lua_type(L, index)) {
    case LUA_TNIL: add(e, "null", 4); break;
    case LUA_TBOOLEAN: lua_toboolean(L, index) ? add(e, "true", 4) : add(e, "false", 5); break;
    case LUA_TNUMBER: encode_number(e, index); break;
    case LUA_TSTRING: encode_string(e, index); break;
    case LUA_TTABLE: encode_table(e, index); break;
    case LUA_TLIGHTUSERDATA:
        if (clb_is_null(L, index)) {
            add(e, "null", 4);
            break;
        }
        /* fallthrough */
    default: {
        lua_pushfstring(L, "is a %s", luaL_typename(L, index));
        refuse(e, lua_tostring(L, -1));
    }
    }
}

static bool option(lua_State *L, int table, const char *name) {
    if (lua_type(L, table) != LUA_TTABLE) return false;
    lua_pushstring(L, name);
    lua_rawget(L, table);
    bool on = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return on;
}

int clb_json_encode_function(lua_State *L) {
    if (lua_isnone(L, 1)) return clb_raise_argument(L, 1, "encode", "value");
    if (!lua_isnoneornil(L, 2) && !lua_istable(L, 2)) return clb_raise_argument(L, 2, "encode", "table");
    encoder e = {.L = L, .state = clb_of(L), .pretty = option(L, 2, "pretty"), .sort_keys = option(L, 2, "sort_keys")};
    e.capacity = 256;
    e.bytes = lua_newuserdatauv(L, e.capacity, 0);
    e.buffer = lua_gettop(L);
    encode_value(&e, 1);
    lua_pushlstring(L, e.bytes, e.count);
    return 1;
}
