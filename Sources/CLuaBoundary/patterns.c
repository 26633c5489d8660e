/* Lua's patterns (reference manual §6.4.1), with a look at the stop between steps: a pattern may take longer than the
 * universe lasts, and no hook runs meanwhile. What matches, what is captured and what is refused is as in Lua 5.4. */
#include "patterns.h"

/* The classes of a character as bits, and the bit of each class letter: one look-up instead of a call of the C library
   for each character, and independent of any locale. */
static uint16_t kinds[256];
static uint16_t class_bits[256];

static void make_tables(void) {
    static const char letters[] = "acdglpsuwxz";
    for (int bit = 0; letters[bit]; bit++)
        class_bits[(int)letters[bit]] = class_bits[letters[bit] - 'a' + 'A'] = (uint16_t)(1u << bit);
    for (int c = 0; c < 128; c++) {
        bool is_lower = c >= 'a' && c <= 'z', is_upper = c >= 'A' && c <= 'Z', is_digit = c >= '0' && c <= '9';
        bool is_letter = is_lower || is_upper, is_graphic = c > ' ' && c < 0x7F, is_control = c < ' ' || c == 0x7F;
        bool is_hex = is_digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        bool is_space = c == ' ' || (c >= '\t' && c <= '\r');
        /* In the order of the letters. `z`, for NUL, is deprecated and still there. */
        bool members[] = {is_letter, is_control, is_digit, is_graphic, is_lower, is_graphic && !is_letter && !is_digit,
                          is_space, is_upper, is_letter || is_digit, is_hex, c == 0};
        for (size_t bit = 0; bit < sizeof members / sizeof *members; bit++) kinds[c] |= (uint16_t)(members[bit] << bit);
    }
}

void clb_prepare_patterns(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_tables);
}

static inline bool is_in_class(int c, int class) {
    uint16_t bits = class_bits[class];
    if (!bits) return class == c;
    return ((kinds[c] & bits) != 0) == (class >= 'a');
}

/* `set` is at the opening bracket, `close` at the closing one. */
static bool is_in_set(int c, const char *set, const char *close) {
    bool found = true;
    if (*++set == '^') {
        found = false;
        set++;
    }
    for (; set < close; set++) {
        if (*set == '%') {
            set++;
            if (is_in_class(c, (unsigned char)*set)) return found;
        } else if (set[1] == '-' && set + 2 < close) {
            if ((unsigned char)set[0] <= c && c <= (unsigned char)set[2]) return found;
            set += 2;
        } else if ((unsigned char)*set == c) {
            return found;
        }
    }
    return !found;
}

/* Behind the single-character item at `item`. */
static const char *item_end(clb_matcher *m, const char *item) {
    if (*item == '%') {
        if (item + 1 == m->pattern_end) luaL_error(m->L, "malformed pattern (ends with '%%')");
        return item + 2;
    }
    if (*item != '[') return item + 1;
    const char *at = item + 1;
    if (*at == '^') at++;
    do { /* a bracket right at the beginning is a member */
        if (at == m->pattern_end) luaL_error(m->L, "malformed pattern (missing ']')");
        if (*at++ == '%' && at < m->pattern_end) at++;
    } while (*at != ']');
    return at + 1;
}

static inline bool matches_item(clb_matcher *m, const char *s, const char *item, const char *end) {
    if (s >= m->subject_end) return false;
    int c = (unsigned char)*s;
    switch (*item) {
    case '.': return true;
    case '%': return is_in_class(c, (unsigned char)item[1]);
    case '[': return is_in_set(c, item, end - 1);
    default: return (unsigned char)*item == c;
    }
}

static const char *match_here(clb_matcher *m, const char *s, const char *p);

static const char *expand_most(clb_matcher *m, const char *s, const char *item, const char *end) {
    const char *at = s;
    if (*item == '.') {
        at = m->subject_end;
    } else if (*item == '%') {
        int class = (unsigned char)item[1];
        while (at < m->subject_end) {
            const char *slice_end = m->subject_end - at > 1 << 16 ? at + (1 << 16) : m->subject_end;
            while (at < slice_end && is_in_class((unsigned char)*at, class)) at++;
            if (at < slice_end) break;
            clb_poll(m->L, &m->work, CLB_POLL_WORK);
        }
    } else {
        while (matches_item(m, at, item, end)) {
            at++;
            if (((at - s) & 0xFFFF) == 0) clb_poll(m->L, &m->work, CLB_POLL_WORK);
        }
    }
    for (; at >= s; at--) {
        const char *result = match_here(m, at, end + 1);
        if (result) return result;
    }
    return NULL;
}

static const char *expand_least(clb_matcher *m, const char *s, const char *item, const char *end) {
    for (;; s++) {
        const char *result = match_here(m, s, end + 1);
        if (result) return result;
        if (!matches_item(m, s, item, end)) return NULL;
    }
}

static const char *open_capture(clb_matcher *m, const char *s, const char *p, ptrdiff_t kind) {
    if (m->level >= CLB_MAXIMUM_CAPTURES) luaL_error(m->L, "too many captures");
    m->captures[m->level].start = s;
    m->captures[m->level].length = kind;
    m->level++;
    const char *result = match_here(m, s, p);
    if (!result) m->level--;
    return result;
}

