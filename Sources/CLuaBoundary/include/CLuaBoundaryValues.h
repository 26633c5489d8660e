/*
 * What goes over the boundary, see CLuaBoundary.h: values, and the functions of the host that take and give them.
 */
#ifndef C_LUA_BOUNDARY_VALUES_H
#define C_LUA_BOUNDARY_VALUES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

typedef struct clb_state clb_state;

/* ---- values ------------------------------------------------------------------------------------------------ */

typedef enum clb_tag {
    CLB_NIL,
    CLB_BOOLEAN,
    CLB_INTEGER,
    CLB_NUMBER,
    CLB_STRING,
    CLB_NULL,          /* the JSON null of c8.json */
    CLB_TABLE,         /* a header; its array items and then its key, value pairs follow it */
    CLB_FUNCTION,      /* any Lua or C function, as a registry reference */
    CLB_OBJECT,        /* a Swift object */
    CLB_OPAQUE,        /* a coroutine or a userdata of a library, as a registry reference */
    CLB_CYCLE,         /* gathered only: a table that contains itself, at this place */
    CLB_TOO_DEEP,      /* gathered only: nesting beyond CLB_MAXIMUM_DEPTH, at this place */
    CLB_HOST_FUNCTION, /* appended only: a new Lua function that calls Swift */
    CLB_JSON,          /* appended only: JSON text, decoded while it is pushed */
    CLB_LIVE,          /* an argument that is still in Lua, until clb_gather_arguments copies it */
    CLB_LIVE_TABLE,    /* the same, and a table: its fields can be read without a copy */
    CLB_SMALL_TEXT,    /* a plain result only: a string of up to CLB_SMALL_BYTES, in `small` */
} clb_tag;

typedef enum clb_mark {
    CLB_MARK_NONE,
    CLB_MARK_ARRAY,  /* c8.json.array, or decoded from a JSON array */
    CLB_MARK_OBJECT, /* c8.json.object */
    CLB_MARK_ERROR,  /* an error value of the host: fields, and a readable tostring */
} clb_mark;

enum { CLB_MAXIMUM_DEPTH = 200 };

/* A short string of Swift as the two words that it is: its bytes in the order of memory, then its flags and its count. */
typedef struct clb_small_text {
    uint64_t first;
    uint64_t last;
} clb_small_text;

enum { CLB_SMALL_BYTES = 15 };

typedef struct clb_value {
    clb_tag tag;
    bool is_taken; /* CLB_FUNCTION, CLB_OPAQUE: Swift owns the reference now, and gives it back by clb_unreference */
    union {
        bool boolean;
        int64_t integer;
        double number;
        struct { const char *_Null_unspecified bytes; size_t count; } string; /* valid during the call it came with */
        struct { uint32_t array_count; uint32_t pair_count; clb_mark mark; } table;
        struct { void *_Null_unspecified pointer; uint32_t type; } object;
        int32_t reference;
        struct { size_t offset; size_t count; } span; /* appended strings and JSON: a range of the state's byte arena */
        clb_small_text small;
    };
} clb_value;

/* ---- host functions ---------------------------------------------------------------------------------------- */

typedef enum clb_outcome {
    CLB_RETURN,  /* the values appended to the outbox are the results */
    CLB_RETURN_PLAIN, /* `result` is the one result: nil, a boolean, a number, or a string that is held or small. No value was appended */
    CLB_RAISE,   /* the one value appended to the outbox is the error */
    CLB_SUSPEND, /* `operation` has begun; resume with its results when it ends */
    CLB_STOP,    /* the outbox could not grow, or the script is to stop: raise the stop error */
    CLB_RERAISE, /* what a call of clb_gather_arguments or clb_read_field has failed with */
    CLB_OVER,    /* no outcome of a call, but of a look at one that has ended */
    CLB_UNKNOWN, /* nor this, but of a look for a name that is not known by its words yet */
} clb_outcome;

typedef struct clb_outbox_mark { size_t values; size_t bytes; } clb_outbox_mark;

enum { CLB_PLAIN_ARGUMENTS = 8 };
#define CLB_UNCOUNTED UINT32_MAX

/* The first four fields, and those of clb_value, are also read and written by code that is inlined where a Swift function is
   registered, and which knows them by their offsets: see LuaCallLayout in LuaRuntime. */
