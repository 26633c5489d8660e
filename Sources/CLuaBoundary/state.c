/* A state's life: the counting allocator, opening, closing. */
#include <stdlib.h>

#include "internal.h"

/* What counts is what the process holds for the state, slabs that are half empty among it: a script that leaves one small
   object in each could hold any amount of memory otherwise. */
static __attribute__((noinline)) void *allocate_counted(clb_state *state, void *block, size_t old_size, size_t new_size) {
    size_t used = atomic_load_explicit(&state->used, memory_order_relaxed), held = state->heap.held;
    void *moved = NULL;
    if (new_size == 0) {
        clb_heap_free(&state->heap, block, old_size);
    } else {
        if (new_size > old_size && state->limits.memory
            && used + clb_heap_growth(&state->heap, old_size, new_size) > state->limits.memory) return NULL;
        moved = clb_heap_resize(&state->heap, block, old_size, new_size);
        if (!moved) return NULL;
    }
    if (state->heap.held == held) return moved;
    used = used - held + state->heap.held;
    atomic_store_explicit(&state->used, used, memory_order_relaxed);
    if (used > atomic_load_explicit(&state->peak, memory_order_relaxed))
        atomic_store_explicit(&state->peak, used, memory_order_relaxed);
    return moved;
}

static void *allocate(void *opaque, void *block, size_t old_size, size_t new_size) {
    clb_state *state = opaque;
    if (!block) {
        if (new_size == 0) return NULL;
        old_size = 0; /* it is the kind of object, not a size (manual §4.6, lua_Alloc) */
        if (!state->limits.memory || atomic_load_explicit(&state->used, memory_order_relaxed) <= state->limits.memory) {
            void *at_hand = clb_heap_take_at_hand(&state->heap, new_size);
            if (at_hand) return at_hand;
        }
    } else if (new_size == 0 && clb_heap_give_at_hand(block, old_size)) {
        return NULL;
    }
    return allocate_counted(state, block, old_size, new_size);
}

static int open_protected(lua_State *L) {
    clb_state *state = clb_of(L);
    lua_pushliteral(L, "script stopped");
    state->stop_message = luaL_ref(L, LUA_REGISTRYINDEX);
    clb_take_event_names(L);
    clb_open_objects(L);
    clb_open_functions(L);
    clb_open_library(L);
    clb_open_strings(L);
    clb_open_format(L);
    clb_open_tables(L);
    clb_open_utf8(L);
    clb_open_metatables(L);
    clb_open_errors(L);
    clb_open_coroutines(L);
    clb_open_json(L);
    return 0;
}

clb_state *clb_open(const clb_host *host, clb_limits limits) {
    clb_state *state = calloc(1, sizeof *state);
    if (!state) return NULL;
    state->host = *host;
    state->limits = limits;
    state->instructions_left = limits.instructions;
    state->json_capacity = CLB_LEAST_JSON;
    pthread_mutex_init(&state->gate, NULL);
    state->main = lua_newstate(allocate, state);
    if (!state->main) {
        clb_heap_close(&state->heap);
        pthread_mutex_destroy(&state->gate);
        free(state);
        return NULL;
    }
    *clb_extra(state->main) = (uintptr_t)state;
    state->current = state->main;
    lua_pushcfunction(state->main, open_protected);
    if (lua_pcall(state->main, 0, 0, 0) != LUA_OK) {
        clb_close(state);
        return NULL;
    }
    clb_arm(state, state->main); /* coroutines take over the hook of a limit on instructions */
    return state;
}

static void close_here(clb_state *state) {
    clb_enter(state);
    /* Finalisers are the script's code: they have the grace, then every instruction of theirs raises. */
    clb_request_stop(state, CLB_STOP_CANCELLED);
    state->unwinding = true;
    clb_begin_grace(state);
    clb_arm(state, state->main);
    state->current = state->main;
    lua_close(state->main);
    state->current = NULL;
    clb_leave(state);
    clb_outbox_rewind(state, (clb_outbox_mark){0, 0});
    clb_drop_lines(state);
    clb_heap_close(&state->heap);
    free(state->values);
    free(state->bytes);
    free(state->names);
    free(state->keys);
    pthread_mutex_destroy(&state->gate);
    free(state);
}

/* Finalisers nest C calls as scripts do, and whoever closes the state may have a small stack. */
void clb_close(clb_state *state) { clb_with_stack(close_here, state); }

void clb_charge(clb_state *state, size_t count) {
    size_t used = atomic_fetch_add_explicit(&state->used, count, memory_order_relaxed) + count;
    if (used > atomic_load_explicit(&state->peak, memory_order_relaxed))
        atomic_store_explicit(&state->peak, used, memory_order_relaxed);
}

void clb_uncharge(clb_state *state, size_t count) {
    atomic_fetch_sub_explicit(&state->used, count, memory_order_relaxed);
}

size_t clb_memory_used(clb_state *state) { return atomic_load_explicit(&state->used, memory_order_relaxed); }
size_t clb_memory_peak(clb_state *state) { return atomic_load_explicit(&state->peak, memory_order_relaxed); }

void clb_set_context(clb_state *state, void *context) { state->host.context = context; }
void *clb_context(clb_state *state) { return state->host.context; }
