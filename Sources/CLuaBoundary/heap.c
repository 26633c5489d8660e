#include "heap.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { SLAB_SIZE = CLB_HEAP_SLAB, SMALL_REGION = 1 << 20, LARGE_REGION = 4 << 20, HUGE_PAGE = 2 << 20, EMPTY_KEPT = 64 };

struct clb_region {
    clb_region *next;
    void *mapping;
    size_t mapping_size;
};

enum { FIRST_BLOCK = (sizeof(clb_slab) + 63) / 64 * 64 };

static void list(clb_heap *heap, clb_slab *slab, unsigned class) {
    clb_slab *head = heap->with_free[class];
    slab->free[class].previous = NULL;
    slab->free[class].next = head;
    if (head) head->free[class].previous = slab;
    heap->with_free[class] = slab;
}

static void unlist(clb_heap *heap, clb_slab *slab, unsigned class) {
    clb_slab *next = slab->free[class].next, *previous = slab->free[class].previous;
    if (previous) previous->free[class].next = next;
    else heap->with_free[class] = next;
    if (next) next->free[class].previous = previous;
}

static void put_empty(clb_heap *heap, clb_slab *slab) {
    slab->next = heap->empty;
    heap->empty = slab;
    heap->empty_count++;
}

/* Room for more slabs. None is touched before its time: until then its memory is the system's. A script that needs more than
 * the first region gets huge pages where there are any: fewer faults, and fewer misses in a walk over many objects. */
static bool add_region(clb_heap *heap) {
    bool is_first = !heap->regions;
    size_t usable = is_first ? SMALL_REGION : LARGE_REGION, alignment = is_first ? SLAB_SIZE : HUGE_PAGE;
    size_t size = usable + alignment;
    void *mapping = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapping == MAP_FAILED) return false;
    clb_region *region = malloc(sizeof *region);
    if (!region) {
        munmap(mapping, size);
        return false;
    }
    *region = (clb_region){heap->regions, mapping, size};
    heap->regions = region;
    uintptr_t first = ((uintptr_t)mapping + alignment - 1) & ~(uintptr_t)(alignment - 1);
    if (!is_first) madvise((void *)first, usable, MADV_HUGEPAGE);
    heap->uncut = (char *)first;
    heap->uncut_end = heap->uncut + usable;
    return true;
}

static void clear(clb_slab *slab) {
    slab->fresh = FIRST_BLOCK;
    slab->live = 0;
    memset(slab->free, 0, sizeof slab->free);
}

/* No block of it is in use: others may have it. Beyond a few megabytes of these the system gets the memory back. */
static void close_slab(clb_heap *heap, clb_slab *slab) {
    for (unsigned class = 0; class < CLB_HEAP_CLASSES; class++) {
        if (slab->free[class].first) unlist(heap, slab, class);
    }
    if (slab == heap->current) {
        clear(slab);
        return;
    }
    heap->held -= SLAB_SIZE;
    if (heap->empty_count >= EMPTY_KEPT) madvise(slab, SLAB_SIZE, MADV_DONTNEED);
    put_empty(heap, slab);
}

static clb_slab *open_slab(clb_heap *heap) {
    clb_slab *slab = heap->empty, *before = heap->current;
    if (slab) {
        heap->empty = slab->next;
        heap->empty_count--;
    } else {
        if (heap->uncut == heap->uncut_end && !add_region(heap)) return NULL;
        slab = (clb_slab *)heap->uncut;
        heap->uncut += SLAB_SIZE;
    }
    heap->held += SLAB_SIZE;
    clear(slab);
    heap->current = slab;
    if (before && before->live == 0) close_slab(heap, before);
    return slab;
}

static void *take(clb_heap *heap, size_t size) {
    unsigned class = clb_heap_class(size);
    clb_slab *slab = heap->with_free[class];
    if (slab) {
        void *block = slab->free[class].first;
        memcpy(&slab->free[class].first, block, sizeof block);
        if (!slab->free[class].first) unlist(heap, slab, class);
        slab->live++;
        return block;
    }
    slab = heap->current;
    size = clb_heap_rounded(size);
    if ((!slab || slab->fresh + size > SLAB_SIZE) && !(slab = open_slab(heap))) return NULL;
    void *block = (char *)slab + slab->fresh;
    slab->fresh += (uint32_t)size;
    slab->live++;
    return block;
}

static void give(clb_heap *heap, void *block, size_t size) {
    unsigned class = clb_heap_class(size);
    clb_slab *slab = clb_heap_slab(block);
    void *first = slab->free[class].first;
    memcpy(block, &first, sizeof first);
    slab->free[class].first = block;
    if (!first) list(heap, slab, class);
    if (--slab->live == 0) close_slab(heap, slab);
}

void clb_heap_free(clb_heap *heap, void *block, size_t size) {
    if (!block || size == 0) return;
    if (clb_heap_is_small(size)) {
        give(heap, block, size);
    } else {
        heap->held -= size;
        free(block);
    }
}

size_t clb_heap_growth(const clb_heap *heap, size_t old_size, size_t new_size) {
    if (!clb_heap_is_small(new_size)) return clb_heap_is_small(old_size) ? new_size : new_size > old_size ? new_size - old_size : 0;
    if (heap->with_free[clb_heap_class(new_size)]) return 0;
    return heap->current && heap->current->fresh + clb_heap_rounded(new_size) <= SLAB_SIZE ? 0 : SLAB_SIZE;
}

void *clb_heap_resize(clb_heap *heap, void *block, size_t old_size, size_t new_size) {
    bool was_small = block && clb_heap_is_small(old_size), is = clb_heap_is_small(new_size);
    if (was_small && is && clb_heap_class(old_size) == clb_heap_class(new_size)) return block;
    void *moved;
    if (!was_small && !is) {
        moved = realloc(block, new_size);
        if (moved) heap->held = heap->held - (block ? old_size : 0) + new_size;
        return moved;
    }
    moved = is ? take(heap, new_size) : malloc(new_size);
    /* What shrinks must not fail where it can stay; the block then counts as one of its new size. */
    if (!moved) return was_small && is && new_size <= old_size ? block : NULL;
    if (!is) heap->held += new_size;
    if (block) {
        memcpy(moved, block, old_size < new_size ? old_size : new_size);
        clb_heap_free(heap, block, old_size);
    }
    return moved;
}

void clb_heap_close(clb_heap *heap) {
    while (heap->regions) {
        clb_region *region = heap->regions;
        heap->regions = region->next;
        munmap(region->mapping, region->mapping_size);
        free(region);
    }
}
