/* What the files share. The only header that includes libpq-fe.h. */
#ifndef C_POSTGRES_INTERNAL_H
#define C_POSTGRES_INTERNAL_H

/* Debian has it in a folder of its own. */
#if __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

#include "CPostgres.h"

/* The functions of the library that are used here, by their own names. */
typedef struct cpg_library {
    __typeof__(PQconninfoParse) *PQconninfoParse;
    __typeof__(PQconninfoFree) *PQconninfoFree;
    __typeof__(PQconndefaults) *PQconndefaults;
    __typeof__(PQconninfo) *PQconninfo;
    __typeof__(PQfreemem) *PQfreemem;
    __typeof__(PQconnectStartParams) *PQconnectStartParams;
    __typeof__(PQconnectPoll) *PQconnectPoll;
    __typeof__(PQfinish) *PQfinish;
    __typeof__(PQsocket) *PQsocket;
    __typeof__(PQstatus) *PQstatus;
    __typeof__(PQerrorMessage) *PQerrorMessage;
    __typeof__(PQsetErrorVerbosity) *PQsetErrorVerbosity;
    __typeof__(PQsetNoticeProcessor) *PQsetNoticeProcessor;
    __typeof__(PQsetnonblocking) *PQsetnonblocking;
    __typeof__(PQserverVersion) *PQserverVersion;
    __typeof__(PQparameterStatus) *PQparameterStatus;
    __typeof__(PQsendQueryParams) *PQsendQueryParams;
    __typeof__(PQflush) *PQflush;
    __typeof__(PQconsumeInput) *PQconsumeInput;
    __typeof__(PQisBusy) *PQisBusy;
    __typeof__(PQgetResult) *PQgetResult;
    __typeof__(PQresultStatus) *PQresultStatus;
    __typeof__(PQresultErrorField) *PQresultErrorField;
    __typeof__(PQresultErrorMessage) *PQresultErrorMessage;
    __typeof__(PQntuples) *PQntuples;
    __typeof__(PQnfields) *PQnfields;
    __typeof__(PQfname) *PQfname;
    __typeof__(PQgetisnull) *PQgetisnull;
    __typeof__(PQgetvalue) *PQgetvalue;
    __typeof__(PQgetlength) *PQgetlength;
    __typeof__(PQclear) *PQclear;
    __typeof__(PQgetCancel) *PQgetCancel;
    __typeof__(PQcancel) *PQcancel;
    __typeof__(PQfreeCancel) *PQfreeCancel;
} cpg_library;

/* Filled by cpg_load(). */
extern cpg_library cpg;

#endif
