/* table.sort of plain numbers. An array of only integers, or only floats, has one order that nothing of the script's can
 * change, so the numbers are taken out, sorted as keys and put back: a radix sort, which knows no awkward input. */
#include "internal.h"

#include <string.h>

enum { FEWEST = 64, MOST = 1 << 21, DIGIT_BITS = 8, DIGITS = 8, VALUES = 1 << DIGIT_BITS };

static const uint64_t SIGN = (uint64_t)1 << 63;

/* Keys compare as unsigned integers the way their numbers compare. */
static uint64_t integer_key(lua_Integer value) { return (uint64_t)value ^ SIGN; }
static lua_Integer key_integer(uint64_t key) { return (lua_Integer)(key ^ SIGN); }

static uint64_t float_key(lua_Number value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits & SIGN ? ~bits : bits | SIGN;
}

static lua_Number key_float(uint64_t key) {
    uint64_t bits = key & SIGN ? key ^ SIGN : ~key;
    lua_Number value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* Reads the table at index 1; false where it holds anything else, or a NaN, which has no place in an order. */
static bool read_keys(lua_State *L, uint64_t *keys, lua_Integer count, bool *are_integers, size_t *work) {
    for (lua_Integer i = 0; i < count; i++) {
        clb_poll(L, work, 1);
        int type = lua_rawgeti(L, 1, i + 1);
        bool is_integer = lua_isinteger(L, -1);
        lua_Number value = type == LUA_TNUMBER && !is_integer ? lua_tonumber(L, -1) : 0;
        if (i == 0) *are_integers = is_integer;
        if (type != LUA_TNUMBER || is_integer != *are_integers || value != value) return false;
        keys[i] = is_integer ? integer_key(lua_tointeger(L, -1)) : float_key(value);
        lua_pop(L, 1);
    }
    return true;
}

/* Sorts by the lowest digit first. Returns whichever of the two buffers holds the result. */
static uint64_t *radix_sort(lua_State *L, uint64_t *from, uint64_t *to, size_t count, size_t *work) {
    uint32_t starts[DIGITS][VALUES] = {{0}};
    for (size_t i = 0; i < count; i++)
        for (int digit = 0; digit < DIGITS; digit++) starts[digit][from[i] >> digit * DIGIT_BITS & (VALUES - 1)]++;
    clb_poll(L, work, count);
    for (int digit = 0; digit < DIGITS; digit++) {
        int shift = digit * DIGIT_BITS;
        if (starts[digit][from[0] >> shift & (VALUES - 1)] == count) continue; /* all alike */
        uint32_t place = 0;
        for (int value = 0; value < VALUES; value++) {
            uint32_t here = starts[digit][value];
            starts[digit][value] = place;
            place += here;
        }
        for (size_t i = 0; i < count; i++) to[starts[digit][from[i] >> shift & (VALUES - 1)]++] = from[i];
        uint64_t *sorted = to;
        to = from;
        from = sorted;
        clb_poll(L, work, count);
    }
    return from;
}

bool clb_sort_numbers(lua_State *L, lua_Integer count) {
    if (count < FEWEST || count > MOST || lua_type(L, 1) != LUA_TTABLE) return false;
    if (lua_getmetatable(L, 1)) {
        lua_pop(L, 1);
        return false;
    }
    int top = lua_gettop(L);
    size_t work = 0;
    /* One look before the buffers are made: the first and the last tell of most arrays of something else. */
    bool may_be = lua_rawgeti(L, 1, 1) == LUA_TNUMBER && lua_rawgeti(L, 1, count) == LUA_TNUMBER;
    lua_settop(L, top);
    if (!may_be) return false;
    /* Userdata, as being stopped leaves by a longjmp. */
    uint64_t *keys = lua_newuserdatauv(L, (size_t)count * 2 * sizeof *keys, 0);
    bool are_integers = false;
    bool are_numbers = read_keys(L, keys, count, &are_integers, &work);
    if (are_numbers) {
        const uint64_t *sorted = radix_sort(L, keys, keys + count, (size_t)count, &work);
        for (lua_Integer i = 0; i < count; i++) {
            clb_poll(L, &work, 1);
            if (are_integers) lua_pushinteger(L, key_integer(sorted[i]));
            else lua_pushnumber(L, key_float(sorted[i]));
            lua_rawseti(L, 1, i + 1);
        }
    }
    lua_settop(L, top);
    return are_numbers;
}
