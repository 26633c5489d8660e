/*
 * The boundary between Swift and Lua 5.4.
 *
 * Lua raises errors with longjmp, and a Swift frame must never be jumped over: its locals would not be released.
 * So this header shows nothing that can raise, memory errors included: no lua_State, no lua_* function. Swift sees
 * plain values and calls that return a status. All Lua work happens in C, inside protected calls.
 *
 *   Lua → Swift   the trampoline copies the arguments into a flat, bounded array of `clb_value`, calls Swift, and
 *                 pushes what Swift appended after the Swift frame has returned.
 *   Swift → Lua   Swift appends values to the state's outbox; one protected C call pushes them and does the work.
 *
 * One thread at a time may use a state, with one exception: `clb_request_stop`, which is safe from any thread.
 */
#ifndef C_LUA_BOUNDARY_H
#define C_LUA_BOUNDARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CLuaBoundaryValues.h"

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/* ---- state ------------------------------------------------------------------------------------------------- */

typedef enum clb_stop {
    CLB_STOP_NONE,
    CLB_STOP_CANCELLED,
    CLB_STOP_TIMEOUT,
    CLB_STOP_INSTRUCTIONS,
    CLB_STOP_MEMORY,
    CLB_STOP_EXIT,
    CLB_STOP_OUTPUT,
    CLB_STOP_TASK, /* only the coroutine of the host that runs now: see clb_ask */
} clb_stop;

typedef struct clb_limits {
    size_t memory;         /* bytes; 0: none */
    uint64_t instructions; /* VM instructions over all coroutines; 0: none. Costs a permanent hook. */
    uint32_t grace;        /* milliseconds of the thread's time for <close> variables and finalisers once the script is being stopped */
} clb_limits;

/* A new state with the safe standard libraries, or NULL when memory does not suffice. `host` is copied. */
clb_state *_Nullable clb_open(const clb_host *host, clb_limits limits);
/* Runs finalisers, with `grace` as their bound, and frees all memory. */
void clb_close(clb_state *state);

/* The context of the host, which may be set after opening: nothing calls the host before the first entry. */
void clb_set_context(clb_state *state, void *context);
void *clb_context(clb_state *state);

/* Bytes in use by Lua and by the boundary's buffers for it; the highest value so far. */
size_t clb_memory_used(clb_state *state);
size_t clb_memory_peak(clb_state *state);

/* Safe from any thread. The script is raised at its next instruction; the first reason wins. */
void clb_request_stop(clb_state *state, clb_stop reason);
clb_stop clb_stop_reason(clb_state *state);
/* The same, but not for good: see clb_end_interruption. Nothing where the script is being stopped already. */
void clb_interrupt(clb_state *state, clb_stop reason);
/* The script may be used again after an interruption. On the script's thread, once nothing of what was interrupted is
   left: no entry, no coroutine that waits. A stop for good stays what it is. */
void clb_end_interruption(clb_state *state);
/* Safe from any thread. At the script's next instruction `ends` is asked; where it says so, the coroutine of the host that
   runs is raised as by a stop, and all others go on once clb_end_task has been called. */
void clb_ask(clb_state *state);
/* After each call of a coroutine of the host, on the script's thread: whether it was the one to be ended. The position is
   that of the stop, as below, until the next call; empty where it is not known. */
bool clb_end_task(clb_state *state, char *position, size_t size);
/* "script.lua:12" where the interrupt struck; empty where it is not known. */
const char *clb_stop_position(clb_state *state);

/* Whether a finaliser of the script runs, during which Lua collects nothing. */
bool clb_is_finalising(clb_state *state);

/* For host functions that take long, on the script's own thread: whether its script is being stopped. False on threads
   that run no script. */
bool clb_running_is_stopping(void);
/* Whether the running script's memory limit leaves room for `count` bytes more; if not, the script is stopped. */
bool clb_running_may_hold(size_t count);
/* Counts `count` bytes as the running script's, or stops it and returns false. */
bool clb_running_charge(size_t count);
void clb_running_uncharge(size_t count);

/* ---- the outbox: values on their way to Lua ----------------------------------------------------------------- */

/* Each returns false when the value does not fit into the memory limit. A table's header is followed by
   array_count values, then pair_count times key and value. */
bool clb_append_nil(clb_state *state);
bool clb_append_null(clb_state *state);
bool clb_append_boolean(clb_state *state, bool value);
bool clb_append_integer(clb_state *state, int64_t value);
bool clb_append_number(clb_state *state, double value);
bool clb_append_string(clb_state *state, const char *_Nullable bytes, size_t count);
bool clb_append_small_text(clb_state *state, clb_small_text text);
bool clb_append_json(clb_state *state, const char *_Nullable bytes, size_t count);
bool clb_append_table(clb_state *state, uint32_t array_count, uint32_t pair_count, clb_mark mark);
bool clb_append_reference(clb_state *state, int32_t reference);
/* Takes over one retain of `object` or `context` in every case: released when Lua drops it, or at once on failure. */
bool clb_append_object(clb_state *state, void *object, uint32_t type);
/* Of a unary function only the first argument is read before it asks for others. */
bool clb_append_host_function(clb_state *state, clb_function function, bool is_unary, void *context);

