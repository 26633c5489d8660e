/* What lua_dump writes, read back: only text that this very library has just compiled comes here. */
#ifndef C_LUA_BOUNDARY_DUMP_H
#define C_LUA_BOUNDARY_DUMP_H

#include <stdlib.h>

#include "internal.h"

/* ---- lua_dump into memory ---- */

typedef struct clb_dump {
    unsigned char *bytes;
    size_t count, capacity;
} clb_dump;

static inline int clb_write_dump(lua_State *L, const void *bytes, size_t count, void *opaque) {
    (void)L;
    clb_dump *d = opaque;
    if (d->capacity - d->count < count) {
        size_t larger = d->capacity ? d->capacity * 2 : 4096;
        while (larger - d->count < count) larger *= 2;
        unsigned char *moved = realloc(d->bytes, larger);
        if (!moved) return 1;
        d->bytes = moved;
        d->capacity = larger;
    }
    if (count) memcpy(d->bytes + d->count, bytes, count);
    d->count += count;
    return 0;
}

/* ---- reading it ---- */

typedef struct clb_reader {
    const unsigned char *at, *end;
    bool is_broken;
} clb_reader;

static inline const unsigned char *clb_take(clb_reader *r, size_t count) {
    if ((size_t)(r->end - r->at) < count) {
        r->is_broken = true;
        r->at = r->end;
        return NULL;
    }
    const unsigned char *taken = r->at;
    r->at += count;
    return taken;
}

static inline unsigned clb_take_byte(clb_reader *r) {
    const unsigned char *byte = clb_take(r, 1);
    return byte ? *byte : 0;
}

static inline size_t clb_take_size(clb_reader *r) {
    size_t size = 0;
    while (!r->is_broken) {
        unsigned byte = clb_take_byte(r);
        size = size << 7 | (byte & 0x7F);
        if (byte & 0x80) break;
    }
    return size;
}

static inline void clb_skip_string(clb_reader *r) {
    size_t size = clb_take_size(r);
    if (size > 1) clb_take(r, size - 1);
}

/* The header of 5.4 and the count of the main function's upvalues; false for another version, whose layout is not known. */
static inline bool clb_take_header(clb_reader *r) {
    static const unsigned char header[] = {0x1B, 'L', 'u', 'a', 0x54, 0, 0x19, 0x93, '\r', '\n', 0x1A, '\n', 4, 8, 8};
    const unsigned char *start = clb_take(r, sizeof header);
    if (!start || memcmp(start, header, sizeof header) != 0) return false;
    clb_take(r, 8 + 8 + 1);
    return true;
}

#endif
