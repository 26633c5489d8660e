/* One statement at a time, and its result. */
#include "internal.h"

bool cpg_send(cpg_connection *connection, const char *statement, int count, const char *const *parameters) {
    /* Unnamed, so that nothing is left behind on a connection that a pooler gives to somebody else. */
    return cpg.PQsendQueryParams(connection, statement, count, NULL, parameters, NULL, NULL, 0) == 1;
}

cpg_wait cpg_progress(cpg_connection *connection) {
    int unsent = cpg.PQflush(connection);
    if (unsent < 0) return CPG_FAILED;
    if (!cpg.PQconsumeInput(connection)) return CPG_FAILED;
    if (unsent > 0) return CPG_WRITING;
    return cpg.PQisBusy(connection) ? CPG_READING : CPG_READY;
}

cpg_result *cpg_next(cpg_connection *connection) { return cpg.PQgetResult(connection); }

void cpg_notice(cpg_connection *connection) { cpg.PQconsumeInput(connection); }

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

int cpg_columns(cpg_result *result) { return cpg.PQnfields(result); }

const char *cpg_name(cpg_result *result, int column) { return cpg.PQfname(result, column); }

const char *cpg_value(cpg_result *result, int row, int column) {
    return cpg.PQgetisnull(result, row, column) ? NULL : cpg.PQgetvalue(result, row, column);
}

size_t cpg_length(cpg_result *result, int row, int column) { return (size_t)cpg.PQgetlength(result, row, column); }

void cpg_clear(cpg_result *result) { cpg.PQclear(result); }