static const char *close_capture(clb_matcher *m, const char *s, const char *p) {
    int level = m->level - 1;
    while (level >= 0 && m->captures[level].length != CLB_CAPTURE_OPEN) level--;
    if (level < 0) luaL_error(m->L, "invalid pattern capture");
    m->captures[level].length = s - m->captures[level].start;
    const char *result = match_here(m, s, p);
    if (!result) m->captures[level].length = CLB_CAPTURE_OPEN;
    return result;
}

static const char *match_balanced(clb_matcher *m, const char *s, const char *p) {
    if (p >= m->pattern_end - 1) luaL_error(m->L, "malformed pattern (missing arguments to '%%b')");
    if (s >= m->subject_end || *s != *p) return NULL;
    char opening = p[0], closing = p[1];
    size_t depth = 1;
    for (const char *at = s + 1; at < m->subject_end; at++) {
        if (((at - s) & 0xFFFF) == 0) clb_poll(m->L, &m->work, CLB_POLL_WORK);
        if (*at == closing) {
            if (--depth == 0) return at + 1;
        } else if (*at == opening) {
            depth++;
        }
    }
    return NULL;
}

static const char *match_again(clb_matcher *m, const char *s, int digit) {
    int index = digit - '1';
    if (index < 0 || index >= m->level || m->captures[index].length == CLB_CAPTURE_OPEN)
        luaL_error(m->L, "invalid capture index %%%d", index + 1);
    size_t length = (size_t)m->captures[index].length;
    clb_poll(m->L, &m->work, length >> 6);
    bool fits = (size_t)(m->subject_end - s) >= length;
    return fits && memcmp(m->captures[index].start, s, length) == 0 ? s + length : NULL;
}

/* The frontier %f[set]: from outside the set into it; the subject's ends count as '\0'. */
static const char *behind_frontier(clb_matcher *m, const char *s, const char *set) {
    if (*set != '[') luaL_error(m->L, "missing '[' after '%%f' in pattern");
    const char *end = item_end(m, set);
    int before = s == m->subject ? 0 : (unsigned char)s[-1];
    return !is_in_set(before, set, end - 1) && is_in_set((unsigned char)*s, set, end - 1) ? end : NULL;
}

static const char *match_here(clb_matcher *m, const char *s, const char *p) {
    if (m->depth == CLB_MAXIMUM_PATTERN_DEPTH) luaL_error(m->L, "pattern too complex");
    m->depth++;
    while (s && p != m->pattern_end) {
        clb_poll(m->L, &m->work, 1);
        if (*p == '(') {
            s = p[1] == ')' ? open_capture(m, s, p + 2, CLB_CAPTURE_POSITION) : open_capture(m, s, p + 1, CLB_CAPTURE_OPEN);
            break;
        }
        if (*p == ')') {
            s = close_capture(m, s, p + 1);
            break;
        }
        if (*p == '$' && p + 1 == m->pattern_end) {
            if (s != m->subject_end) s = NULL;
            break;
        }
        if (*p == '%') {
            if (p[1] == 'b') {
                s = match_balanced(m, s, p + 2);
                p += 4;
                continue;
            }
            if (p[1] == 'f') {
                const char *next = behind_frontier(m, s, p + 2);
                if (!next) s = NULL;
                p = next ? next : p;
                continue;
            }
            if (p[1] >= '0' && p[1] <= '9') {
                s = match_again(m, s, (unsigned char)p[1]);
                p += 2;
                continue;
            }
        }
        const char *end = item_end(m, p);
        bool matches = matches_item(m, s, p, end);
        if (*end == '?') {
            const char *result = matches ? match_here(m, s + 1, end + 1) : NULL;
            if (result) {
                s = result;
                break;
            }
            p = end + 1;
        } else if (*end == '*' || *end == '+') {
            s = *end == '*' ? expand_most(m, s, p, end) : matches ? expand_most(m, s + 1, p, end) : NULL;
            break;
        } else if (*end == '-') {
            s = expand_least(m, s, p, end);
            break;
        } else {
            s = matches ? s + 1 : NULL;
            p = end;
        }
    }
    m->depth--;
    return s;
}

const char *clb_match(clb_matcher *m, const char *s, const char *p) {
    m->level = 0;
    m->depth = 0;
    return match_here(m, s, p);
}

void clb_push_capture(clb_matcher *m, int index, const char *start, const char *end) {
    if (index >= m->level) {
        if (index != 0) luaL_error(m->L, "invalid capture index %%%d", index + 1);
        lua_pushlstring(m->L, start, (size_t)(end - start));
        return;
    }
    ptrdiff_t length = m->captures[index].length;
    if (length == CLB_CAPTURE_OPEN) luaL_error(m->L, "unfinished capture");
    if (length == CLB_CAPTURE_POSITION) lua_pushinteger(m->L, m->captures[index].start - m->subject + 1);
    else lua_pushlstring(m->L, m->captures[index].start, (size_t)length);
}

int clb_push_captures(clb_matcher *m, const char *start, const char *end) {
    int count = m->level == 0 && start ? 1 : m->level;
    luaL_checkstack(m->L, count, "too many captures");
    for (int i = 0; i < count; i++) clb_push_capture(m, i, start, end);
    return count;
}
