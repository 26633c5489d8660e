/* The functions of `table` that loop over elements: Lua's own in behaviour (reference manual §6.6), but they end when the
 * script is stopped; lengths and elements may be a metamethod's, and then there is no end to them. */
#include "internal.h"

enum { READS = 1, WRITES = 2, MEASURES = 4 };

static bool has_metamethod(lua_State *L, const char *name) {
    lua_pushstring(L, name);
    bool found = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 1);
    return found;
}

/* A table, or a value whose metamethods make it one for the purpose. */
static void check_table(lua_State *L, int index, int purpose) {
    if (lua_type(L, index) == LUA_TTABLE) return;
    if (lua_getmetatable(L, index)) {
        bool serves = (!(purpose & READS) || has_metamethod(L, "__index"))
            && (!(purpose & WRITES) || has_metamethod(L, "__newindex"))
            && (!(purpose & MEASURES) || has_metamethod(L, "__len"));
        lua_pop(L, 1);
        if (serves) return;
    }
    luaL_checktype(L, index, LUA_TTABLE);
}

static lua_Integer length_of(lua_State *L, int index, int purpose) {
    check_table(L, index, purpose | MEASURES);
    return luaL_len(L, index);
}

static int table_insert(lua_State *L) {
    lua_Integer end = (lua_Integer)((lua_Unsigned)length_of(L, 1, READS | WRITES) + 1), position = end;
    size_t work = 0;
    switch (lua_gettop(L)) {
    case 2: break;
    case 3:
        position = luaL_checkinteger(L, 2);
        luaL_argcheck(L, (lua_Unsigned)position - 1u < (lua_Unsigned)end, 2, "position out of bounds");
        for (lua_Integer i = end; i > position; i--) {
            clb_poll(L, &work, 1);
            lua_geti(L, 1, i - 1);
            lua_seti(L, 1, i);
        }
        break;
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    lua_seti(L, 1, position);
    return 0;
}

static int table_remove(lua_State *L) {
    lua_Integer size = length_of(L, 1, READS | WRITES), position = luaL_optinteger(L, 2, size);
    size_t work = 0;
    if (lua_gettop(L) > 1 && position != size)
        luaL_argcheck(L, (lua_Unsigned)position - 1u <= (lua_Unsigned)size, 2, "position out of bounds");
    lua_geti(L, 1, position);
    for (; position < size; position++) {
        clb_poll(L, &work, 1);
        lua_geti(L, 1, position + 1);
        lua_seti(L, 1, position);
    }
    lua_pushnil(L);
    lua_seti(L, 1, position);
    return 1;
}

static int table_move(lua_State *L) {
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), to = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    size_t work = 0;
    check_table(L, 1, READS);
    check_table(L, target, WRITES);
    if (last >= first) {
        luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
        lua_Integer count = last - first + 1;
        luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        bool forwards = to > last || to <= first || (target != 1 && !lua_compare(L, 1, target, LUA_OPEQ));
        for (lua_Integer i = 0; i < count; i++) {
            lua_Integer offset = forwards ? i : count - 1 - i;
            clb_poll(L, &work, 1);
            lua_geti(L, 1, first + offset);
            lua_seti(L, target, to + offset);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

static void add_element(lua_State *L, luaL_Buffer *buffer, lua_Integer i) {
    lua_geti(L, 1, i);
    if (!lua_isstring(L, -1))
        luaL_error(L, "invalid value (at index %I) in table for 'concat'", (LUAI_UACINT)i);
    luaL_addvalue(buffer);
}

static int table_concat(lua_State *L) {
    lua_Integer last = length_of(L, 1, READS);
    size_t separator_length, work = 0;
    const char *separator = luaL_optlstring(L, 2, "", &separator_length);
    lua_Integer i = luaL_optinteger(L, 3, 1);
    last = luaL_optinteger(L, 4, last);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (; i < last; i++) {
        clb_poll(L, &work, 1);
        add_element(L, &buffer, i);
        luaL_addlstring(&buffer, separator, separator_length);
    }
    if (i == last) add_element(L, &buffer, i);
    luaL_pushresult(&buffer);
    return 1;
}

/* ---- sort: quicksort with the median of three, the smaller part by recursion ---- */

typedef struct sorting {
    lua_State *L;
    size_t work;
    bool has_order; /* a comparison of the script's, at stack index 2 */
    lua_Unsigned random; /* 0 until the input turns out to be an awkward one */
} sorting;

static bool is_less(sorting *s, int a, int b) {
    lua_State *L = s->L;
    clb_poll(L, &s->work, 1);
    if (!s->has_order) return lua_compare(L, a, b, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, a - 1);
    lua_pushvalue(L, b - 2);
    lua_call(L, 2, 1);
    bool less = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return less;
}

static void get(lua_State *L, lua_Unsigned i) { lua_geti(L, 1, (lua_Integer)i); }

/* [-2, +0] t[i] becomes the top, t[j] the value below it. */
static void set_both(lua_State *L, lua_Unsigned i, lua_Unsigned j) {
    lua_seti(L, 1, (lua_Integer)i);
    lua_seti(L, 1, (lua_Integer)j);
}

/* Around the pivot, which is on top of the stack and at `high - 1`. Returns its final place. */
static lua_Unsigned partition(sorting *s, lua_Unsigned low, lua_Unsigned high) {
    lua_State *L = s->L;
    lua_Unsigned i = low, j = high - 1;
    for (;;) {
        while (get(L, ++i), is_less(s, -1, -2)) {
            if (i == high - 1) luaL_error(L, "invalid order function for sorting");
            lua_pop(L, 1);
        }
        while (get(L, --j), is_less(s, -3, -1)) {
            if (j < i) luaL_error(L, "invalid order function for sorting");
            lua_pop(L, 1);
        }
        if (j < i) {
            lua_pop(L, 1);
            set_both(L, high - 1, i);
            return i;
        }
        set_both(L, i, j);
    }
}

static lua_Unsigned choose_pivot(sorting *s, lua_Unsigned low, lua_Unsigned high) {
    lua_Unsigned count = high - low;
    if (count < 100 || s->random == 0) return low + count / 2;
    lua_Unsigned quarter = count / 4;
    return low + quarter + s->random % (quarter * 2);
}

static void sort_range(sorting *s, lua_Unsigned low, lua_Unsigned high) {
    lua_State *L = s->L;
    while (low < high) {
        get(L, low);
        get(L, high);
        if (is_less(s, -1, -2)) set_both(L, low, high);
        else lua_pop(L, 2);
        if (high - low == 1) return;
        lua_Unsigned middle = choose_pivot(s, low, high);
        get(L, middle);
        get(L, low);
        if (is_less(s, -2, -1)) {
            set_both(L, middle, low);
        } else {
            lua_pop(L, 1);
            get(L, high);
            if (is_less(s, -1, -2)) set_both(L, middle, high);
            else lua_pop(L, 2);
        }
        if (high - low == 2) return;
        get(L, middle);
        lua_pushvalue(L, -1);
        get(L, high - 1);
        set_both(L, middle, high - 1);
        lua_Unsigned place = partition(s, low, high);
        lua_Unsigned smaller = place - low < high - place ? place - low : high - place;
        if ((high - low) / 128 > smaller) s->random += (lua_Unsigned)clb_monotonic() | 1;
        if (place - low < high - place) {
            if (place > low) sort_range(s, low, place - 1);
            low = place + 1;
        } else {
            sort_range(s, place + 1, high);
            if (place == low) return;
            high = place - 1;
        }
    }
}

static int table_sort(lua_State *L) {
    lua_Integer count = length_of(L, 1, READS | WRITES);
    if (count > 1) {
        luaL_argcheck(L, count < INT32_MAX, 1, "array too big");
        if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
        lua_settop(L, 2);
        sorting s = {.L = L, .has_order = !lua_isnil(L, 2)};
        if (!s.has_order && clb_sort_numbers(L, count)) return 0;
        sort_range(&s, 1, (lua_Unsigned)count);
    }
    return 0;
}

void clb_open_tables(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"insert", table_insert}, {"remove", table_remove}, {"move", table_move}, {"concat", table_concat},
        {"sort", table_sort}, {NULL, NULL},
    };
    lua_getglobal(L, LUA_TABLIBNAME);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}
