/* What the files of the boundary share. The only header that includes lua.h. */
#ifndef C_LUA_BOUNDARY_INTERNAL_H
#define C_LUA_BOUNDARY_INTERNAL_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "CLuaBoundary.h"
#include "heap.h"
#include "bytes.h"

/* Chunks whose name begins so are the host's own Lua: tracebacks and error positions pass over them. */
#define CLB_HOST_CHUNK "=[c8"

/* Metamethods that the boundary answers for the script: see metatables.c. */
enum clb_event { CLB_EVENT_GC, CLB_EVENT_CONCAT, CLB_EVENT_COUNT };

typedef struct clb_name clb_name;
typedef struct clb_key clb_key;

enum { CLB_NUMBERED = 256 };

/* What `<close>` variables and finalisers may still use: see grace.c. */
typedef struct {
    int64_t end;      /* monotonic nanoseconds */
    int64_t left;     /* nanoseconds of the thread's own time */
    int64_t seen;     /* of `thread`, when it was last looked at */
    pthread_t thread;
} clb_grace;

struct clb_state {
    lua_State *main;
    /* The coroutine that executes. Read by the signal handler on the script's own thread. */
    lua_State *volatile current;
    clb_host host;
    clb_limits limits;

    /* Memory: Lua's, and that of the two arenas below. Atomic because other threads read them for a status. */
    _Atomic size_t used;
    _Atomic size_t peak;
    clb_heap heap;

    /* The outbox: values from Swift on their way to Lua. Addressed by index, since a finaliser that runs
       while one value is pushed may append values of its own and so move the arenas. */
    clb_value *values;
    size_t value_count, value_capacity;
    char *bytes;
    size_t byte_count, byte_capacity;

    /* Stopping. */
    _Atomic int stop;          /* clb_stop, perhaps marked as passing: see interrupt.c */
    _Atomic int entered;       /* the script's thread is inside Lua: `thread` may be signalled */
    pthread_mutex_t gate;      /* guards `entered` against `thread` */
    pthread_t thread;
    bool unwinding;            /* the stop has been raised once: <close> variables have their grace */
    clb_grace grace;
    bool stopped_in_finaliser; /* raised there only: the code that it interrupted is still to be stopped */
    bool yielded_to_stop;      /* the hook has yielded the running coroutine for good: whoever resumed it closes it */
    lua_State *raised_by_hook; /* a coroutine in which the hook raised: see hook() */
    uint64_t instructions_left;
    char stop_position[192];

    /* Set between the yield of an asynchronous host call and the resume that sees it: no value on a stack marks it,
       so no script can forge it. */
    uint64_t suspending;

    int finalising;            /* finalisers that run now, one inside the other */

    /* Set between the yield of a concatenation that steps out of the interpreter and the resume that sees it. */
    bool stepping_aside;
    int events[CLB_EVENT_COUNT];              /* references to the interpreter's own names */
    const char *event_names[CLB_EVENT_COUNT]; /* their bytes: equal short strings are the same one */

    bool claims_generational;  /* what collectgarbage was last asked for: it only says so */

    size_t json_capacity;      /* bytes that the next text of JSON begins with */

    void *functions[CLB_NUMBERED]; /* of the host, by the numbers of their entries: see functions.c */
    unsigned function_count;

    clb_name *names;           /* of fields that Swift reads: see arguments.c; NULL before the first */
    clb_key *keys;             /* the same by their words in Swift */

    struct clb_lines *lines;   /* counts of lines: see coverage.c; NULL where nobody asked for them */

    int stop_message;          /* references: what a stopped script is raised with */
    int error_meta, array_meta, object_meta;
    const void *error_identity, *array_identity, *object_identity;
    uint32_t type_count;
};

/* A Lua thread's extra space holds its state and flags in the pointer's low bits. */
#define CLB_AWAITS ((uintptr_t)1) /* a coroutine that waits for a host operation: nobody may resume it meanwhile */
#define CLB_ROOT ((uintptr_t)2)   /* a coroutine of the host: for the script it is the main program */
#define CLB_SPENT ((uintptr_t)4)  /* ended by an error of the hook, with hooks off for good: it must not run again */

static inline uintptr_t *clb_extra(lua_State *L) { return (uintptr_t *)lua_getextraspace(L); }
static inline clb_state *clb_of(lua_State *L) { return (clb_state *)(*clb_extra(L) & ~(uintptr_t)7); }
static inline bool clb_is_root(lua_State *L) { return (*clb_extra(L) & CLB_ROOT) != 0; }
static inline bool clb_awaits(lua_State *L) { return (*clb_extra(L) & CLB_AWAITS) != 0; }

