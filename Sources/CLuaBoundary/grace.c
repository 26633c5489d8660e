/* The grace: what `<close>` variables and finalisers may still use once a script is being stopped.
 *
 * It is time of the script's own thread: on a busy machine a thread may wait for its turn longer than the whole grace,
 * and what was to be closed would never be. A bound of the clock on the wall holds beside it, for what waits in C. */
#include <time.h>

#include "internal.h"

enum { WAITING_FACTOR = 20 /* the bound on the wall's clock, in graces */ };

static int64_t thread_time(void) {
    struct timespec now;
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0) return clb_monotonic();
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void clb_begin_grace(clb_state *state) {
    int64_t grace = (int64_t)state->limits.grace * 1000000;
    state->grace.end = clb_monotonic() + grace * WAITING_FACTOR;
    state->grace.left = grace;
    state->grace.thread = pthread_self();
    state->grace.seen = thread_time();
}

bool clb_uses_grace(clb_state *state) {
    if (state->grace.left <= 0 || clb_monotonic() >= state->grace.end) return false;
    int64_t now = thread_time();
    /* Entered by another thread since: what it did before is none of this. One that has ended may have had the same name. */
    if (pthread_equal(state->grace.thread, pthread_self()) && now > state->grace.seen)
        state->grace.left -= now - state->grace.seen;
    state->grace.thread = pthread_self();
    state->grace.seen = now;
    return state->grace.left > 0;
}
