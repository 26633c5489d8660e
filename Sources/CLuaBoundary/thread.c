/* A script's thread. Lua nests C calls up to 200 deep, with host functions between them: it needs a larger stack than
   threads get by default, and Swift has no way to ask for one. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "CLuaBoundary.h"

typedef struct start {
    void (*body)(void *context);
    void *context;
} start;

static void *run(void *argument) {
    start begin = *(start *)argument;
    free(argument);
    begin.body(begin.context);
    return NULL;
}

int clb_start_thread(size_t stack_size, const char *name, void (*body)(void *context), void *context) {
    start *begin = malloc(sizeof *begin);
    if (!begin) return ENOMEM;
    *begin = (start){.body = body, .context = context};
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, stack_size);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int result = pthread_create(&thread, &attributes, run, begin);
    pthread_attr_destroy(&attributes);
    if (result != 0) free(begin);
#ifdef __linux__
    else pthread_setname_np(thread, name);
#endif
    return result;
}
