/* Stopping a script at any instruction, and allocation by count.
 *
 * A hook slows Lua down by its mere presence, so none is installed until a stop is asked for. The asking thread
 * signals the script's thread, and the handler installs the hook there, on the coroutine that runs: the use of
 * lua_sethook that Lua's own interpreter makes of it for Ctrl-C. SIGURG is ignored by default and its sender is never
 * confused with somebody else's request: the handler looks at the state's own flag.
 *
 * A stop is a level, not an edge. Once it has been raised, `<close>` variables have `grace` milliseconds of their own; every place
 * where a script could catch the error (pcall, xpcall, coroutine.*, load) is the boundary's own and raises it again.
 *
 * An interruption is a stop in all of this, but the host may end it, once all that ran has been unwound. It is marked as
 * passing from the beginning: a stop for good takes its place at any time and can never be taken back.
 *
 * The end of one task is an interruption of the coroutine that runs, and of nothing else: the host says whether that is
 * the one, on the script's own thread, where no other can take its place meanwhile. Until it is asked, nothing stops.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif

#include "internal.h"

/* ThreadSanitizer holds signals back until the thread calls a function that it knows; a loop of Lua never does. */
#if defined(__SANITIZE_THREAD__)
#define LOOKS_BY_ITSELF 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LOOKS_BY_ITSELF 1
#endif
#endif
#ifndef LOOKS_BY_ITSELF
#define LOOKS_BY_ITSELF 0
#endif

static _Thread_local clb_state *volatile running;
static pthread_once_t handler_once = PTHREAD_ONCE_INIT;
static struct sigaction previous_action;

enum { GRACE_CHECK_INSTRUCTIONS = 1000, PASSING = 0x100 /* of clb_state.stop: an interruption */ };

