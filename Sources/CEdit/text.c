/* UTF-8, without asking the locale. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

enum { REPLACEMENT = 0xfffd };

wchar_t cedit_decode(const unsigned char **at, const unsigned char *end) {
    unsigned first = *(*at)++;
    if (first < 0x80) return (wchar_t)first;
    int more = first >= 0xf0 && first < 0xf5 ? 3 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xc2 && first < 0xe0 ? 1 : 0;
    if (!more || end - *at < more) return REPLACEMENT;
    unsigned value = first & (0x3fu >> more);
    for (int i = 0; i < more; i++) {
        if (((*at)[i] & 0xc0) != 0x80) return REPLACEMENT;
        value = value << 6 | ((*at)[i] & 0x3fu);
    }
    static const unsigned least[] = {0, 0x80, 0x800, 0x10000};
    if (value < least[more] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) return REPLACEMENT;
    *at += more;
    return (wchar_t)value;
}

wchar_t *cedit_wide(const char *text) {
    size_t count = strlen(text);
    wchar_t *wide = malloc((count + 1) * sizeof *wide);
    if (!wide) return NULL;
    const unsigned char *at = (const unsigned char *)text, *end = at + count;
    size_t length = 0;
    while (at < end) wide[length++] = cedit_decode(&at, end);
    wide[length] = 0;
    return wide;
}

char *cedit_narrow(const wchar_t *text, size_t count) {
    char *narrow = malloc(count * 4 + 1);
    if (!narrow) return NULL;
    char *to = narrow;
    for (size_t i = 0; i < count; i++) {
        unsigned c = (unsigned)text[i];
        if (c < 0x80) {
            *to++ = (char)c;
        } else if (c < 0x800) {
            *to++ = (char)(0xc0 | c >> 6);
            *to++ = (char)(0x80 | (c & 0x3f));
        } else if (c < 0x10000) {
            *to++ = (char)(0xe0 | c >> 12);
            *to++ = (char)(0x80 | (c >> 6 & 0x3f));
            *to++ = (char)(0x80 | (c & 0x3f));
        } else {
            *to++ = (char)(0xf0 | c >> 18);
            *to++ = (char)(0x80 | (c >> 12 & 0x3f));
            *to++ = (char)(0x80 | (c >> 6 & 0x3f));
            *to++ = (char)(0x80 | (c & 0x3f));
        }
    }
    *to = 0;
    return narrow;
}
