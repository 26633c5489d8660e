/* One statement at a time, and its result. */
#include <string.h>

#include "internal.h"

bool cpg_send(cpg_connection *connection, const char *statement, int count, const char *const *parameters) {
    /* Unnamed, so that nothing is left behind on a connection that a pooler gives to somebody else. */
    return cpg.PQsendQueryParams(connection, statement, count, NULL, parameters, NULL, NULL, 0) == 1;
}

cpg_wait cpg_flush(cpg_connection *connection) {
    int unsent = cpg.PQflush(connection);
    return unsent < 0 ? CPG_FAILED : unsent > 0 ? CPG_WRITING : CPG_READY;
}

bool cpg_take(cpg_connection *connection) { return cpg.PQconsumeInput(connection) == 1; }

bool cpg_is_busy(cpg_connection *connection) { return cpg.PQisBusy(connection) != 0; }

cpg_result *cpg_next(cpg_connection *connection) { return cpg.PQgetResult(connection); }

bool cpg_succeeded(cpg_result *result) {
    ExecStatusType status = cpg.PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

const char *cpg_state(cpg_result *result) {
    const char *state = cpg.PQresultErrorField(result, PG_DIAG_SQLSTATE);
    return state ? state : "";
}

const char *cpg_message(cpg_result *result) {
    /* The primary message alone: the others may quote parameters. */
    const char *message = cpg.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return message ? message : cpg.PQresultErrorMessage(result);
}

int cpg_rows(cpg_result *result) { return cpg.PQntuples(result); }

int cpg_column(cpg_result *result, const char *name) {
    /* PQfnumber would read the name as SQL does, in small letters, and copy it for that. */
    for (int column = cpg.PQnfields(result) - 1; column >= 0; column--)
        if (strcmp(cpg.PQfname(result, column), name) == 0) return column;
    return -1;
}

const char *cpg_value(cpg_result *result, int row, int column) {
    return cpg.PQgetisnull(result, row, column) ? NULL : cpg.PQgetvalue(result, row, column);
}

size_t cpg_length(cpg_result *result, int row, int column) { return (size_t)cpg.PQgetlength(result, row, column); }

void cpg_clear(cpg_result *result) { cpg.PQclear(result); }
