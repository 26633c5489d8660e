#include "include/CRowScan.h"

#include <string.h>

/* CR is the largest of the control bytes that end a field or a line. */
#define LAST_CONTROL 13
/* Bytes that are looked at together: a bit for each in a word. */
#define STEP 64

/* Which of the next bytes are the separator or one of 0 to 13, a bit each; and which are no ASCII. */
#ifdef __SSE2__
#include <emmintrin.h>

static inline uint64_t stops(const uint8_t *bytes, uint8_t separator, uint64_t *high) {
    const __m128i last = _mm_set1_epi8(LAST_CONTROL), wanted = _mm_set1_epi8((char)separator);
    uint64_t found = 0;
    *high = 0;
    for (unsigned part = 0; part < STEP / 16; part++) {
        __m128i next = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
        __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(next, last), next);
        __m128i stop = _mm_or_si128(control, _mm_cmpeq_epi8(next, wanted));
        found |= (uint64_t)(uint16_t)_mm_movemask_epi8(stop) << 16 * part;
        *high |= (uint64_t)(uint16_t)_mm_movemask_epi8(next) << 16 * part;
    }
    return found;
}

#else

static inline uint64_t stops(const uint8_t *bytes, uint8_t separator, uint64_t *high) {
    uint64_t found = 0;
    *high = 0;
    for (unsigned i = 0; i < STEP; i++) {
        found |= (uint64_t)(bytes[i] <= LAST_CONTROL || bytes[i] == separator) << i;
        *high |= (uint64_t)(bytes[i] >> 7) << i;
    }
    return found;
}

#endif

size_t c8_scan_rows(
    const uint8_t *bytes, size_t count, const c8_row_rules *rules, c8_row_span *spans, size_t most, size_t *used) {
    const uint8_t separator = rules->separator;
    const uint32_t wanted = rules->column;
    /* Where the row and the field begin that are looked at, which one this is, and where the last byte ends that is no ASCII. */
    size_t rows = 0, row = 0, field = 0, other = 0;
    uint32_t column = 0;
    c8_row_span span = {0, 0};
    if (most == 0 || count == 0 || bytes[0] == '"') goto done;
    for (size_t base = 0; base < count; base += STEP) {
        uint64_t high, found;
        if (count - base >= STEP) {
            found = stops(bytes + base, separator, &high);
        } else {
            /* NULs behind the end, which stop everything. */
            uint8_t rest[STEP] = {0};
            memcpy(rest, bytes + base, count - base);
            found = stops(rest, separator, &high);
        }
        for (; found; found &= found - 1) {
            unsigned index = (unsigned)__builtin_ctzll(found);
            size_t at = base + index, next = at + 1;
            /* LF behind a CR. */
            if (at < row) continue;
            if (at >= count) goto done;
            uint8_t byte = bytes[at];
            if (byte == '\r') {
                if (next >= count || bytes[next] != '\n') goto done;
                next++;
            } else if (byte != '\n' && byte != separator) {
                /* A tab and the like belong to the field. */
                if (byte == 0) goto done;
                continue;
            }
            if (column == wanted) {
                uint64_t before = high & ((1ull << index) - 1);
                if (before) other = base + STEP - (size_t)__builtin_clzll(before);
                if (at == field || other > field) goto done;
                span = (c8_row_span){(uint32_t)field, (uint32_t)(at - field)};
            }
            if (++column > rules->most_fields) goto done;
            if (byte != separator) {
                /* Blank lines are no rows. */
                if (at == row || at - row > rules->most_bytes) goto done;
                if (column <= wanted || (rules->fields && column != rules->fields)) goto done;
                spans[rows++] = span;
                row = next;
                column = 0;
                if (rows == most) goto done;
            }
            field = next;
            if (field < count && bytes[field] == '"') goto done;
        }
        if (high) other = base + STEP - (size_t)__builtin_clzll(high);
    }
done:
    *used = row;
    return rows;
}
