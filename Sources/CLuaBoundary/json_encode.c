/* JSON (RFC 8259) from the Lua stack to bytes. What has no JSON form raises an error of
 * kind `invalid` that names the place: "$.items[3].weight is NaN". */
#include <math.h>

#include "internal.h"

typedef struct encoder {
    lua_State *L;
    clb_state *state;
    char *bytes; /* in the userdata at stack index `buffer`, so that the collector owns it */
    size_t count, capacity;
    int buffer;
    bool pretty, sort_keys;
    const char *hidden[CLB_EVENT_COUNT]; /* keys that nobody sees: see metatables.c */
    int depth;
    int landmark; /* a depth whose table is looked for in deeper ones */
    size_t work;
    const void *path[CLB_MAXIMUM_DEPTH];
    clb_json_step steps[CLB_MAXIMUM_DEPTH];
} encoder;

static __attribute__((noinline)) char *grow(encoder *e, size_t extra) {
    size_t larger = e->capacity * 2;
    while (larger < e->count + extra) larger *= 2;
    luaL_checkstack(e->L, 2, NULL);
    char *moved = lua_newuserdatauv(e->L, larger, 0);
    memcpy(moved, e->bytes, e->count);
    lua_replace(e->L, e->buffer);
    e->bytes = moved;
    e->capacity = larger;
    return e->bytes + e->count;
}

static inline char *reserve(encoder *e, size_t extra) {
    return e->count + extra > e->capacity ? grow(e, extra) : e->bytes + e->count;
}

static inline void add(encoder *e, const char *bytes, size_t count) {
    memcpy(reserve(e, count), bytes, count);
    e->count += count;
}

static inline void add_character(encoder *e, char c) {
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
    clb_json_push_path(L, e->steps, e->depth);
    return clb_raise_message(L, "invalid", "cannot be JSON: %s %s", lua_tostring(L, -1), problem);
}

static __attribute__((noinline)) void encode_escaped(encoder *e, const char *bytes, const char *end) {
    const char *plain = bytes, *polled = bytes;
    add_character(e, '"');
    for (;;) {
        bytes = clb_plain_end(bytes, end);
        if (bytes - polled >= 1 << 20) {
            clb_poll(e->L, &e->work, CLB_POLL_WORK);
            polled = bytes;
        }
        if (bytes == end) break;
        unsigned char c = (unsigned char)*bytes;
        if (c >= 0x80) {
            int length = clb_utf8_length((const unsigned char *)bytes, (const unsigned char *)end);
            if (!length) refuse(e, "is not valid UTF-8 (encode bytes with c8.crypto.base64 or hex)");
            bytes += length;
        } else if (c < 0x20 || c == '"' || c == '\\') {
            char escape[6];
            add(e, plain, (size_t)(bytes - plain));
            add(e, escape, clb_json_escape(escape, c));
            plain = ++bytes;
        }
    }
    add(e, plain, (size_t)(bytes - plain));
    add_character(e, '"');
}

static void encode_text(encoder *e, const char *bytes, size_t count) {
    if (clb_plain_end(bytes, bytes + count) != bytes + count) {
        encode_escaped(e, bytes, bytes + count);
        return;
    }
    char *out = reserve(e, count + 2);
    out[0] = '"';
    memcpy(out + 1, bytes, count);
    out[count + 1] = '"';
    e->count += count + 2;
}

static void encode_string(encoder *e, int index) {
    size_t count;
    const char *bytes = lua_tolstring(e->L, index, &count);
    encode_text(e, bytes, count);
}

static void encode_number(encoder *e, int index) {
    char text[48];
    const char *written;
    size_t count;
    if (lua_isinteger(e->L, index)) {
        written = clb_json_write_integer(text, sizeof text, lua_tointegerx(e->L, index, NULL), &count);
    } else {
        double value = lua_tonumberx(e->L, index, NULL);
        if (isnan(value)) refuse(e, "is NaN");
        if (isinf(value)) refuse(e, "is infinite");
        written = clb_json_write_number(text, sizeof text, value, &count);
    }
    add(e, written, count);
}

static void encode_value(encoder *e, int index);

/* The table at `index`, whose first key and value are on top, as far as its keys come as 1, 2, 3, …: all of them most often.
   False where another key comes: the text and the stack are as before then, without the two. */
