/* Whether bytes are UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF). */
#include "internal.h"

bool clb_small_text_is_known = false;

bool clb_is_utf8(const char *bytes, size_t count) {
    const unsigned char *p = (const unsigned char *)bytes, *end = p + count;
    while (p < end) {
        while (end - p >= 8) {
            if (clb_load8((const char *)p) & CLB_EACH(0x80)) break;
            p += 8;
        }
        while (p < end && *p < 0x80) p++;
        while (p < end && *p >= 0x80) {
            int length = clb_utf8_length(p, end);
            if (!length) return false;
            p += length;
        }
    }
    return true;
}
