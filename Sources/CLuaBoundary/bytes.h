/* Looking at bytes by the word. */
#ifndef C_LUA_BOUNDARY_BYTES_H
#define C_LUA_BOUNDARY_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define CLB_EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

static inline uint64_t clb_load8(const char *at) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static inline uint64_t clb_load4(const char *at) {
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* The first bytes and the last ones. Up to sixteen bytes that is all: together with the count they tell texts apart. */
static inline void clb_take_ends(const char *text, size_t count, uint64_t *first, uint64_t *last) {
    if (count >= 8) {
        *first = clb_load8(text);
        *last = clb_load8(text + count - 8);
    } else if (count >= 4) {
        *first = clb_load4(text);
        *last = clb_load4(text + count - 4);
    } else {
        *first = *last = 0;
        for (size_t i = 0; i < count; i++) *first = *first << 8 | (unsigned char)text[i];
    }
}

/* Length of the valid UTF-8 sequence at p, or 0 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF). */
static inline int clb_utf8_length(const unsigned char *p, const unsigned char *end) {
    unsigned char c = *p;
    if (c < 0x80) return 1;
    if (c < 0xC2) return 0;
    if (c < 0xE0) return end - p >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
    if (c < 0xF0) {
        if (end - p < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) return 0;
        if (c == 0xE0 && p[1] < 0xA0) return 0;
        if (c == 0xED && p[1] > 0x9F) return 0;
        return 3;
    }
    if (c > 0xF4) return 0;
    if (end - p < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80) return 0;
    if (c == 0xF0 && p[1] < 0x90) return 0;
    if (c == 0xF4 && p[1] > 0x8F) return 0;
    return 4;
}

/* Passes over bytes that stand for themselves in a string of JSON, at most about a megabyte of them: no quote, backslash or
   control character, nothing invalid. Stops before anything else, and at times before a sequence of four bytes or so. */
static inline const char *clb_plain_end(const char *at, const char *end) {
    const char *far = end - at > 1 << 20 ? at + (1 << 20) : end;
    while (at < far) {
        while (far - at >= 8) {
            uint64_t word = clb_load8(at), high = word & CLB_EACH(0x80);
            uint64_t quote = word ^ CLB_EACH('"'), backslash = word ^ CLB_EACH('\\');
            uint64_t special = ((word - CLB_EACH(0x20)) & ~word) | ((quote - CLB_EACH(1)) & ~quote)
                | ((backslash - CLB_EACH(1)) & ~backslash);
            special = (special & CLB_EACH(0x80)) | high;
            if (special) {
                /* Where a borrow could have gone through, only the lowest mark is sure: it is the one that is used. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
                at += __builtin_ctzll(special) >> 3;
#endif
                break;
            }
            at += 8;
        }
        while (at < far) {
            unsigned char c = (unsigned char)*at;
            if (c >= 0x80) {
                /* What most Chinese text is made of: three bytes, and neither of the leads with exceptions. */
                const unsigned char *p = (const unsigned char *)at;
                while (far - at >= 3 && (unsigned)(p[0] - 0xE1) < 0x0F && p[0] != 0xED && (p[1] & 0xC0) == 0x80
                       && (p[2] & 0xC0) == 0x80) {
                    p += 3;
                    at += 3;
                }
                if (at < far && (unsigned char)*at < 0x80) continue;
                return at;
            }
            if (c < 0x20 || c == '"' || c == '\\') return at;
            at++;
            if (far - at >= 8) break;
        }
    }
    return at;
}

#endif