/* The string becomes the call's `result`, which may stay the only one. */
bool clb_hold_string(clb_call *call, const char *_Nullable bytes, size_t count);
/* It did not: the string that is held becomes the first value appended. */
bool clb_append_held_string(clb_call *call);

clb_outbox_mark clb_outbox_begin(clb_state *state);
void clb_outbox_rewind(clb_state *state, clb_outbox_mark mark);

/* ---- calls from Swift into Lua ------------------------------------------------------------------------------ */

typedef enum clb_status {
    CLB_OK,
    CLB_SUSPENDED,    /* a coroutine of the host awaits `operation` */
    CLB_ERROR,        /* the script raised an error */
    CLB_ERROR_SYNTAX, /* the text does not compile */
    CLB_ERROR_MEMORY,
    CLB_STOPPED,      /* see clb_stop_reason */
} clb_status;

typedef struct clb_text { const char *_Null_unspecified bytes; size_t count; } clb_text;

/* What a call delivers, valid only inside the receiver. */
typedef struct clb_delivery {
    clb_status status;
    clb_value *_Null_unspecified values; /* results, or the error value; preorder */
    uint32_t value_count;
    uint32_t top_count;
    clb_text message;               /* the error as text, never by a metamethod once the script is being stopped */
    clb_text traceback;             /* script frames only, one per line */
    void *_Null_unspecified cause;  /* the Swift object behind a host error, unretained, or NULL */
    int32_t error_reference;        /* the error value itself, for Swift to own, or -1 */
    uint64_t operation;             /* CLB_SUSPENDED */
} clb_delivery;
typedef void (*clb_receiver)(void *context, const clb_delivery *delivery);

/* Compiles text (never bytecode). Delivers one CLB_FUNCTION. */
void clb_load(clb_state *state, const char *_Nullable source, size_t count, const char *chunk_name,
              clb_receiver receiver, void *context);

/* The same for text of the host's own, and for what clb_dump_function made of it: bytecode is taken, and nothing is checked, so
   that nothing else may ever come here. */
void clb_load_own(clb_state *state, const char *_Nullable bytes, size_t count, const char *chunk_name,
                  clb_receiver receiver, void *context);
/* Hands out the bytecode of a Lua function that has no upvalues but the globals. Nothing is handed out without memory. */
void clb_dump_function(clb_state *state, int32_t function,
                       void (*take)(void *context, const char *bytes, size_t count), void *context);

/* Calls a function, with the `argument_count` top-level values appended since `mark`, from the script's thread.
   Lua cannot yield across it: asynchronous host functions below it wait. */
void clb_call_function(clb_state *state, int32_t function, clb_outbox_mark mark, uint32_t argument_count,
                       clb_receiver receiver, void *context);

/* A coroutine of the host's own: a reference, or -1 without memory. Its function and arguments come with the first resume. */
int32_t clb_new_root(clb_state *state);
/* Begins `function` in the root, with the values appended since `mark`. */
void clb_begin_root(clb_state *state, int32_t root, int32_t function, clb_outbox_mark mark, uint32_t argument_count,
                    clb_receiver receiver, void *context);
/* Goes on after CLB_SUSPENDED. */
void clb_resume_root(clb_state *state, int32_t root, clb_receiver receiver, void *context);

/* Sets a global to the value appended since `mark`. */
clb_status clb_set_global(clb_state *state, const char *name, clb_outbox_mark mark);
/* Gives the value appended since `mark` a reference; -1 without memory. */
int32_t clb_reference(clb_state *state, clb_outbox_mark mark);
void clb_unreference(clb_state *state, int32_t reference);

/* Another reference to the value that `reference` names; -1 without memory. */
int32_t clb_duplicate_reference(clb_state *state, int32_t reference);

/* A Swift type: its metatable. The methods are the (name, host function) pairs of one table appended since `mark`.
   Names that begin with two underscores become metamethods, all others are found by `object:name()`.
   Returns the type's number, or 0 without memory. */
uint32_t clb_define_type(clb_state *state, const char *name, clb_outbox_mark mark);

/* ---- JSON ---------------------------------------------------------------------------------------------------- */

/* The functions of c8.json, as a reference to their table: decode, encode, null, array, object. -1 without memory. */
int32_t clb_json_library(clb_state *state);