enum { CLB_ASKING = 0x200 /* of clb_state.stop: the host is to be asked whether what runs is to be ended */ };
bool clb_answer(clb_state *state); /* interrupt.c: asks it; whether the script is being stopped */
/* On the script's thread. */
static inline bool clb_is_stopping(clb_state *state) {
    int stop = atomic_load_explicit(&state->stop, memory_order_relaxed);
    return stop != CLB_STOP_NONE && (stop != CLB_ASKING || clb_answer(state));
}

/* interrupt.c */
void clb_arm(clb_state *state, lua_State *L);      /* installs the hook that the state's stop and limits call for */
int clb_raise_stop(lua_State *L);                  /* raises the stop message; also after a memory error */
int clb_close_coroutine(clb_state *state, lua_State *L, lua_State *co); /* lua_resetthread, under the stop's grace */
void clb_begin_grace(clb_state *state);
bool clb_uses_grace(clb_state *state);             /* counts what was used since; false once there is no more */
void clb_check_stop(lua_State *L);                 /* raises if the script is to stop and has had its grace */
void clb_note_status(clb_state *state, int status);/* a memory error becomes the reason to stop */
int64_t clb_monotonic(void);
void clb_enter(clb_state *state);
void clb_leave(clb_state *state);

/* For loops in C, which no hook reaches: raises the stop soon after it is asked for, at next to no cost. */
enum { CLB_POLL_WORK = 4096, CLB_COUNTED_INSTRUCTIONS = 1000 };
/* [-0, +0, e] Work in C that stands for so many instructions of the script's limit; raises the stop if there is one. */
void clb_count_work(lua_State *L, size_t amount);

static inline void clb_poll(lua_State *L, size_t *work, size_t amount) {
    *work += amount;
    if (*work < CLB_POLL_WORK) return;
    size_t done = *work;
    *work = 0;
    clb_count_work(L, done);
}

/* sort_numbers.c: sorts the first `count` elements of the table at index 1, where they are all integers or all floats and
 * nothing of the script's can see them being moved. False, and nothing changed, for any other. */
bool clb_sort_numbers(lua_State *L, lua_Integer count);

/* state.c: memory that is the script's but not Lua's */
void clb_charge(clb_state *state, size_t count);
void clb_uncharge(clb_state *state, size_t count);

/* thread.c */
bool clb_stack_is_short(void); /* less is left of this thread's stack than nested C calls may need */
void clb_with_stack(void (*body)(clb_state *state), clb_state *state); /* on a thread of its own, should this one's be short */

/* chunk_check.c: of the Lua function on top of the stack. Returns NULL, or why it must not run. Raises nothing. */
const char *clb_check_chunk(lua_State *L);

/* coverage.c */
void clb_note_line(clb_state *state, lua_State *L, lua_Debug *activation);
void clb_note_chunk(lua_State *L); /* [-0, +0, m] the Lua function on top of the stack was compiled just now */
void clb_drop_lines(clb_state *state);

/* json_numbers.c: the number at *at, whose end is moved over. Returns NULL, or what is wrong. A NUL is at `end`, or no digit. */
const char *clb_json_read_number(const char **at, const char *end, clb_value *value);
/* Each writes into `text`, of 48 bytes or more, and returns where in it the digits begin. The number is finite. */
const char *clb_json_write_integer(char *text, size_t capacity, lua_Integer value, size_t *count);
const char *clb_json_write_number(char *text, size_t capacity, double value, size_t *count);

/* json_path.c: [-0, +1, m] */
typedef struct clb_json_step {
    const char *name; /* NULL: an index */
    lua_Integer index;
} clb_json_step;
void clb_json_push_path(lua_State *L, const clb_json_step *steps, int count);

/* json_escape.c: returns how many bytes of it there are. */
size_t clb_json_escape(char escape[6], unsigned char c);

/* json_names.c: a bottom-up merge sort; returns the sorted one of `names` and `spare`. */
typedef struct clb_json_name {
    const char *bytes;
    size_t count;
} clb_json_name;
clb_json_name *clb_json_sort_names(lua_State *L, size_t *work, clb_json_name *names, clb_json_name *spare, size_t n);

/* json_encode.c */
enum { CLB_LEAST_JSON = 256, CLB_MOST_JSON = 256 << 10 };

/* outbox.c: the bytes that are kept for the next values */
enum { CLB_KEPT_BYTES = 1 << 20 };
void clb_release_value(clb_state *state, clb_value *value);

/* gather.c: Lua → flat values. The buffers are userdata on L's stack, so that the collector owns them. */
typedef struct clb_gathered {
    clb_value *values;
    size_t count;
    size_t bytes; /* of strings */
} clb_gathered;
/* [-0, +3, m] Gathers `n` values from stack index `first`, leaves its buffers on top. References are taken for
   functions; clb_drop_untaken gives back those that Swift did not keep. */
