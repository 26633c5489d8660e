/* Opening, closing and asking a connection. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

char *cpg_parse(const char *text, void *context, void (*option)(void *, const char *, const char *)) {
    char *message = NULL;
    PQconninfoOption *options = cpg.PQconninfoParse(text, &message);
    char *problem = NULL;
    if (!options) problem = strdup(message ? message : "not enough memory");
    if (message) cpg.PQfreemem(message);
    for (PQconninfoOption *at = options; at && at->keyword; at++) {
        if (at->val) option(context, at->keyword, at->val);
    }
    if (options) cpg.PQconninfoFree(options);
    return problem;
}

static char *value_in(PQconninfoOption *options, const char *name) {
    char *value = NULL;
    for (PQconninfoOption *at = options; at && at->keyword; at++) {
        if (at->val && strcmp(at->keyword, name) == 0) value = strdup(at->val);
    }
    if (options) cpg.PQconninfoFree(options);
    return value;
}

char *cpg_default(const char *name) { return value_in(cpg.PQconndefaults(), name); }

char *cpg_option(cpg_connection *connection, const char *name) { return value_in(cpg.PQconninfo(connection), name); }

/* Standard error is not the library's to write to. */
static void ignore(void *context, const char *message) {
    (void)context;
    (void)message;
}

cpg_connection *cpg_start(const char *const *names, const char *const *values) {
    PGconn *connection = cpg.PQconnectStartParams(names, values, 0);
    if (!connection) return NULL;
    cpg.PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
    cpg.PQsetNoticeProcessor(connection, ignore, NULL);
    return connection;
}

cpg_wait cpg_begin(cpg_connection *connection) {
    return cpg.PQstatus(connection) == CONNECTION_BAD ? CPG_FAILED : CPG_WRITING;
}

cpg_wait cpg_connect(cpg_connection *connection) {
    switch (cpg.PQconnectPoll(connection)) {
        case PGRES_POLLING_READING: return CPG_READING;
        case PGRES_POLLING_WRITING: return CPG_WRITING;
        case PGRES_POLLING_OK: return cpg.PQsetnonblocking(connection, 1) == 0 ? CPG_READY : CPG_FAILED;
        default: return CPG_FAILED;
    }
}

void cpg_finish(cpg_connection *connection) { cpg.PQfinish(connection); }

int cpg_socket(cpg_connection *connection) { return cpg.PQsocket(connection); }

bool cpg_is_alive(cpg_connection *connection) { return cpg.PQstatus(connection) == CONNECTION_OK; }

const char *cpg_error(cpg_connection *connection) { return cpg.PQerrorMessage(connection); }

int cpg_server_version(cpg_connection *connection) { return cpg.PQserverVersion(connection); }

const char *cpg_parameter(cpg_connection *connection, const char *name) {
    return cpg.PQparameterStatus(connection, name);
}

cpg_cancellation *cpg_cancellation_of(cpg_connection *connection) { return cpg.PQgetCancel(connection); }

void cpg_cancel(cpg_cancellation *cancellation) {
    char problem[256];
    /* Whether it arrives is not known in any case: the statement may just have ended. */
    cpg.PQcancel(cancellation, problem, sizeof problem);
    cpg.PQfreeCancel(cancellation);
}
