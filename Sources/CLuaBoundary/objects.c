/* Swift objects as full userdata, host functions as C closures, and the trampoline that calls Swift. */
#include "internal.h"

typedef struct object_box {
    void *object;
    uint32_t type;
} object_box;

typedef struct function_box {
    clb_function function;
    void *context;
} function_box;

/* Keys of the registry and of metatables: their addresses are what counts. */
static const char object_key = 'o';
static const char function_meta_key = 'f';

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

/* ---- host functions ---- */

static int finalise_function(lua_State *L) {
    function_box *box = lua_touserdata(L, 1);
    void *context = box->context;
    box->context = NULL;
    if (context) clb_of(L)->host.release(context);
    return 0;
}

/* [-0, +results, e] Swift has returned: push what it appended, or raise it. */
static int finish(lua_State *L, clb_state *state, clb_call *call, clb_outcome outcome, clb_outbox_mark mark) {
    if (outcome == CLB_RETURN && call->result_count == 1) {
        /* The commonest case, without a walk: one plain result cannot raise. */
        clb_value *value = &state->values[mark.values];
        if (value->tag <= CLB_NUMBER && state->value_count == mark.values + 1) {
            switch (value->tag) {
            case CLB_BOOLEAN: lua_pushboolean(L, value->boolean); break;
            case CLB_INTEGER: lua_pushinteger(L, value->integer); break;
            case CLB_NUMBER: lua_pushnumber(L, value->number); break;
            default: lua_pushnil(L); break;
            }
            state->value_count = mark.values;
            return 1;
        }
    }
    if (outcome == CLB_RETURN || outcome == CLB_RAISE) {
        uint32_t count = outcome == CLB_RETURN ? call->result_count : 1;
        const char *problem = count ? clb_scatter(L, mark.values, count) : NULL;
        clb_outbox_rewind(state, mark);
        if (problem) return clb_raise_message(L, "invalid", "%s", problem);
        return outcome == CLB_RETURN ? (int)count : lua_error(L);
    }
    clb_outbox_rewind(state, mark);
    return clb_raise_stop(L);
}

static int collect(lua_State *L, clb_state *state, uint64_t operation) {
    clb_outbox_mark mark = clb_outbox_begin(state);
    clb_call call = {.state = state};
    clb_outcome outcome = state->host.collect(state->host.context, operation, &call);
    return finish(L, state, &call, outcome, mark);
}

static int trampoline_continued(lua_State *L, int status, lua_KContext operation) {
    (void)status;
    return collect(L, clb_of(L), (uint64_t)operation);
}

enum { INLINE_ARGUMENTS = 8 };

static int trampoline(lua_State *L) {
    clb_state *state = clb_of(L);
    function_box *box = lua_touserdata(L, lua_upvalueindex(1));
    if (clb_is_stopping(state)) clb_check_stop(L);
    /* A finaliser of the script may run after ours, and still hold this function. */
    if (!box->context) return luaL_error(L, "this function of the host has been finalised");

    clb_value plain[INLINE_ARGUMENTS];
    clb_call call = {.state = state, .arguments = plain};
    int n = lua_gettop(L);
    bool gathered = n > INLINE_ARGUMENTS;
    for (int i = 0; i < n && !gathered; i++) {
        int type = lua_type(L, i + 1);
        if (type == LUA_TNUMBER) {
            if (lua_isinteger(L, i + 1)) {
                plain[i].tag = CLB_INTEGER;
                plain[i].integer = lua_tointeger(L, i + 1);
            } else {
                plain[i].tag = CLB_NUMBER;
                plain[i].number = lua_tonumber(L, i + 1);
            }
        } else if (type == LUA_TSTRING) {
            plain[i].tag = CLB_STRING;
            plain[i].string.bytes = lua_tolstring(L, i + 1, &plain[i].string.count);
        } else if (type == LUA_TBOOLEAN) {
            plain[i].tag = CLB_BOOLEAN;
            plain[i].boolean = lua_toboolean(L, i + 1);
        } else if (type == LUA_TNIL) {
            plain[i].tag = CLB_NIL;
        } else if (type == LUA_TUSERDATA) {
            uint32_t number = 0;
            void *object = clb_object_at(L, i + 1, &number);
            if (!object) { gathered = true; break; }
            plain[i].tag = CLB_OBJECT;
            plain[i].object.pointer = object;
            plain[i].object.type = number;
        } else {
            gathered = true;
        }
    }
    call.argument_count = (uint32_t)n;
    call.value_count = (uint32_t)n;
    size_t charged = 0;
    if (gathered) {
        clb_gathered all = clb_gather(L, 1, n);
        if (all.count > UINT32_MAX) return luaL_error(L, "arguments too large");
        charged = clb_charge_copies(L, all);
        call.arguments = all.values;
        call.value_count = (uint32_t)all.count;
    }

    clb_outbox_mark mark = {.values = state->value_count, .bytes = state->byte_count};
    clb_outcome outcome = box->function(box->context, &call);
    clb_uncharge(state, charged);
    if (gathered) clb_drop_untaken(L, call.arguments, call.value_count);
    if (outcome != CLB_SUSPEND) return finish(L, state, &call, outcome, mark);

    clb_outbox_rewind(state, mark);
    if (lua_isyieldable(L)) {
        state->suspending = call.operation;
        return lua_yieldk(L, 0, (lua_KContext)call.operation, trampoline_continued);
    }
    /* Inside table.sort, string.gsub, a finaliser or a call from Swift: the script's own thread waits. */
    state->host.wait(state->host.context, call.operation);
    return collect(L, state, call.operation);
}

void clb_push_host_function(lua_State *L, clb_function function, void *context) {
    function_box *box = lua_newuserdatauv(L, sizeof *box, 0);
    box->function = function;
    box->context = NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &function_meta_key);
    lua_setmetatable(L, -2);
    lua_pushcclosure(L, trampoline, 1);
    box->context = context; /* nothing raises from here on */
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
    lua_newtable(L);
    clb_push_event_name(L, CLB_EVENT_GC);
    lua_pushcfunction(L, finalise_function);
    lua_rawset(L, -3);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &function_meta_key);
}
