/* What the boundary's benchmarks are held against: the same programs over functions that are written in C for liblua.
 *
 * Usage: peer NAME N     prints the processor seconds of N calls, and a checksum
 *   integer, string, echo, table, struct: a C function that does what the Swift one does
 *   await: a coroutine of Lua that is resumed and yields, for each call
 *   hosts: N states with the standard libraries; prints the seconds, and the bytes that they hold
 *
 * Built with: cc -O2 -o peer peer.c $(pkg-config --cflags --libs lua5.4)
 */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int take_integer(lua_State *L) {
    lua_pushinteger(L, luaL_checkinteger(L, 1) + 1);
    return 1;
}

static int take_string(lua_State *L) {
    size_t count;
    luaL_checklstring(L, 1, &count);
    lua_pushinteger(L, (lua_Integer)count);
    return 1;
}

static int give_string(lua_State *L) {
    size_t count;
    const char *bytes = luaL_checklstring(L, 1, &count);
    lua_pushlstring(L, bytes, count);
    return 1;
}

static lua_Integer integer_field(lua_State *L, const char *name) {
    lua_getfield(L, 1, name);
    lua_Integer value = luaL_checkinteger(L, -1);
    lua_pop(L, 1);
    return value;
}

static int take_table(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer sum = integer_field(L, "first") + integer_field(L, "second") + integer_field(L, "third")
        + integer_field(L, "fourth") + integer_field(L, "fifth") + integer_field(L, "sixth") + integer_field(L, "seventh")
        + integer_field(L, "eighth") + integer_field(L, "ninth") + integer_field(L, "tenth");
    lua_pushinteger(L, sum);
    return 1;
}

/* As the Swift one does, it keeps what it has read: the texts are copied. */
typedef struct order {
    lua_Integer id, quantity, line;
    char number[64], sku[64], currency[64], city[64], note[64];
    double weight;
    int is_urgent;
} order;

static void text_field(lua_State *L, const char *name, char *text) {
    size_t count;
    lua_getfield(L, 1, name);
    const char *bytes = luaL_checklstring(L, -1, &count);
    if (count >= 64) luaL_error(L, "too long");
    memcpy(text, bytes, count + 1);
    lua_pop(L, 1);
}

static int take_struct(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    order o;
    o.id = integer_field(L, "id");
    text_field(L, "number", o.number);
    text_field(L, "sku", o.sku);
    o.quantity = integer_field(L, "quantity");
    lua_getfield(L, 1, "weight");
    o.weight = luaL_checknumber(L, -1);
    lua_getfield(L, 1, "urgent");
    luaL_checktype(L, -1, LUA_TBOOLEAN);
    o.is_urgent = lua_toboolean(L, -1);
    lua_pop(L, 2);
    text_field(L, "currency", o.currency);
    text_field(L, "city", o.city);
    o.line = integer_field(L, "line");
    text_field(L, "note", o.note);
    lua_pushinteger(L, o.id % 1000 + o.quantity + o.line + (lua_Integer)o.weight + o.is_urgent + (lua_Integer)strlen(o.number)
        + (lua_Integer)strlen(o.sku) + (lua_Integer)strlen(o.currency) + (lua_Integer)strlen(o.city) + (lua_Integer)strlen(o.note));
    return 1;
}

static long resident(void) {
    long total = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%ld %ld", &total, &pages) != 2) pages = 0;
    if (file) fclose(file);
    return pages * sysconf(_SC_PAGESIZE);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int make_hosts(long n) {
    lua_State **states = calloc((size_t)n, sizeof *states);
    long before = resident();
    double began = seconds();
    for (long i = 0; i < n; i++) {
        states[i] = luaL_newstate();
        if (!states[i]) return 1;
        luaL_openlibs(states[i]);
        if (luaL_dostring(states[i], "return #'x'")) return 1;
    }
    printf("%.6f %ld\n", seconds() - began, resident() - before);
    return 0;
}

static const char coroutine_text[] =
    "local co = coroutine.create(function(x) while true do x = coroutine.yield(x + 1) end end)\n"
    "local resume = coroutine.resume\n"
    "return function(x) local _, y = resume(co, x) return y end";

int main(int count, char **words) {
    if (count < 3) return fprintf(stderr, "usage: peer NAME N\n"), 2;
    const char *name = words[1];
    long n = strtol(words[2], NULL, 10);
    if (strcmp(name, "hosts") == 0) return make_hosts(n);
    static const luaL_Reg functions[] = {
        {"integer", take_integer}, {"string", take_string}, {"echo", give_string}, {"table", take_table},
        {"struct", take_struct}, {"await", NULL}, {NULL, NULL},
    };
    const luaL_Reg *function = functions;
    while (function->name && strcmp(function->name, name) != 0) function++;
    if (!function->name) return fprintf(stderr, "peer: no program '%s'\n", name), 2;

    /* The programs lie beside this one's text, or in the folder that is named third. */
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.lua", count > 3 ? words[3] : "Tests/Benchmarks/boundary", name);
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    int status = luaL_loadfile(L, path);
    if (status == LUA_OK && function->func) lua_pushcfunction(L, function->func);
    else if (status == LUA_OK) status = luaL_dostring(L, coroutine_text);
    lua_pushinteger(L, n);
    if (status == LUA_OK) status = lua_pcall(L, 2, 2, 0);
    if (status != LUA_OK) return fprintf(stderr, "peer: %s\n", lua_tostring(L, -1)), 1;
    printf("%.6f %lld\n", lua_tonumber(L, -2), (long long)lua_tointeger(L, -1));
    lua_close(L);
    return 0;
}