clb_gathered clb_gather(lua_State *L, int first, int n);
void clb_drop_untaken(lua_State *L, clb_value *values, size_t count);
/* What Swift makes of gathered values counts as the script's memory while Swift has it. Raises, or returns the amount
   that clb_uncharge gives back. */
size_t clb_charge_copies(lua_State *L, clb_gathered gathered);

/* scatter.c: outbox → Lua. [-0, +n, m] Pushes n top-level values from index `start` of the outbox.
   Returns NULL, or a message of what cannot be pushed (nothing is left on the stack then). */
const char *clb_scatter(lua_State *L, size_t start, uint32_t n);

/* arguments.c: [-0, +0, -] any value that is no table, function or coroutine; those are tagged as live. */
void clb_read_plain(lua_State *L, int index, clb_value *value);
void clb_read_other(lua_State *L, int index, clb_value *value); /* the same, for what is probably no integer */
void clb_live_end(clb_call *call);

/* objects.c */
void *clb_object_at(lua_State *L, int index, uint32_t *type);
void clb_push_object(lua_State *L, void *object, uint32_t type);         /* [-0, +1, m]; releases on a raise by the caller's rewind */
void clb_open_objects(lua_State *L);

/* functions.c */
void clb_push_host_function(lua_State *L, clb_function function, bool is_unary, void *context);
void clb_open_functions(lua_State *L);

/* errors.c */
void clb_open_errors(lua_State *L);
void clb_push_where(lua_State *L);                  /* [-0, +1, m] "script.lua:12: " of the innermost script frame, or "" */
int clb_raise_message(lua_State *L, const char *kind, const char *format, ...); /* raises a host error with kind and message */
int clb_raise_argument(lua_State *L, int position, const char *function, const char *expected); /* one of kind invalid about an argument's type */
void clb_push_traceback(lua_State *L, lua_State *of, int level);           /* [-0, +1, m] */
void clb_push_message(lua_State *L, int index, bool may_call);             /* [-0, +1, m] the error at index as text */
void clb_push_cause(lua_State *L, int index);                             /* [-0, +1, m] the object behind it, or nil */
void clb_keep_inner_traceback(lua_State *L, lua_State *co, int error);     /* remembers where a dead coroutine raised */
void clb_move_inner_traceback(lua_State *L, int error);                    /* the same error, with its position before it */
void clb_push_full_traceback(lua_State *L, lua_State *of, int level, int error); /* [-0, +1, m] inner ones first */
void clb_prepare_error(lua_State *L, int index);                           /* metatable, position and cause of a CLB_MARK_ERROR table */

/* metatables.c */
void clb_take_event_names(lua_State *L);                       /* before anything sets a finaliser */
void clb_open_metatables(lua_State *L);
bool clb_concatenation_is_sound(void);                         /* of this liblua; found out once */
void clb_guard_concatenation(lua_State *L, int meta);           /* [-0, +0, m] for a metatable that may have __concat */
void clb_push_event_name(lua_State *L, enum clb_event event);  /* [-0, +1, m] the key that the interpreter looks up */
bool clb_is_hidden_key(lua_State *L, int index);               /* such a key: never shown to scripts or the host */
int clb_next(lua_State *L, int index);                         /* lua_next without hidden keys */

/* coroutines.c */
int clb_resume(clb_state *state, lua_State *L, lua_State *co, int n, int *results); /* lua_resume, with its hook */
void clb_finish_detached(lua_State *L, lua_State *co, int n); /* runs a coroutine of the host to its end, here */

/* coroutines.c, library.c, json_decode.c, json_encode.c */
void clb_open_coroutines(lua_State *L);
void clb_open_library(lua_State *L);
void clb_open_strings(lua_State *L);
void clb_open_format(lua_State *L);
void clb_open_tables(lua_State *L);
void clb_open_utf8(lua_State *L);
void clb_open_json(lua_State *L);
int clb_make_io(lua_State *L);          /* a Lua function: write, write_error, read, deny of clb_start → io */
void clb_install_globals(lua_State *L); /* see clb_start; takes the table of the host's functions from the stack */
/* [-0, +1, m] Decodes JSON; returns NULL, or a message with the place (nothing is pushed then). */
const char *clb_json_decode(lua_State *L, const char *bytes, size_t count);
int clb_json_decode_function(lua_State *L);         /* c8.json.decode */
int clb_json_encode_function(lua_State *L);         /* c8.json.encode */
/* The options of encode, in a table at that index or not; raises for one that is none. */
void clb_json_options(lua_State *L, int table, bool *pretty, bool *sort_keys);
bool clb_is_null(lua_State *L, int index);
void clb_push_null(lua_State *L);

#endif
