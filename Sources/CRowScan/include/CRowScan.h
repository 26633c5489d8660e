/* Finds the rows of a table that need no thought, many bytes at a time. Includes no library's header. */
#ifndef C_ROW_SCAN_H
#define C_ROW_SCAN_H

#include <stddef.h>
#include <stdint.h>

/* Where a field stands, from the first byte that was looked at. */
typedef struct c8_row_span {
    uint32_t start;
    uint32_t count;
} c8_row_span;

typedef struct c8_row_rules {
    uint8_t separator;
    /* Which field is wanted, from 0. */
    uint32_t column;
    /* How many fields a row has to have; 0 for any number. */
    uint32_t fields;
    /* The most fields of a row, and the most bytes of one. */
    uint32_t most_fields;
    uint32_t most_bytes;
} c8_row_rules;

/* Looks at rows from the first byte on, which begins one, and stores where the wanted field of each stands.
 *
 * Goes on for as long as rows are plain: no field of theirs begins with a quote, none holds a NUL, they end with LF or CRLF,
 * are within the bounds, and the wanted field is there, not empty, and ASCII. Stops before the first that is not, and before
 * one that is not there to its end. What is found is exactly what a parser of RFC 4180 would find.
 *
 * - count: at most 2^31.
 * - used: gets how many bytes the rows take, with their ends.
 *
 * Returns how many rows were found, at most `most`. */
size_t c8_scan_rows(
    const uint8_t *_Nonnull bytes, size_t count, const c8_row_rules *_Nonnull rules, c8_row_span *_Nonnull spans,
    size_t most, size_t *_Nonnull used);

#endif
