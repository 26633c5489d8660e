/* The memory of one Lua state: small blocks from slabs of its own, large ones from the C library. Not shared between
 * threads, so nothing is locked; Lua says how large a block was, so nothing is stored in front of it. */
#ifndef CLB_HEAP_H
#define CLB_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define CLB_HEAP_CHECKED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CLB_HEAP_CHECKED 1
#endif
#endif

/* A slab is filled with blocks in the order in which they are asked for, so that a table and its fields, or a closure and
 * its upvalues, lie side by side: a walk over many objects then waits for memory half as often as with a slab for each
 * size. A block that is given back serves the next one of its size; a slab in which none is left serves all sizes anew.
 * Slabs are aligned to their size, so a block leads to its slab. */
enum { CLB_HEAP_UNIT = 16, CLB_HEAP_CLASSES = 32, CLB_HEAP_SLAB = 64 << 10 };

typedef struct clb_slab clb_slab;
typedef struct clb_region clb_region;

struct clb_slab {
    clb_slab *next; /* among the empty ones */
    uint32_t fresh; /* where nothing was cut yet */
    uint32_t live;
    struct {
        void *first; /* blocks that were given back, each holding the next one's address */
        clb_slab *next, *previous;
    } free[CLB_HEAP_CLASSES];
};

typedef struct {
    clb_slab *with_free[CLB_HEAP_CLASSES]; /* slabs in which blocks of this size were given back */
    clb_slab *current;                     /* where new blocks are cut, whatever their size */
    clb_slab *empty;
    char *uncut, *uncut_end; /* of the last region: where no slab has been yet */
    size_t empty_count;
    clb_region *regions;
    size_t held; /* bytes: slabs in use, and large blocks */
} clb_heap;

/* Under the sanitizer every block is its own, so that it sees each use of freed memory. */
static inline bool clb_heap_is_small(size_t size) {
#ifdef CLB_HEAP_CHECKED
    (void)size;
    return false;
#else
    return size - 1 < (size_t)CLB_HEAP_UNIT * CLB_HEAP_CLASSES;
#endif
}

static inline unsigned clb_heap_class(size_t size) { return (unsigned)((size - 1) / CLB_HEAP_UNIT); }

static inline size_t clb_heap_rounded(size_t size) { return (clb_heap_class(size) + 1) * (size_t)CLB_HEAP_UNIT; }

static inline clb_slab *clb_heap_slab(void *block) {
    return (clb_slab *)((uintptr_t)block & ~(uintptr_t)(CLB_HEAP_SLAB - 1));
}

/* What most calls of Lua's are about: a small block that was given back, or that is cut from the present slab. NULL for any
   other, or where no slab has one. What is held stays as it is. */
static inline void *clb_heap_take_at_hand(clb_heap *heap, size_t size) {
    if (!clb_heap_is_small(size)) return NULL;
    unsigned class = clb_heap_class(size);
    clb_slab *slab = heap->with_free[class];
    if (slab) {
        void *block = slab->free[class].first, *next;
        memcpy(&next, block, sizeof next);
        if (!next) return NULL; /* the slab's last one: it is no longer among those that have any */
        slab->free[class].first = next;
        slab->live++;
        return block;
    }
    size_t rounded = clb_heap_rounded(size);
    slab = heap->current;
    if (!slab || slab->fresh + rounded > CLB_HEAP_SLAB) return NULL;
    void *block = (char *)slab + slab->fresh;
    slab->fresh += (uint32_t)rounded;
    slab->live++;
    return block;
}

/* Gives a small block back to a slab that has others, of its size and in use. False for any other, and nothing is done. */
static inline bool clb_heap_give_at_hand(void *block, size_t size) {
    if (!clb_heap_is_small(size)) return false;
    unsigned class = clb_heap_class(size);
    clb_slab *slab = clb_heap_slab(block);
    void *first = slab->free[class].first;
    if (!first || slab->live == 1) return false;
    memcpy(block, &first, sizeof first);
    slab->free[class].first = block;
    slab->live--;
    return true;
}

/* As realloc, but told the old size: NULL where there is no memory, and then the block stays as it was. */
void *clb_heap_resize(clb_heap *heap, void *block, size_t old_size, size_t new_size);
void clb_heap_free(clb_heap *heap, void *block, size_t size);
/* How many bytes more may be held after such a change. */
size_t clb_heap_growth(const clb_heap *heap, size_t old_size, size_t new_size);
/* Gives back everything that is left of small blocks. Large ones are their owner's to free. */
void clb_heap_close(clb_heap *heap);

#endif