static bool encode_in_order(encoder *e, int index) {
    lua_State *L = e->L;
    size_t before = e->count;
    clb_json_step *here = &e->steps[e->depth++];
    here->name = NULL;
    add_character(e, '[');
    lua_Integer i = 1;
    do {
        if (!lua_isinteger(L, -2) || lua_tointegerx(L, -2, NULL) != i) {
            lua_pop(L, 2);
            e->depth--;
            e->count = before;
            return false;
        }
        if (i > 1) add_character(e, ',');
        add_line(e);
        here->index = i++;
        encode_value(e, -1);
        lua_pop(L, 1);
    } while (lua_next(L, index));
    e->depth--;
    add_line(e);
    add_character(e, ']');
    return true;
}

static void encode_array(encoder *e, int index, lua_Unsigned length) {
    lua_State *L = e->L;
    clb_json_step *here = &e->steps[e->depth++];
    here->name = NULL;
    add_character(e, '[');
    for (lua_Unsigned i = 1; i <= length; i++) {
        if (i > 1) add_character(e, ',');
        add_line(e);
        here->index = (lua_Integer)i;
        if (lua_rawgeti(L, index, (lua_Integer)i) == LUA_TNIL)
            refuse(e, "is nil inside an array (use c8.json.null, or close the gap)");
        encode_value(e, -1);
        lua_pop(L, 1);
    }
    e->depth--;
    if (length) add_line(e);
    add_character(e, ']');
}

static void encode_named(encoder *e, const char *name, size_t count, bool first) {
    e->steps[e->depth - 1].name = name;
    if (!first) add_character(e, ',');
    add_line(e);
    encode_text(e, name, count);
    add(e, ": ", e->pretty ? 2 : 1);
    encode_value(e, -1);
}

/* The key at -2 and the value at -1, of the table at `index`, become one member. Integer keys only in tables marked as objects. */
static void encode_member(encoder *e, int index, bool first) {
    lua_State *L = e->L;
    size_t count;
    if (lua_type(L, -2) == LUA_TSTRING) {
        const char *name = lua_tolstring(L, -2, &count);
        encode_named(e, name, count, first);
        return;
    }
    lua_pushvalue(L, -2); /* lua_tolstring would change the key under clb_next */
    const char *name = lua_tolstring(L, -1, &count);
    lua_pushvalue(L, -1);
    if (lua_rawget(L, index) != LUA_TNIL) {
        lua_pushfstring(L, "has the name \"%s\" twice (as a string and as an integer)", name);
        e->depth--;
        refuse(e, lua_tostring(L, -1));
    }
    lua_pop(L, 1);
    lua_insert(L, -2);
    encode_named(e, name, count, first);
    lua_remove(L, -2);
}

static bool encode_sorted(encoder *e, int index, lua_Unsigned members) {
    lua_State *L = e->L;
    clb_json_name *keys = lua_newuserdatauv(L, sizeof(clb_json_name) * ((size_t)members * 2 + 1), 0);
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
    keys = clb_json_sort_names(L, &e->work, keys, keys + members, n);
    for (size_t i = 0; i < n; i++) {
        lua_pushlstring(L, keys[i].bytes, keys[i].count);
        lua_pushvalue(L, -1);
        lua_rawget(L, index);
        encode_member(e, index, i == 0);
        lua_pop(L, 2);
    }
    lua_pop(L, 2);
    return true;
}

static int refuse_key(encoder *e) {
    lua_State *L = e->L;
    const char *type = luaL_typename(L, -2);
    lua_pushfstring(L, "has a key of type %s (names and array positions only)", type);
    return refuse(e, lua_tostring(L, -1));
}

/* The members of the table at `index`, whose first key and value are on top. */
static void encode_members(encoder *e, int index, bool is_marked) {
    lua_State *L = e->L;
    bool first = true;
    add_character(e, '{');
    e->depth++;
    do {
        if (lua_type(L, -2) == LUA_TSTRING) {
            size_t count;
            const char *name = lua_tolstring(L, -2, &count); /* a short string: equal ones are the same one */
            if (name != e->hidden[CLB_EVENT_GC] && name != e->hidden[CLB_EVENT_CONCAT]) {
                encode_named(e, name, count, first);
                first = false;
            }
        } else if (is_marked && lua_isinteger(L, -2)) {
            encode_member(e, index, first);
            first = false;
        } else {
            e->depth--;
            lua_isinteger(L, -2) ? refuse(e, "has both names and array positions") : refuse_key(e);
        }
        lua_pop(L, 1);
    } while (lua_next(L, index));
    e->depth--;
    if (!first) add_line(e);
    add_character(e, '}');
}

