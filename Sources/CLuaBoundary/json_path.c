/* Where in a value something is: "$.items[3].weight". */
#include <stdio.h>

#include "internal.h"

void clb_json_push_path(lua_State *L, const clb_json_step *steps, int count) {
    luaL_checkstack(L, 8, NULL);
    luaL_Buffer path;
    luaL_buffinit(L, &path);
    luaL_addchar(&path, '$');
    for (int i = 0; i < count; i++) {
        char text[48];
        if (steps[i].name) {
            luaL_addchar(&path, '.');
            luaL_addlstring(&path, steps[i].name, strnlen(steps[i].name, 64));
        } else {
            snprintf(text, sizeof text, "[%lld]", (long long)steps[i].index);
            luaL_addstring(&path, text);
        }
    }
    luaL_pushresult(&path);
}
