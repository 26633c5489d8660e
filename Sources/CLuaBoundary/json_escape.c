/* What stands for a character that a string of JSON may not hold. */
#include "internal.h"

size_t clb_json_escape(char escape[6], unsigned char c) {
    static const char letters[] = "btn?fr", digits[] = "0123456789abcdef";
    escape[0] = '\\';
    if (c == '"' || c == '\\') {
        escape[1] = (char)c;
        return 2;
    }
    if (c >= '\b' && c <= '\r' && c != '\v') {
        escape[1] = letters[c - '\b'];
        return 2;
    }
    memcpy(escape + 1, "u00", 3);
    escape[4] = digits[c >> 4];
    escape[5] = digits[c & 0xF];
    return 6;
}