int64_t clb_monotonic(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void record_position(clb_state *state, lua_State *L) {
    if (state->stop_position[0]) return;
    lua_Debug frame;
    for (int level = 0; lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sl", &frame);
        if (frame.currentline > 0 && strncmp(frame.source, CLB_HOST_CHUNK, strlen(CLB_HOST_CHUNK)) != 0) {
            snprintf(state->stop_position, sizeof state->stop_position, "%s:%d", frame.short_src, frame.currentline);
            return;
        }
    }
}

static void begin_unwinding(clb_state *state) {
    state->stopped_in_finaliser = false;
    if (state->unwinding) return;
    state->unwinding = true;
    clb_begin_grace(state);
}

/* What a stopped finaliser interrupted has not been told of the stop: it is, before it may use the grace. */
static bool is_in_grace(clb_state *state) {
    return state->unwinding && !state->stopped_in_finaliser && clb_uses_grace(state);
}

/* Instructions are counted for as long as the state lives. */
static bool counts(clb_state *state) { return state->limits.instructions || LOOKS_BY_ITSELF; }

/* Lua switches hooks off while one runs, and on again when it returns or when a protected call catches its error; a
 * coroutine that dies of an error raised in a hook keeps them off, and its <close> variables could then run for ever.
 * So the hook does not raise where it can yield: it suspends the coroutine for good, and whoever resumed it closes it.
 * Where Lua cannot yield (a comparator of table.sort) it does raise; should no protected call lie between, that
 * coroutine is left as it is, without running its <close> variables. */
static void hook(lua_State *L, lua_Debug *activation) {
    clb_state *state = clb_of(L);
    if (activation->event == LUA_HOOKLINE) {
        clb_note_line(state, L, activation);
        return;
    }
    if (!clb_is_stopping(state) && (!counts(state) || lua_gethookcount(L) != CLB_COUNTED_INSTRUCTIONS)) {
        /* Left over from an interruption. The signal of a new one may have come just before this hook was removed. */
        lua_sethook(L, NULL, 0, 0);
        clb_arm(state, L);
        if (clb_is_stopping(state)) clb_arm(state, L);
        return;
    }
    if (state->limits.instructions && !clb_is_stopping(state)) {
        if (state->instructions_left > CLB_COUNTED_INSTRUCTIONS) {
            state->instructions_left -= CLB_COUNTED_INSTRUCTIONS;
            return;
        }
        state->instructions_left = 0;
        clb_request_stop(state, CLB_STOP_INSTRUCTIONS);
    }
    if (!clb_is_stopping(state) || is_in_grace(state)) {
        clb_arm(state, L);
        return;
    }
    record_position(state, L);
    begin_unwinding(state);
    if (lua_isyieldable(L)) {
        state->yielded_to_stop = true;
        lua_yield(L, 0);
        return;
    }
    clb_arm(state, L);
    if (!lua_checkstack(L, 1)) lua_settop(L, -2);
    lua_rawgeti(L, LUA_REGISTRYINDEX, state->stop_message);
    state->raised_by_hook = L;
    lua_error(L);
}

void clb_arm(clb_state *state, lua_State *L) {
    if (clb_is_stopping(state)) {
        lua_sethook(L, hook, LUA_MASKCOUNT, is_in_grace(state) ? GRACE_CHECK_INSTRUCTIONS : 1);
    } else if (counts(state) || state->lines) {
        int events = counts(state) ? LUA_MASKCOUNT : 0;
        if (state->lines) events |= LUA_MASKLINE;
        lua_sethook(L, hook, events, CLB_COUNTED_INSTRUCTIONS);
    }
}

void clb_check_stop(lua_State *L) {
    clb_state *state = clb_of(L);
    if (!clb_is_stopping(state) || is_in_grace(state)) return;
    record_position(state, L);
    clb_raise_stop(L);
}

void clb_count_work(lua_State *L, size_t amount) {
    clb_state *state = clb_of(L);
    if (state->limits.instructions && !clb_is_stopping(state)) {
        if (state->instructions_left > amount) {
            state->instructions_left -= amount;
        } else {
            state->instructions_left = 0;
            clb_request_stop(state, CLB_STOP_INSTRUCTIONS);
        }
    }
    if (clb_is_stopping(state)) clb_check_stop(L);
}

int clb_raise_stop(lua_State *L) {
    clb_state *state = clb_of(L);
    begin_unwinding(state);
    clb_arm(state, L);
    state->raised_by_hook = NULL; /* a C function runs, so hooks are on again */
    if (!lua_checkstack(L, 1)) lua_settop(L, -2);
    lua_rawgeti(L, LUA_REGISTRYINDEX, state->stop_message);
    return lua_error(L);
}

int clb_close_coroutine(clb_state *state, lua_State *L, lua_State *co) {
    if (state->raised_by_hook == co) {
        state->raised_by_hook = NULL;
        *clb_extra(co) |= CLB_SPENT; /* nor may the script ever close it: an interruption is over some time */
    }
    if (*clb_extra(co) & CLB_SPENT) return LUA_OK;
    state->current = co;
    if (clb_is_stopping(state)) {
        begin_unwinding(state);
        clb_arm(state, co);
    }
    int status = lua_resetthread(co);
    state->current = L;
    if (clb_is_stopping(state)) clb_arm(state, L);
    clb_note_status(state, status);
    return status;
}

void clb_note_status(clb_state *state, int status) {
    if (status == LUA_ERRMEM) clb_request_stop(state, CLB_STOP_MEMORY);
}

static void on_signal(int number, siginfo_t *information, void *machine_context) {
    int saved = errno;
    clb_state *state = running;
    if (state && state->current && atomic_load_explicit(&state->stop, memory_order_relaxed) != CLB_STOP_NONE) {
        lua_sethook(state->current, hook, LUA_MASKCOUNT, 1);
    } else if (previous_action.sa_flags & SA_SIGINFO) {
        if (previous_action.sa_sigaction) previous_action.sa_sigaction(number, information, machine_context);
    } else if (previous_action.sa_handler != SIG_DFL && previous_action.sa_handler != SIG_IGN) {
        previous_action.sa_handler(number);
    }
    errno = saved;
}

static void install_handler(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(SIGURG, &action, &previous_action);
}

/* Entries nest: Lua → Swift → Lua on one thread. `current` is restored by whoever changes it; `running` and
   `entered` belong to the outermost entry, and another state's entry below keeps ours in `outer`. */
enum { MAXIMUM_ENTRIES = 64 };
static _Thread_local struct { clb_state *state; clb_state *outer; int depth; } entries[MAXIMUM_ENTRIES];
static _Thread_local int entry_count, entries_beyond; /* beyond: not tracked, and so not signalled */

/* The locale of a program that embeds us is its own affair, but Lua collates, reads and writes numbers by it, and reads
   beyond a string where a locale calls strings of different lengths equal (upstream fix f623b969, 5.4.7). */
static locale_t c_locale;
static _Thread_local locale_t outside_locale;

static void once(void) {
    install_handler();
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

/* Threads of the shared pool, and those that they start, have all signals blocked. */
static void unblock_signal(void) {
    static _Thread_local bool done;
    if (done) return;
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGURG);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    done = true;
}

void clb_enter(clb_state *state) {
    if (entries_beyond == 0 && entry_count > 0 && entries[entry_count - 1].state == state) {
        entries[entry_count - 1].depth++;
        return;
    }
    if (entry_count == MAXIMUM_ENTRIES) {
        entries_beyond++;
        return;
    }
    pthread_once(&handler_once, once);
    unblock_signal();
    if (entry_count == 0 && c_locale) outside_locale = uselocale(c_locale);
    entries[entry_count].state = state;
    entries[entry_count].outer = running;
    entries[entry_count].depth = 1;
    entry_count++;
    pthread_mutex_lock(&state->gate);
    state->thread = pthread_self();
    atomic_fetch_add(&state->entered, 1);
    pthread_mutex_unlock(&state->gate);
    running = state;
    if (clb_is_stopping(state)) clb_arm(state, state->current);
}

void clb_leave(clb_state *state) {
    if (entries_beyond > 0) {
        entries_beyond--;
        return;
    }
    if (entry_count == 0 || entries[entry_count - 1].state != state) return;
    if (--entries[entry_count - 1].depth > 0) return;
    running = entries[entry_count - 1].outer;
    entry_count--;
    if (entry_count == 0 && c_locale) uselocale(outside_locale);
    pthread_mutex_lock(&state->gate);
    atomic_fetch_sub(&state->entered, 1);
    pthread_mutex_unlock(&state->gate);
    if (running && clb_is_stopping(running)) clb_arm(running, running->current);
}

static void wake(clb_state *state) {
    pthread_mutex_lock(&state->gate);
    if (atomic_load(&state->entered) > 0) {
        if (pthread_equal(state->thread, pthread_self())) {
            if (state->current) lua_sethook(state->current, hook, LUA_MASKCOUNT, 1);
        } else {
            pthread_kill(state->thread, SIGURG);
        }
    }
    pthread_mutex_unlock(&state->gate);
}

void clb_request_stop(clb_state *state, clb_stop reason) {
    int present = CLB_STOP_NONE;
    while (!atomic_compare_exchange_weak(&state->stop, &present, (int)reason)
           && (present == CLB_STOP_NONE || (present & (PASSING | CLB_ASKING)))) {}
    wake(state);
}

void clb_interrupt(clb_state *state, clb_stop reason) {
    int present = CLB_STOP_NONE;
    while (!atomic_compare_exchange_weak(&state->stop, &present, (int)reason | PASSING)
           && (present == CLB_STOP_NONE || present == CLB_ASKING || present == (CLB_STOP_TASK | PASSING))) {}
    wake(state);
}

void clb_ask(clb_state *state) {
    int none = CLB_STOP_NONE;
    atomic_compare_exchange_strong(&state->stop, &none, CLB_ASKING);
    wake(state);
}

bool clb_answer(clb_state *state) {
    int present = CLB_ASKING;
    /* First, as the host's answer may look for a stop itself. */
    if (!atomic_compare_exchange_strong(&state->stop, &present, CLB_STOP_NONE)) return clb_is_stopping(state);
    if (state->host.ends(state->host.context)) {
        present = CLB_STOP_NONE;
        atomic_compare_exchange_strong(&state->stop, &present, CLB_STOP_TASK | PASSING);
    }
    int stop = atomic_load(&state->stop);
    return stop != CLB_STOP_NONE && stop != CLB_ASKING;
}

static void end_passing(clb_state *state, int present) {
    state->unwinding = false;
    state->stopped_in_finaliser = false;
    state->yielded_to_stop = false;
    state->raised_by_hook = NULL;
    state->stop_position[0] = 0;
    if (!atomic_compare_exchange_strong(&state->stop, &present, CLB_STOP_NONE)) return; /* stopped for good meanwhile */
    lua_sethook(state->main, NULL, 0, 0); /* others remove theirs when it is next called */
    clb_arm(state, state->main);
}

void clb_end_interruption(clb_state *state) {
    int present = atomic_load(&state->stop);
    if (present & PASSING) end_passing(state, present);
}

bool clb_end_task(clb_state *state, char *position, size_t size) {
    if (atomic_load(&state->stop) != (CLB_STOP_TASK | PASSING)) return false;
    snprintf(position, size, "%s", state->stop_position);
    end_passing(state, CLB_STOP_TASK | PASSING);
    return true;
}

clb_stop clb_stop_reason(clb_state *state) {
    return (clb_stop)(atomic_load(&state->stop) & ~(PASSING | CLB_ASKING));
}

const char *clb_stop_position(clb_state *state) { return state->stop_position; }

bool clb_running_is_stopping(void) { return running && clb_is_stopping(running); }

bool clb_running_may_hold(size_t count) {
    clb_state *state = running;
    if (!state || !state->limits.memory) return true;
    size_t used = clb_memory_used(state);
    if (count <= state->limits.memory && used <= state->limits.memory - count) return true;
    clb_request_stop(state, CLB_STOP_MEMORY);
    return false;
}

bool clb_running_charge(size_t count) {
    if (!clb_running_may_hold(count)) return false;
    if (running) clb_charge(running, count);
    return true;
}

void clb_running_uncharge(size_t count) {
    if (running) clb_uncharge(running, count);
}
