/* Names of a JSON object in the order of their bytes. */
#include "internal.h"

static bool is_after(const clb_json_name *a, const clb_json_name *b) {
    size_t shared = a->count < b->count ? a->count : b->count;
    int order = memcmp(a->bytes, b->bytes, shared);
    return order ? order > 0 : a->count > b->count;
}

/* Bottom-up merge sort. qsort would neither notice a stop nor survive one: it may hold memory of its own. Returns the
   sorted half of `keys` and `spare`. */
clb_json_name *clb_json_sort_names(lua_State *L, size_t *work, clb_json_name *keys, clb_json_name *spare, size_t n) {
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t low = 0; low < n; low += 2 * width) {
            size_t middle = low + width < n ? low + width : n;
            size_t high = low + 2 * width < n ? low + 2 * width : n;
            size_t left = low, right = middle;
            for (size_t i = low; i < high; i++) {
                bool takes_right = left == middle || (right < high && is_after(&keys[left], &keys[right]));
                spare[i] = takes_right ? keys[right++] : keys[left++];
            }
            clb_poll(L, work, high - low);
        }
        clb_json_name *sorted = spare;
        spare = keys;
        keys = sorted;
    }
    return keys;
}
