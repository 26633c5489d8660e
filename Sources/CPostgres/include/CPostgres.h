/*
 * PostgreSQL's own client library, libpq, as far as it is needed here.
 *
 * The library is loaded by cpg_load() and not before: whoever keeps no state in PostgreSQL does not pay for it, and a
 * machine without it runs scripts all the same. Nothing else here may be called before that has succeeded.
 *
 * A connection belongs to one thread at a time. Nothing waits but cpg_start(), which looks the host's name up, and
 * cpg_cancel(), which opens a connection of its own. All texts are UTF-8.
 */
#ifndef C_POSTGRES_H
#define C_POSTGRES_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

typedef struct pg_conn cpg_connection;
typedef struct pg_result cpg_result;
typedef struct pg_cancel cpg_cancellation;

/* What a connection or a statement waits for. */
typedef enum cpg_wait {
    CPG_READY,
    CPG_READING,
    CPG_WRITING,
    CPG_FAILED,
} cpg_wait;

/* Loads the library: NULL, or why that fails. Loaded once and kept. */
const char *_Nullable cpg_load(void);

/* Calls back with each option that a URL or a list of `key = value` sets. NULL, or what is wrong with the text, which the
   caller frees with free(). What is wrong may quote the text. */
char *_Nullable cpg_parse(const char *text, void *_Null_unspecified context,
                          void (*option)(void *_Null_unspecified context, const char *name, const char *value));

/* The value that the environment or the library gives an option (the service file, too, where PGSERVICE names one). To be
   freed with free(); NULL where there is none. */
char *_Nullable cpg_default(const char *name);

/* Begins to connect. `names` and `values` end with a NULL. NULL without memory. */
cpg_connection *_Nullable cpg_start(const char *_Nullable const *_Nonnull names,
                                    const char *_Nullable const *_Nonnull values);
/* Goes on: what to wait for before it is called again. */
cpg_wait cpg_connect(cpg_connection *connection);
/* What to wait for after cpg_start(). */
cpg_wait cpg_begin(cpg_connection *connection);
void cpg_finish(cpg_connection *connection);

int cpg_socket(cpg_connection *connection);
bool cpg_is_alive(cpg_connection *connection);
/* The last error, with the server's code before the text where it comes from the server: "FATAL:  28P01: …". */
const char *cpg_error(cpg_connection *connection);
/* 150004 for 15.4. */
int cpg_server_version(cpg_connection *connection);
/* What the server says of itself, such as server_encoding; NULL where it does not. */
const char *_Nullable cpg_parameter(cpg_connection *connection, const char *name);
/* The value that the connection has for an option, such as sslmode. To be freed with free(). */
char *_Nullable cpg_option(cpg_connection *connection, const char *name);

/* Sends a statement with its parameters as text; NULL is SQL's. */
bool cpg_send(cpg_connection *connection, const char *statement, int count,
              const char *_Nullable const *_Nullable parameters);
/* Sends what is left of it: CPG_READY once all is sent, CPG_WRITING where the socket takes no more at the moment. */
cpg_wait cpg_flush(cpg_connection *connection);
/* Takes what has come, asked for or not, as when the server goes away. False where the connection broke. */
bool cpg_take(cpg_connection *connection);
/* Whether cpg_next() would wait for more to come. */
bool cpg_is_busy(cpg_connection *connection);
/* The next result; NULL behind the last. To be given back with cpg_clear(). */
cpg_result *_Nullable cpg_next(cpg_connection *connection);

bool cpg_succeeded(cpg_result *result);
/* The five characters of SQLSTATE; "" where the error is the library's. */
const char *cpg_state(cpg_result *result);
const char *cpg_message(cpg_result *result);
int cpg_rows(cpg_result *result);
/* Negative where there is no column of that name. */
int cpg_column(cpg_result *result, const char *name);
/* NULL is SQL's. Valid until the result is given back. */
const char *_Nullable cpg_value(cpg_result *result, int row, int column);
size_t cpg_length(cpg_result *result, int row, int column);
void cpg_clear(cpg_result *result);

/* Asks the server to end what the connection has it do. May be called on another thread, and after cpg_finish(). */
cpg_cancellation *_Nullable cpg_cancellation_of(cpg_connection *connection);
void cpg_cancel(cpg_cancellation *cancellation);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