/* ---- the script's globals ------------------------------------------------------------------------------------ */

/* Installs `require`, `package`, `arg`, `io`, what the host has of `os`, and `c8`. To be called once, before anything runs. The one
   value appended since `mark` is a table of the host's functions:
   find(name) gives a module's loader and its argument; a table for an embedded one, whose loader is given the globals that are
   its own, and gives the function that is given the name, that table, and what embedded modules share. load_support() loads that.
   write(text), write_error(text); read(format), which gives a numeral as text; deny(name) refuses. getenv, exit and arg are set. */
clb_status clb_start(clb_state *state, clb_outbox_mark mark);

/* ---- coverage ------------------------------------------------------------------------------------------------ */

/* From now on counts how often each line begins, in all coroutines, of chunks that are loaded from now on and named "@…".
   To be asked for before anything runs. False without memory. Costs a permanent hook. */
bool clb_count_lines(clb_state *state);
/* A chunk's name without the "@", and by line, from 0: how often it began, and whether it has anything that can run. */
typedef void (*clb_line_receiver)(void *context, const char *name, const uint32_t *counts, const bool *can_run, size_t count);
/* False where memory did not suffice for a chunk, which then is missing. */
bool clb_deliver_lines(clb_state *state, clb_line_receiver receiver, void *context);

/* ---- a prompt ------------------------------------------------------------------------------------------------ */

/* Functions for the host's own Lua that look into values without running metamethods, as a reference to their table:
   function, metatable, upvalues, join. Not for scripts. -1 without memory. */
int32_t clb_inspect_library(clb_state *state);

/* ---- text ---------------------------------------------------------------------------------------------------- */

/* Whether the bytes are valid UTF-8 (RFC 3629). */
bool clb_is_utf8(const char *_Nullable bytes, size_t count);

/* What Swift's short strings hold beside their bytes, in the highest byte: see SmallText of LuaRuntime. */
enum { CLB_SMALL_ASCII = 0xE0, CLB_SMALL_OTHER = 0xA0, CLB_SMALL_MARK = 0x20, CLB_SMALL_COUNT = 0x0F };

/* Whether short strings of Swift are known to be made so: no until the host says it. */
extern bool clb_small_text_is_known;
static inline bool clb_knows_small_text(void) { return __atomic_load_n(&clb_small_text_is_known, __ATOMIC_RELAXED); }
static inline void clb_know_small_text(void) { __atomic_store_n(&clb_small_text_is_known, true, __ATOMIC_RELAXED); }

/* Up to CLB_SMALL_BYTES of valid UTF-8 as the words that a short string of Swift is; false for any others. */
static inline bool clb_take_small_text(const char *_Nonnull bytes, size_t count, clb_small_text *text) {
    uint64_t first = 0, last = 0;
    if (count > CLB_SMALL_BYTES) return false;
    if (count > 8) {
        __builtin_memcpy(&first, bytes, 8);
        __builtin_memcpy(&last, bytes + count - 8, 8);
        last >>= 8 * (16 - count); /* without those that are in the first word */
    } else if (count == 8) {
        __builtin_memcpy(&first, bytes, 8);
    } else if (count >= 4) {
        uint32_t head, tail;
        __builtin_memcpy(&head, bytes, 4);
        __builtin_memcpy(&tail, bytes + count - 4, 4);
        first = head | (uint64_t)tail << 8 * (count - 4);
    } else {
        for (size_t i = count; i > 0; i--) first = first << 8 | (unsigned char)bytes[i - 1];
    }
    uint64_t kind = CLB_SMALL_ASCII;
    if ((first | last) & UINT64_C(0x8080808080808080)) {
        if (!clb_is_utf8(bytes, count)) return false;
        kind = CLB_SMALL_OTHER;
    }
    text->first = first;
    text->last = last | (kind | count) << 56;
    return true;
}

/* Whether the words of a string of Swift mean the same text for ever: those of a short one, and of a literal. */
static inline bool clb_is_lasting_text(clb_small_text text) { return text.last >> 63 != 0; }
/* Whether a string of Swift is a short one. */
static inline bool clb_is_small_text(clb_small_text text) { return (text.last >> 56 & CLB_SMALL_MARK) != 0; }

/* ---- threads ------------------------------------------------------------------------------------------------- */

/* Starts a detached thread with a stack of its own size; 0, or an errno. */
int clb_start_thread(size_t stack_size, const char *name, void (*body)(void *context), void *context);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

/* The release that this was built with, as in "Lua 5.4.4". */
const char *_Nonnull clb_library_release(void);
/* Whether a __concat that moves the stack is harmless in this library; found out once, by trying it in a state of its own. */
bool clb_library_concatenates_soundly(void);

#endif
