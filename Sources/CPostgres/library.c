/* Loading libpq when a connection is first to be made. */
#include <dlfcn.h>
#include <pthread.h>

#include "internal.h"

static const char *const names[] = {"libpq.so.5", "libpq.so", "libpq.5.dylib", NULL};

cpg_library cpg;
static const char *problem;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool find_functions(void *handle) {
#define FUNCTION(name) {#name, &cpg.name}
    struct {
        const char *name;
        void *place;
    } functions[] = {
        FUNCTION(PQconninfoParse),      FUNCTION(PQconninfoFree),       FUNCTION(PQconndefaults),
        FUNCTION(PQconninfo),           FUNCTION(PQfreemem),            FUNCTION(PQconnectStartParams),
        FUNCTION(PQconnectPoll),        FUNCTION(PQfinish),             FUNCTION(PQsocket),
        FUNCTION(PQstatus),             FUNCTION(PQerrorMessage),       FUNCTION(PQsetErrorVerbosity),
        FUNCTION(PQsetNoticeProcessor), FUNCTION(PQsetnonblocking),     FUNCTION(PQserverVersion),
        FUNCTION(PQparameterStatus),    FUNCTION(PQsendQueryParams),    FUNCTION(PQflush),
        FUNCTION(PQconsumeInput),       FUNCTION(PQisBusy),             FUNCTION(PQgetResult),
        FUNCTION(PQresultStatus),       FUNCTION(PQresultErrorField),   FUNCTION(PQresultErrorMessage),
        FUNCTION(PQntuples),            FUNCTION(PQnfields),            FUNCTION(PQfname),
        FUNCTION(PQgetisnull),          FUNCTION(PQgetvalue),           FUNCTION(PQgetlength),
        FUNCTION(PQclear),              FUNCTION(PQgetCancel),          FUNCTION(PQcancel),
        FUNCTION(PQfreeCancel),
    };
#undef FUNCTION
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(handle, functions[i].name);
        if (!function) return false;
        /* POSIX asks that this be possible, though C has no cast for it (dlsym, rationale). */
        *(void **)functions[i].place = function;
    }
    return true;
}

static void load(void) {
    void *handle = NULL;
    for (const char *const *name = names; *name && !handle; name++) handle = dlopen(*name, RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        problem = "PostgreSQL's client library libpq is not installed (Debian: apt-get install libpq5)";
    } else if (!find_functions(handle)) {
        dlclose(handle);
        problem = "PostgreSQL's client library libpq is too old";
    }
}

const char *cpg_load(void) {
    pthread_once(&once, load);
    return problem;
}
