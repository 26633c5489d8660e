/* The modules of stdlib/, as bytes in the binary. */
#ifndef C_LUA_STDLIB_H
#define C_LUA_STDLIB_H

#include <stddef.h>

typedef struct c8_stdlib_file {
    const char *name; /* "c8/init.lua" */
    const unsigned char *bytes;
    size_t count;
} c8_stdlib_file;

/* The file of that name, or a file whose `bytes` are NULL. */
c8_stdlib_file c8_stdlib_find(const char *name);

/* The files one after another; behind the last, one whose `bytes` are NULL. */
c8_stdlib_file c8_stdlib_at(size_t index);

#endif
