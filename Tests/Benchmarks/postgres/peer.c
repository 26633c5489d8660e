/* peer WORK COUNT URL [unnamed]: the statements that c8run sends to PostgreSQL, by libpq alone, one after the other. They are
   prepared once, which c8run's are not, since a pooler in transaction mode would not keep them; with `unnamed` they are sent as
   c8run sends them. The tables must be there.

     steps   a flow of so many steps that do nothing: two entries of the journal for each
     token   so many readings of an application's token
     claim   so many jobs taken from the queue, one at a time; they must wait there already

   Prints seconds and CPU seconds. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static PGconn *connection;
/* What is carried out again and again; NULL where it was prepared once. */
static const char *unnamed;
static int is_unnamed;

static double seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static PGresult *checked(PGresult *result) {
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return result;
    fprintf(stderr, "PostgreSQL: %s\n", PQerrorMessage(connection));
    exit(1);
}

static PGresult *execute(const char *statement, int count, const char *const *parameters) {
    return checked(PQexecParams(connection, statement, count, NULL, parameters, NULL, NULL, 0));
}

/* A work has one statement that is carried out again and again. */
static void prepare(const char *statement, int count) {
    if (is_unnamed) unnamed = statement;
    else PQclear(checked(PQprepare(connection, "work", statement, count, NULL)));
}

static PGresult *carry_out(int count, const char *const *parameters) {
    if (unnamed) return execute(unnamed, count, parameters);
    return checked(PQexecPrepared(connection, "work", count, parameters, NULL, NULL, 0));
}

/* A line of the journal. */
static void entry(const char *flow, const char *revision, const char *light, const char *kind, const char *key,
                  const char *text, const char *number, const char *attempt) {
    char now[32];
    snprintf(now, sizeof now, "%.6f", seconds(CLOCK_REALTIME));
    const char *parameters[] = {flow, "1",  revision, now,    "30.0",  light, kind, key,
                                text, NULL, NULL,     NULL,   number,  attempt, now,  NULL};
    PGresult *result = carry_out(16, parameters);
    if (strcmp(PQgetvalue(result, 0, 0), "t") != 0) exit(2);
    PQclear(result);
}

static void steps(int count) {
    PGresult *result = execute(
        "INSERT INTO c8run.flow (id, script, script_hash, state, fence, owner_host, owner_process, claimed_at, created_at,"
        " updated_at, claim, lease_until, revision) VALUES ('benchmark ' || pg_backend_pid(), '', '', 'running', 1, '', 1, 0, 0, 0, '',"
        " clock_timestamp() + interval '30 s', 0) RETURNING number",
        0, NULL);
    char flow[32], revision[32], key[32], number[32];
    snprintf(flow, sizeof flow, "%s", PQgetvalue(result, 0, 0));
    PQclear(result);
    prepare(
        "SELECT c8run.write_entry($1::bigint, $2::bigint, $3::bigint, $4::float8, $5::float8, $6::boolean, $7, $8,\n"
        "    $9, $10, $11, $12, $13::bigint, $14::bigint, $15::float8, $16::float8) AS is_mine",
        16);
    for (int i = 1; i <= count; i++) {
        snprintf(key, sizeof key, "step %d", i);
        snprintf(number, sizeof number, "%d", i - 1);
        snprintf(revision, sizeof revision, "%d", 2 * i - 1);
        entry(flow, revision, "t", "begin", key, "", number, "1");
        snprintf(revision, sizeof revision, "%d", 2 * i);
        snprintf(number, sizeof number, "%d", i);
        entry(flow, revision, "f", "end", key, number, NULL, NULL);
    }
}

static void token(int count) {
    const char *key[] = {"benchmark"};
    PQclear(execute(
        "INSERT INTO c8run.token (key, version, generation, reservation, value, value_generation, ttl, fetched_at,"
        " fetched_machine, fetched_server, fetch_after, fetch_after_machine, fetch_after_server, holder)"
        " VALUES ($1, 2, 1, 'benchmark', 'benchmark-token', 1, 28800, 0, 'benchmark',"
        " clock_timestamp(), 0, 'benchmark', clock_timestamp() + interval '60 s', 'benchmark')"
        " ON CONFLICT (key) DO NOTHING",
        1, key));
    prepare(
        "SELECT *, extract(epoch FROM fetch_after_server - clock_timestamp())::float8 AS fetch_after_left,\n"
        "    extract(epoch FROM clock_timestamp() - fetched_server)::float8 AS fetched_age\n"
        "FROM c8run.token WHERE key = $1",
        1);
    for (int i = 0; i < count; i++) {
        PGresult *result = carry_out(1, key);
        if (PQntuples(result) != 1) exit(2);
        PQclear(result);
    }
}

/* The text of the script comes with the first job, and is known from then on. */
static void claim(int count) {
    char known[128] = "{}", name[64];
    prepare(
        "SELECT * FROM c8run.claim_jobs($1, $2, $3::text[], $4, $5::integer, $6::float8, $7::text[], $8::boolean)", 8);
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "benchmark 1 1 %d", i);
        const char *parameters[] = {name, "process 1 on benchmark", "{\"\"}", NULL, "1", "30.0", known, "f"};
        PGresult *result = carry_out(8, parameters);
        if (PQntuples(result) != 1) exit(2);
        int text = PQfnumber(result, "source");
        if (PQgetisnull(result, 0, text) != (i > 0)) exit(2);
        snprintf(known, sizeof known, "{\"%s\"}", PQgetvalue(result, 0, PQfnumber(result, "script_hash")));
        PQclear(result);
    }
}

static int work(const char *name, int count) {
    if (strcmp(name, "steps") == 0) steps(count);
    else if (strcmp(name, "token") == 0) token(count);
    else if (strcmp(name, "claim") == 0) claim(count);
    else return 64;
    return 0;
}

int main(int count, char **arguments) {
    if (count != 4 && count != 5) return 64;
    is_unnamed = count == 5 && strcmp(arguments[4], "unnamed") == 0;
    connection = PQconnectdb(arguments[3]);
    if (PQstatus(connection) != CONNECTION_OK) {
        fprintf(stderr, "PostgreSQL: %s\n", PQerrorMessage(connection));
        return 1;
    }
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (work(arguments[1], atoi(arguments[2])) != 0) return 64;
    printf("%.6f %.6f\n", seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    PQfinish(connection);
    return 0;
}
