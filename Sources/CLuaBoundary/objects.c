/* Swift objects as full userdata, and their types. */
#include "internal.h"

typedef struct object_box {
    void *object;
    uint32_t type;
} object_box;

/* A key of metatables: its address is what counts. */
static const char object_key = 'o';

/* ---- objects ---- */

static int finalise_object(lua_State *L) {
    object_box *box = lua_touserdata(L, 1);
    void *object = box->object;
    box->object = NULL;
    if (object) clb_of(L)->host.release(object);
    return 0;
}

static int describe_object(lua_State *L) {
    luaL_getmetafield(L, 1, "__name");
    lua_pushfstring(L, "%s: %p", lua_isstring(L, -1) ? lua_tostring(L, -1) : "object", lua_topointer(L, 1));
    return 1;
}

void *clb_object_at(lua_State *L, int index, uint32_t *type) {
    if (!lua_getmetatable(L, index)) return NULL;
    bool ours = lua_rawgetp(L, -1, &object_key) == LUA_TBOOLEAN;
    lua_pop(L, 2);
    if (!ours) return NULL;
    object_box *box = lua_touserdata(L, index);
    *type = box->type;
    return box->object;
}

/* Metatables of types are kept in the registry under integer keys of a table of their own. */
static const char types_key = 't';
/* Weak table: address of the Swift object → its userdata. An entry is gone before its userdata is finalised, and until then
   the object is alive: no other can have its address. */
static const char identities_key = 'i';

/* [-0, +1 or 0, e] The userdata that Lua has of an object already. */
static bool push_known(lua_State *L, const void *identity, uint32_t type) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &identities_key);
    if (lua_rawgetp(L, -1, identity) == LUA_TUSERDATA) {
        object_box *known = lua_touserdata(L, -1);
        if (known->object && known->type == type) {
            lua_remove(L, -2);
            return true;
        }
    }
    lua_pop(L, 2);
    return false;
}

void clb_push_object(lua_State *L, void *object, uint32_t type) {
    clb_state *state = clb_of(L);
    luaL_checkstack(L, 6, NULL);
    const void *identity = state->host.identify(object);
    if (identity && push_known(L, identity, type)) {
        state->host.release(object);
        return;
    }
    object_box *box = lua_newuserdatauv(L, sizeof *box, 0);
    box->object = NULL;
    box->type = type;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &types_key);
    lua_rawgeti(L, -1, type);
    lua_setmetatable(L, -3);
    lua_pop(L, 1);
    if (identity) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &identities_key);
        lua_pushvalue(L, -2);
        lua_rawsetp(L, -2, identity);
        lua_pop(L, 1);
    }
    box->object = object; /* nothing raises from here on: the userdata owns it */
}

typedef struct define_frame {
    const char *name;
    clb_outbox_mark mark;
    uint32_t type;
} define_frame;

static int index_continued(lua_State *L, int status, lua_KContext context) {
    (void)L, (void)status, (void)context;
    return 1;
}

/* Of a type that has an `__index` of its own besides its methods (upvalue 1): it is asked for what is no method. */
static int index_object(lua_State *L) {
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL) return 1;
    lua_pop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    lua_callk(L, 2, 1, 0, index_continued);
    return 1;
}

/* The table of (name, function) on top becomes a metatable: `__x` in the metatable itself, all others in `__index`. */
static int define_protected(lua_State *L) {
    define_frame *frame = lua_touserdata(L, 1);
    clb_state *state = clb_of(L);
    const char *problem = clb_scatter(L, frame->mark.values, 1);
    if (problem) return luaL_error(L, "%s", problem);
    int methods = lua_gettop(L);
    lua_newtable(L);
    int meta = lua_gettop(L);
    lua_newtable(L);
    int index = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, methods)) {
        const char *name = lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "";
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, name[0] == '_' && name[1] == '_' ? meta : index);
    }
    lua_pushliteral(L, "__index");
    if (lua_rawget(L, meta) == LUA_TNIL) {
        lua_pushvalue(L, index);
        lua_setfield(L, meta, "__index");
    } else {
        lua_pushvalue(L, index);
        lua_pushvalue(L, -2);
        lua_pushcclosure(L, index_object, 2);
        lua_setfield(L, meta, "__index");
    }
    lua_pop(L, 1);
    lua_pushstring(L, frame->name);
    lua_setfield(L, meta, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, meta, "__metatable");
    clb_push_event_name(L, CLB_EVENT_GC);
    lua_pushcfunction(L, finalise_object);
    lua_rawset(L, meta);
    lua_pushliteral(L, "__tostring");
    if (lua_rawget(L, meta) == LUA_TNIL) {
        lua_pushcfunction(L, describe_object);
        lua_setfield(L, meta, "__tostring");
    }
    lua_pop(L, 1);
    lua_pushliteral(L, "__concat");
    if (lua_rawget(L, meta) != LUA_TNIL) clb_guard_concatenation(L, meta);
    lua_pop(L, 1);
    lua_pushboolean(L, 1);
    lua_rawsetp(L, meta, &object_key);

    uint32_t type = state->type_count + 1;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &types_key);
    lua_pushvalue(L, meta);
    lua_rawseti(L, -2, type);
    state->type_count = type;
    frame->type = type;
    return 0;
}

uint32_t clb_define_type(clb_state *state, const char *name, clb_outbox_mark mark) {
    define_frame frame = {.name = name, .mark = mark};
    clb_enter(state);
    lua_State *L = state->current;
    int status = LUA_ERRMEM;
    if (lua_checkstack(L, 4)) {
        lua_pushcfunction(L, define_protected);
        lua_pushlightuserdata(L, &frame);
        status = lua_pcall(L, 1, 0, 0);
        if (status != LUA_OK) lua_pop(L, 1);
    }
    clb_note_status(state, status);
    clb_leave(state);
    clb_outbox_rewind(state, mark);
    return frame.type;
}

void clb_open_objects(lua_State *L) {
    lua_newtable(L);
    lua_newtable(L);
    lua_pushliteral(L, "v");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &identities_key);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &types_key);
}
