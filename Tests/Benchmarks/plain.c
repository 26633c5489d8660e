/* The peer of scripts/bench: the same liblua, its own libraries, no host around it. */
#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>

int main(int count, char **arguments) {
    lua_State *L = luaL_newstate();
    if (count < 2 || !L) return 64;
    luaL_openlibs(L);
    if (luaL_dofile(L, arguments[1]) == LUA_OK) return 0;
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
    return 1;
}