typedef struct clb_call {
    uint32_t plain_count;                   /* how many of `plain` have been read; 0 where there are more arguments than places */
    uint32_t result_count;                  /* set by Swift: top-level values appended */
    clb_value result;                       /* set by Swift with CLB_RETURN_PLAIN */
    clb_value plain[CLB_PLAIN_ARGUMENTS];   /* the arguments, where there are few; some may be live */

    clb_state *state;
    void *_Null_unspecified function;       /* the context of the function that is called */
    clb_value *_Null_unspecified arguments; /* preorder; a table's contents follow its header. `plain` until they are gathered;
                                               NULL where only the first has been read: see clb_read_arguments */
    uint32_t value_count;                   /* all values, nested ones included */
    uint32_t argument_count;                /* top-level values; CLB_UNCOUNTED: see clb_count_arguments */
    uint64_t operation;                     /* set by Swift with CLB_SUSPEND; never 0 */
    clb_outbox_mark mark;                   /* where the results begin */
    /* The boundary's own. */
    void *_Null_unspecified thread;
    size_t charged;
    bool is_gathered;
    uint64_t live_serial;                   /* not 0 while its tables are read in place; then these were before it */
    uint64_t outer_serial;
    struct clb_call *_Null_unspecified outer_call;
} clb_call;

/* Called on the script's thread. Must not unwind, and must not touch the arguments after it returned. */
typedef clb_outcome (*clb_function)(void *context, clb_call *call);

/* For host functions, while their call lasts. Anything but CLB_RETURN ends the host call: Swift returns it as the outcome. */

/* How many arguments there are. */
uint32_t clb_count_arguments(clb_call *call);
/* Reads the arguments that a unary function's call has not read, so that `arguments` holds all. */
clb_outcome clb_read_arguments(clb_call *call);
/* Copies the arguments that are live still; `arguments` is another array then. */
clb_outcome clb_gather_arguments(clb_call *call);
/* From now on to the end of the call its tables may be read in place, on this thread, by whoever has the number. */
uint64_t clb_live_begin(clb_call *call);
/* The call that is read in place under this number, or NULL where it is over. */
clb_call *_Nullable clb_live_call(uint64_t serial);
/* A field of the live table at this position, from 1, read raw; CLB_OVER where the call is. Its bytes are valid until Lua is entered; a table or function
   is given as live. */
clb_outcome clb_read_field(uint64_t serial, uint32_t position, const char *_Nullable name, size_t count, clb_value *value);
/* The same by a name that is a string of Swift, whose words mean that name for ever; it becomes known to clb_read_known_field. */
clb_outcome clb_read_lasting_field(uint64_t serial, uint32_t position, clb_small_text words, const char *_Nullable name, size_t count,
                                   clb_value *value);
/* The same by the words alone, or CLB_UNKNOWN. `expected`: what the field probably is. */
clb_outcome clb_read_known_field(uint64_t serial, uint32_t position, clb_small_text words, clb_tag expected, clb_value *value);
/* The same with a copy of the field, whatever it is, which the receiver gets. */
typedef void (*clb_field_receiver)(void *context, clb_value *_Null_unspecified values, uint32_t count);
clb_outcome clb_gather_field(clb_call *call, uint32_t position, const char *_Nullable name, size_t count, clb_field_receiver receiver,
                             void *context);

/* What the host gives a state. Every callback is called on the script's thread and returns normally. */
typedef struct clb_host {
    void *_Null_unspecified context;
    /* A Swift object, or the context of a host function, is no longer referenced by Lua. */
    void (*release)(void *object);
    /* An address that stands for the object where it is one value in Lua, however often it is appended; NULL where it is a
       new value each time. */
    const void *_Nullable (*_Nonnull identify)(void *object);
    /* Blocks until the operation has ended, or the script is to stop. */
    void (*wait)(void *context, uint64_t operation);
    /* Appends the results of an ended operation, or its error; an operation that was given up raises. */
    clb_outcome (*collect)(void *context, uint64_t operation, clb_call *call);
    /* Bytes that the script prints. */
    void (*write)(void *context, const char *bytes, size_t count);
    /* Whether what runs now is to be ended, see clb_ask. May be called wherever the script could be stopped. */
    bool (*ends)(void *context);
} clb_host;

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
