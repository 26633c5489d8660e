/* steps FILE COUNT: the rows that steps.lua leaves, by SQLite alone: the same statements, prepared once, in two
   transactions a step. As c8run has it, the first is the operating system's when it is committed (synchronous=NORMAL),
   the second is the disk's (FULL). Prints seconds and CPU seconds of all steps. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static sqlite3 *database;

static void check(int code) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(database));
    exit(1);
}

static void execute(const char *sql) { check(sqlite3_exec(database, sql, NULL, NULL, NULL)); }

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    check(sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static void step(sqlite3_stmt *statement) {
    check(sqlite3_step(statement));
    check(sqlite3_reset(statement));
}

static double seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double now(void) { return seconds(CLOCK_REALTIME); }

int main(int count, char **arguments) {
    if (count != 3) return 64;
    check(sqlite3_open(arguments[1], &database));
    execute("PRAGMA journal_mode = WAL");
    execute("PRAGMA synchronous = FULL");
    execute("PRAGMA foreign_keys = ON");
    execute("CREATE TABLE flow (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, state TEXT NOT NULL,"
            " fence INTEGER NOT NULL, updated_at REAL NOT NULL) STRICT;"
            "CREATE TABLE step (number INTEGER PRIMARY KEY,"
            " flow INTEGER NOT NULL REFERENCES flow (number) ON DELETE CASCADE, key TEXT NOT NULL, parent TEXT NOT NULL,"
            " position INTEGER, state TEXT NOT NULL, writes INTEGER NOT NULL, attempt INTEGER NOT NULL, last_operation TEXT,"
            " error TEXT, trace_id TEXT, started_at REAL NOT NULL, ended_at REAL, wake_at REAL, resolved TEXT,"
            " resolved_by TEXT, resolved_at REAL, result TEXT, written_at REAL, UNIQUE (flow, key)) STRICT;"
            "CREATE TABLE call (number INTEGER PRIMARY KEY,"
            " flow INTEGER NOT NULL REFERENCES flow (number) ON DELETE CASCADE, key TEXT NOT NULL, operation TEXT NOT NULL,"
            " outcome TEXT NOT NULL, code INTEGER, trace_id TEXT, at REAL NOT NULL) STRICT;"
            "CREATE INDEX call_step ON call (flow, key);"
            "INSERT INTO flow (id, state, fence, updated_at) VALUES ('benchmark', 'running', 1, 0)");
    sqlite3_stmt *lightly = prepare("PRAGMA synchronous = NORMAL");
    sqlite3_stmt *fully = prepare("PRAGMA synchronous = FULL");
    sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE TRANSACTION");
    sqlite3_stmt *commit = prepare("COMMIT TRANSACTION");
    sqlite3_stmt *touch = prepare("UPDATE flow SET updated_at = ?1 WHERE number = 1 AND fence = 1 AND state = 'running'");
    sqlite3_stmt *start = prepare(
        "INSERT INTO step (flow, key, parent, position, state, writes, attempt, started_at, wake_at)"
        " VALUES (1, ?1, '', ?2, 'started', 0, 1, ?3, NULL)"
        " ON CONFLICT (flow, key) DO UPDATE SET position = ?2, state = 'started', writes = 0, attempt = 1, wake_at = NULL,"
        " ended_at = NULL");
    sqlite3_stmt *end = prepare(
        "UPDATE step SET state = 'done', result = ?2, error = NULL, ended_at = ?3 WHERE flow = 1 AND key = ?1");
    sqlite3_stmt *clear = prepare("DELETE FROM call WHERE flow = 1 AND key = ?1");

    int steps = atoi(arguments[2]);
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 1; i <= steps; i++) {
        char key[32], result[32];
        snprintf(key, sizeof key, "step %d", i);
        snprintf(result, sizeof result, "%d", i);
        step(lightly);
        step(begin);
        sqlite3_bind_double(touch, 1, now());
        step(touch);
        sqlite3_bind_text(start, 1, key, -1, SQLITE_STATIC);
        sqlite3_bind_int(start, 2, i - 1);
        sqlite3_bind_double(start, 3, now());
        step(start);
        step(commit);
        step(fully);
        step(begin);
        sqlite3_bind_double(touch, 1, now());
        step(touch);
        sqlite3_bind_text(end, 1, key, -1, SQLITE_STATIC);
        sqlite3_bind_text(end, 2, result, -1, SQLITE_STATIC);
        sqlite3_bind_double(end, 3, now());
        step(end);
        sqlite3_bind_text(clear, 1, key, -1, SQLITE_STATIC);
        step(clear);
        step(commit);
    }
    printf("%.6f %.6f\n", seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    return 0;
}
