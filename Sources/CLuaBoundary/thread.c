/* A script's thread. Lua nests C calls up to 200 deep, with host functions between them: it needs a larger stack than
   threads get by default, and Swift has no way to ask for one. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>

#include "internal.h"

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

/* ---- how much stack is left ---- */

/* All that 200 nested C calls may need, in a build with sanitizers too. Optimized, they need less than 512 KiB. */
enum { NESTED_CALLS_NEED = 4 << 20, CLOSING_STACK = 16 << 20 };

static _Thread_local const char *stack_end; /* the lowest address */
static _Thread_local size_t stack_size;

static void find_stack(void) {
#ifdef __APPLE__
    stack_size = pthread_get_stacksize_np(pthread_self());
    stack_end = (const char *)pthread_get_stackaddr_np(pthread_self()) - stack_size;
#else
    pthread_attr_t attributes;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0) return;
    void *end = NULL;
    pthread_attr_getstack(&attributes, &end, &stack_size);
    pthread_attr_destroy(&attributes);
    stack_end = end;
#endif
}

static size_t stack_left(void) {
    if (!stack_end) find_stack();
    const char *here = __builtin_frame_address(0);
    /* Elsewhere than on the thread's own stack nothing is known. */
    if (!stack_end || here < stack_end || here > stack_end + stack_size) return SIZE_MAX;
    return (size_t)(here - stack_end);
}

bool clb_stack_is_short(void) {
    size_t left = stack_left(), needed = NESTED_CALLS_NEED;
    if (stack_size && stack_size / 2 < needed) needed = stack_size / 2;
    return left < needed;
}

typedef struct task {
    void (*body)(clb_state *state);
    clb_state *state;
} task;

static void *run_task(void *argument) {
    task *t = argument;
    t->body(t->state);
    return NULL;
}

void clb_with_stack(void (*body)(clb_state *state), clb_state *state) {
    pthread_t thread;
    pthread_attr_t attributes;
    task t = {.body = body, .state = state};
    bool is_started = false;
    if (stack_left() < NESTED_CALLS_NEED) {
        pthread_attr_init(&attributes);
        is_started = pthread_attr_setstacksize(&attributes, CLOSING_STACK) == 0 &&
                     pthread_create(&thread, &attributes, run_task, &t) == 0;
        pthread_attr_destroy(&attributes);
    }
    if (is_started) pthread_join(thread, NULL);
    else body(state);
}