static void encode_object(encoder *e, int index, lua_Unsigned members) {
    lua_State *L = e->L;
    add_character(e, '{');
    e->depth++;
    if (!encode_sorted(e, index, members)) {
        bool first = true;
        lua_pushnil(L);
        while (clb_next(L, index)) {
            encode_member(e, index, first);
            first = false;
            lua_pop(L, 1);
        }
    }
    e->depth--;
    if (members) add_line(e);
    add_character(e, '}');
}

/* Looks at all keys before anything is written: where they do not come in an order that needs no second look. */
static void encode_counted(encoder *e, int index, clb_mark mark) {
    lua_State *L = e->L;
    lua_Unsigned length = lua_rawlen(L, index), names = 0, integers = 0;
    lua_pushnil(L);
    while (clb_next(L, index)) {
        clb_poll(L, &e->work, 1);
        if (lua_type(L, -2) == LUA_TSTRING) names++;
        else if (lua_isinteger(L, -2)) integers++;
        else refuse_key(e);
        lua_pop(L, 1);
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

/* A table that contains itself comes again and again, also where only some depths are remembered: those that are powers of
   two. Once it is known, the first place where it comes again is looked for. */
static void check_cycle(encoder *e, const void *identity) {
    e->path[e->depth] = identity;
    if (e->depth <= e->landmark) e->landmark = 0; /* another branch */
    if (e->depth > 0 && e->path[e->landmark] == identity) {
        for (int i = 1; i <= e->depth; i++) {
            for (int j = 0; j < i; j++) {
                if (e->path[j] != e->path[i]) continue;
                e->depth = i;
                refuse(e, "contains itself (a cycle)");
            }
        }
    }
    if ((e->depth & (e->depth - 1)) == 0) e->landmark = e->depth;
}

static void encode_table(encoder *e, int index) {
    lua_State *L = e->L;
    luaL_checkstack(L, 12, NULL);
    check_cycle(e, lua_topointer(L, index));
    if (e->depth >= CLB_MAXIMUM_DEPTH - 1) refuse(e, "is nested too deep");

    clb_mark mark = CLB_MARK_NONE;
    if (lua_getmetatable(L, index)) {
        const void *meta = lua_topointer(L, -1);
        if (meta == e->state->array_identity) mark = CLB_MARK_ARRAY;
        else if (meta == e->state->object_identity) mark = CLB_MARK_OBJECT;
        lua_pop(L, 1);
    }
    lua_pushnil(L);
    if (!lua_next(L, index)) {
        add(e, mark == CLB_MARK_ARRAY ? "[]" : "{}", 2);
    } else if (mark != CLB_MARK_OBJECT && lua_isinteger(L, -2)) {
        if (!encode_in_order(e, index)) encode_counted(e, index, mark);
    } else if (mark != CLB_MARK_ARRAY && !e->sort_keys) {
        encode_members(e, index, mark == CLB_MARK_OBJECT);
    } else {
        lua_pop(L, 2);
        encode_counted(e, index, mark);
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
    case LUA_TTABLE: encode_table(e, lua_absindex(L, index)); break;
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

int clb_json_encode_function(lua_State *L) {
    if (lua_isnone(L, 1)) return clb_raise_argument(L, 1, "encode", "value");
    if (!lua_isnoneornil(L, 2) && !lua_istable(L, 2)) return clb_raise_argument(L, 2, "encode", "table");
    encoder e;
    e.L = L;
    e.state = clb_of(L);
    clb_json_options(L, 2, &e.pretty, &e.sort_keys);
    for (int i = 0; i < CLB_EVENT_COUNT; i++) e.hidden[i] = e.state->event_names[i];
    e.depth = e.landmark = 0;
    e.count = e.work = 0;
    e.capacity = e.state->json_capacity;
    e.bytes = lua_newuserdatauv(L, e.capacity, 0);
    e.buffer = lua_gettop(L);
    encode_value(&e, 1);
    /* The next text may be as long as this one; what is too long for that is not worth its memory. */
    size_t used = e.count + e.count / 8;
    e.state->json_capacity = used < CLB_LEAST_JSON ? CLB_LEAST_JSON : used < CLB_MOST_JSON ? used : CLB_MOST_JSON;
    lua_pushlstring(L, e.bytes, e.count);
    return 1;
}
