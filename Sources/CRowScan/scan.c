#include "include/CRowScan.h"

#include <string.h>

/* CR is the largest of the control bytes that end a field or a line. */
#define LAST_CONTROL 13
#define STEP 16

#ifdef __SSE2__
#include <emmintrin.h>

typedef __m128i pattern;

static inline pattern pattern_of(uint8_t byte) { return _mm_set1_epi8((char)byte); }

/* Which of the next sixteen bytes are the pattern's or one of 0 to 13, a bit each; and which are no ASCII. */
static inline unsigned stops(const uint8_t *bytes, pattern separator, unsigned *other) {
    __m128i found = _mm_loadu_si128((const __m128i *)bytes);
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(found, _mm_set1_epi8(LAST_CONTROL)), found);
    *other = (unsigned)_mm_movemask_epi8(found);
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(control, _mm_cmpeq_epi8(found, separator)));
}

#else

typedef uint8_t pattern;

static inline pattern pattern_of(uint8_t byte) { return byte; }

static inline unsigned stops(const uint8_t *bytes, pattern separator, unsigned *other) {
    unsigned found = 0, high = 0;
    for (unsigned i = 0; i < STEP; i++) {
        found |= (unsigned)(bytes[i] <= LAST_CONTROL || bytes[i] == separator) << i;
        high |= (unsigned)(bytes[i] >> 7) << i;
    }
    *other = high;
    return found;
}

#endif

size_t c8_scan_rows(
    const uint8_t *bytes, size_t count, const c8_row_rules *rules, c8_row_span *spans, size_t most, size_t *used) {
    const pattern separator = pattern_of(rules->separator);
    /* A step that begins before this one is within the bytes, and so is the byte behind any of it. */
    const size_t safe = count > STEP ? count - STEP : 0;
    size_t rows = 0, row = 0;
    while (rows < most) {
        size_t at = row, end = 0;
        uint32_t column = 0;
        c8_row_span wanted = {0, 0};
        while (!end) {
            size_t start = at;
            unsigned high = 0;
            if (at >= safe || bytes[at] == '"') goto done;
            for (;;) {
                unsigned other, found = stops(bytes + at, separator, &other);
                if (found) {
                    unsigned index = (unsigned)__builtin_ctz(found);
                    high |= other & ((1u << index) - 1);
                    at += index;
                    uint8_t byte = bytes[at];
                    if (byte == '\n') {
                        end = at + 1;
                    } else if (byte == '\r') {
                        if (bytes[at + 1] != '\n') goto done;
                        end = at + 2;
                    } else if (byte != rules->separator) {
                        /* A tab and the like belong to the field. */
                        if (byte == 0 || at + 1 >= safe) goto done;
                        at++;
                        continue;
                    }
                    break;
                }
                high |= other;
                at += STEP;
                if (at >= safe) goto done;
            }
            if (column == rules->column) {
                if (high || at == start) goto done;
                wanted = (c8_row_span){(uint32_t)start, (uint32_t)(at - start)};
            }
            if (++column > rules->most_fields) goto done;
            /* Blank lines are no rows. */
            if (end && column == 1 && at == row) goto done;
            if (!end) at++;
        }
        if (column <= rules->column || (rules->fields && column != rules->fields)) goto done;
        if (at - row > rules->most_bytes) goto done;
        spans[rows++] = wanted;
        row = end;
    }
done:
    *used = row;
    return rows;
}
