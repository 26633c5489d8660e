/* The matcher of Lua's patterns, between the file that matches and the functions of `string` that use it. */
#ifndef C_LUA_BOUNDARY_PATTERNS_H
#define C_LUA_BOUNDARY_PATTERNS_H

#include "internal.h"

enum { CLB_MAXIMUM_CAPTURES = 32, CLB_MAXIMUM_PATTERN_DEPTH = 200 };
enum { CLB_CAPTURE_OPEN = -1, CLB_CAPTURE_POSITION = -2 };

typedef struct clb_matcher {
    lua_State *L;
    const char *subject, *subject_end, *pattern_end;
    size_t work;
    int depth, level;
    struct { const char *start; ptrdiff_t length; } captures[CLB_MAXIMUM_CAPTURES];
} clb_matcher;

/* Before the first match of the process. */
void clb_prepare_patterns(void);
/* The end of the match of pattern `p` at `s`, or NULL. Raises for a malformed pattern, and when the script is stopped. */
const char *clb_match(clb_matcher *m, const char *s, const char *p);
/* [-0, +1, e] A capture of the last match, which went from `start` to `end`; the whole match where it has none. */
void clb_push_capture(clb_matcher *m, int index, const char *start, const char *end);
/* [-0, +n, e] All captures; returns n. */
int clb_push_captures(clb_matcher *m, const char *start, const char *end);

#endif
