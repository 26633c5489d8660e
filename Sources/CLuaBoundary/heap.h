/* The memory of one Lua state: small blocks from slabs of its own, large ones from the C library. Not shared between
 * threads, so nothing is locked; Lua says how large a block was, so nothing is stored in front of it. */
#ifndef CLB_HEAP_H
#define CLB_HEAP_H

#include <stddef.h>

enum { CLB_HEAP_UNIT = 16, CLB_HEAP_CLASSES = 32 };

typedef struct clb_slab clb_slab;
typedef struct clb_region clb_region;

typedef struct {
    clb_slab *with_free[CLB_HEAP_CLASSES]; /* slabs in which blocks of this size were given back */
    clb_slab *current;                     /* where new blocks are cut, whatever their size */
    clb_slab *empty;
    char *uncut, *uncut_end; /* of the last region: where no slab has been yet */
    size_t empty_count;
    clb_region *regions;
    size_t held; /* bytes: slabs in use, and large blocks */
} clb_heap;

/* As realloc, but told the old size: NULL where there is no memory, and then the block stays as it was. */
void *clb_heap_resize(clb_heap *heap, void *block, size_t old_size, size_t new_size);
void clb_heap_free(clb_heap *heap, void *block, size_t size);
/* How many bytes more may be held after such a change. */
size_t clb_heap_growth(const clb_heap *heap, size_t old_size, size_t new_size);
/* Gives back everything that is left of small blocks. Large ones are their owner's to free. */
void clb_heap_close(clb_heap *heap);

#endif
