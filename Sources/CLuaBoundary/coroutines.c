/* pcall, xpcall and the coroutine library: Lua's own in behaviour (reference manual §6.1, §6.2), with two additions.
 *
 * An asynchronous host call yields its coroutine with `state->suspending` set. The resume that sees it does not hand
 * the yield to the script but yields in turn, until the host's own coroutine is reached; on the way back each level
 * resumes the one below it. Where a level cannot yield (it runs inside table.sort, say), the thread waits there.
 *
 * Once a script is being stopped, nothing here catches an error for it. */
#include "internal.h"

/* ---- protected calls ---- */

/* An error was caught for the script: it may keep it only while the script goes on. */
static void reraise_if_stopping(lua_State *L, int status) {
    clb_state *state = clb_of(L);
    clb_note_status(state, status);
    if (clb_is_stopping(state)) {
        /* Not the grace check: an error that passes through here is the stop on its way out. */
        clb_raise_stop(L);
    }
}

static int finish_pcall(lua_State *L, int status, lua_KContext extra) {
    if (status != LUA_OK && status != LUA_YIELD) {
        reraise_if_stopping(L, status);
        lua_pushboolean(L, 0);
        lua_pushvalue(L, -2);
        return 2;
    }
    clb_check_stop(L);
    return lua_gettop(L) - (int)extra;
}

static int protected_call(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    int status = lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_pcall);
    return finish_pcall(L, status, 0);
}

/* The script's message handler (upvalue 1), but not for a stop: raised in a hook, it would run with hooks off. */
static int message_handler(lua_State *L) {
    if (clb_is_stopping(clb_of(L))) return 1;
    lua_settop(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int protected_call_with_handler(lua_State *L) {
    int n = lua_gettop(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, message_handler, 1);
    lua_replace(L, 2);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    int status = lua_pcallk(L, n - 2, LUA_MULTRET, 2, 2, finish_pcall);
    return finish_pcall(L, status, 2);
}

/* ---- resume ---- */

typedef enum { STATUS_RUNNING, STATUS_DEAD, STATUS_SUSPENDED, STATUS_NORMAL } coroutine_status;
static const char *const status_names[] = {"running", "dead", "suspended", "normal"};

static coroutine_status status_of(lua_State *L, lua_State *co) {
    if (L == co) return STATUS_RUNNING;
    if (clb_awaits(co)) return STATUS_NORMAL;
    switch (lua_status(co)) {
    case LUA_YIELD: return clb_is_root(co) ? STATUS_NORMAL : STATUS_SUSPENDED;
    case LUA_OK: {
        lua_Debug frame;
        if (lua_getstack(co, 0, &frame)) return STATUS_NORMAL;
        return lua_gettop(co) == 0 ? STATUS_DEAD : STATUS_SUSPENDED;
    }
    default: return STATUS_DEAD;
    }
}

/* lua_resume, with the hook where it belongs. A coroutine that only steps out of a concatenation (metatables.c) goes
   on at once: no script sees that yield. */
int clb_resume(clb_state *state, lua_State *L, lua_State *co, int n, int *results) {
    for (;;) {
        state->current = co;
        if (clb_is_stopping(state)) clb_arm(state, co);
        int status = lua_resume(co, L, n, results);
        state->current = L;
        if (clb_is_stopping(state)) clb_arm(state, L);
        if (status != LUA_YIELD || !state->stepping_aside) return status;
        state->stepping_aside = false;
        n = 0;
    }
}

static int resume_continued(lua_State *L, int status, lua_KContext is_wrap);

/* [-0, +r, e] Resumes `co` until it yields to the script, ends or fails. Returns the number of results, -1 for an
   error (its value on top), or does not return because this coroutine yields as well. */
static int advance(lua_State *L, lua_State *co, int n, bool is_wrap) {
    clb_state *state = clb_of(L);
    for (;;) {
        int results = 0;
        int status = clb_resume(state, L, co, n, &results);
        clb_note_status(state, status);

        if (status == LUA_YIELD && state->yielded_to_stop) {
            state->yielded_to_stop = false;
            clb_close_coroutine(state, L, co);
            clb_raise_stop(L);
        }
        if (status == LUA_YIELD && state->suspending) {
            *clb_extra(co) |= CLB_AWAITS;
            if (lua_isyieldable(L)) return lua_yieldk(L, 0, (lua_KContext)is_wrap, resume_continued);
            uint64_t operation = state->suspending;
            state->suspending = 0;
            state->host.wait(state->host.context, operation);
            *clb_extra(co) &= ~CLB_AWAITS;
            n = 0;
            continue;
        }
        if (status == LUA_OK || status == LUA_YIELD) {
            if (!lua_checkstack(L, results + 1)) {
                lua_pop(co, results);
                lua_pushliteral(L, "too many results to resume");
                return -1;
            }
            lua_xmove(co, L, results);
            return results;
        }
        if (!lua_checkstack(L, 4)) lua_settop(L, 0);
        lua_xmove(co, L, 1);
        clb_keep_inner_traceback(L, co, -1);
        if (clb_is_stopping(state)) {
            clb_close_coroutine(state, L, co); /* its <close> variables have their grace too */
            clb_raise_stop(L);
        }
        return -1;
    }
}

static int begin(lua_State *L, lua_State *co, int n, bool is_wrap) {
    coroutine_status status = status_of(L, co);
    if (status != STATUS_SUSPENDED) {
        lua_pushfstring(L, "cannot resume %s coroutine", status == STATUS_DEAD ? "dead" : "non-suspended");
        return -1;
    }
    if (!lua_checkstack(co, n)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    lua_xmove(L, co, n);
    return advance(L, co, n, is_wrap);
}

static lua_State *coroutine_at(lua_State *L) {
    lua_State *co = lua_tothread(L, 1);
    luaL_argexpected(L, co, 1, "coroutine");
    return co;
}

static int finish_resume(lua_State *L, int r) {
    lua_pushboolean(L, r >= 0);
    if (r < 0) r = 1;
    lua_insert(L, -(r + 1));
    return r + 1;
}

static int coroutine_resume(lua_State *L) {
    lua_State *co = coroutine_at(L);
    return finish_resume(L, begin(L, co, lua_gettop(L) - 1, false));
}

static int finish_wrap(lua_State *L, lua_State *co, int r) {
    if (r >= 0) return r;
    int status = lua_status(co);
    /* One that an interruption has ended keeps its stack: nothing on it is an error of its own. */
    if (status != LUA_OK && status != LUA_YIELD && !(*clb_extra(co) & CLB_SPENT)) {
        status = clb_close_coroutine(clb_of(L), L, co); /* close its variables; the error may become theirs */
        lua_xmove(co, L, 1);
        if (!lua_rawequal(L, -1, -2)) clb_keep_inner_traceback(L, co, -1);
    }
    if (clb_is_stopping(clb_of(L))) clb_raise_stop(L);
    if (lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
        clb_move_inner_traceback(L, -1);
    }
    return lua_error(L);
}

static int coroutine_wrapped(lua_State *L) {
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    return finish_wrap(L, co, begin(L, co, lua_gettop(L), true));
}

static int resume_continued(lua_State *L, int status, lua_KContext is_wrap) {
    (void)status;
    lua_State *co = lua_tothread(L, is_wrap ? lua_upvalueindex(1) : 1);
    *clb_extra(co) &= ~CLB_AWAITS;
    int r = advance(L, co, 0, is_wrap != 0);
    return is_wrap ? finish_wrap(L, co, r) : finish_resume(L, r);
}

/* ---- the rest of the library ---- */

static int coroutine_create(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    /* Each counts its instructions by the thousand: the last ones, which nobody counts, are paid for beforehand. */
    if (clb_of(L)->limits.instructions) clb_count_work(L, CLB_COUNTED_INSTRUCTIONS);
    lua_State *co = lua_newthread(L); /* takes over L's hook, and the main thread's extra space: no flags */
    *clb_extra(co) = (uintptr_t)clb_of(L);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

static int coroutine_wrap(lua_State *L) {
    coroutine_create(L);
    lua_pushcclosure(L, coroutine_wrapped, 1);
    return 1;
}

static int coroutine_yield(lua_State *L) {
    if (clb_is_root(L)) return luaL_error(L, "attempt to yield from outside a coroutine");
    return lua_yield(L, lua_gettop(L));
}

static int coroutine_status_name(lua_State *L) {
    lua_State *co = coroutine_at(L);
    lua_pushstring(L, status_names[status_of(L, co)]);
    return 1;
}

static int coroutine_isyieldable(lua_State *L) {
    lua_State *co = lua_isnone(L, 1) ? L : coroutine_at(L);
    lua_pushboolean(L, !clb_is_root(co) && lua_isyieldable(co));
    return 1;
}

static int coroutine_running(lua_State *L) {
    int is_main = lua_pushthread(L) || clb_is_root(L);
    lua_pushboolean(L, is_main);
    return 2;
}

static int coroutine_close(lua_State *L) {
    lua_State *co = coroutine_at(L);
    coroutine_status status = status_of(L, co);
    if (status != STATUS_DEAD && status != STATUS_SUSPENDED)
        return luaL_error(L, "cannot close a %s coroutine", status_names[status]);
    clb_state *state = clb_of(L);
    /* Lua before 5.4.5 does not count these calls (upstream fix 1e64c139), and no later version shows its count: what may
       run in there must fit on the stack, however deep closings nest. */
    if (clb_stack_is_short()) return luaL_error(L, "C stack overflow");
    int result = clb_close_coroutine(state, L, co);
    if (result == LUA_OK) {
        lua_pushboolean(L, 1);
        return 1;
    }
    if (clb_is_stopping(state)) clb_raise_stop(L);
    lua_pushboolean(L, 0);
    lua_xmove(co, L, 1);
    return 2;
}

/* ---- finalisers ---- */

/* Runs `co`, which has a function and `n` arguments on its stack, to its end on this thread. Errors are dropped. */
void clb_finish_detached(lua_State *L, lua_State *co, int n) {
    clb_state *state = clb_of(L);
    bool was_unwinding = state->unwinding;
    int results = 0;
    state->finalising++;
    for (;;) {
        int status = clb_resume(state, L, co, n, &results);
        clb_note_status(state, status);
        if (status == LUA_YIELD && state->suspending && !state->yielded_to_stop) {
            uint64_t operation = state->suspending;
            state->suspending = 0;
            state->host.wait(state->host.context, operation);
            n = 0;
            continue;
        }
        state->yielded_to_stop = false;
        if (status != LUA_OK) clb_close_coroutine(state, L, co);
        if (state->unwinding && !was_unwinding) {
            state->stopped_in_finaliser = true;
            clb_arm(state, L);
        }
        state->finalising--;
        return;
    }
}

bool clb_is_finalising(clb_state *state) { return state->finalising > 0; }

void clb_open_coroutines(lua_State *L) {
    static const luaL_Reg functions[] = {
        {"create", coroutine_create}, {"resume", coroutine_resume}, {"running", coroutine_running},
        {"status", coroutine_status_name}, {"wrap", coroutine_wrap}, {"yield", coroutine_yield},
        {"isyieldable", coroutine_isyieldable}, {"close", coroutine_close}, {NULL, NULL},
    };
    luaL_newlib(L, functions);
    lua_setglobal(L, "coroutine");
    lua_pushcfunction(L, protected_call);
    lua_setglobal(L, "pcall");
    lua_pushcfunction(L, protected_call_with_handler);
    lua_setglobal(L, "xpcall");
}
