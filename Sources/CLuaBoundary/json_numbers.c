/* Numbers of JSON, from digits and to digits. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

static bool is_digit(const char *at, const char *end) { return at < end && *at >= '0' && *at <= '9'; }

/* Reads digits into `magnitude`, as far as it can hold them. Returns how many there were. */
static int take_digits(const char **at, const char *end, uint64_t *magnitude, bool *fits) {
    const char *start = *at, *p = start;
    uint64_t value = *magnitude;
    for (; is_digit(p, end); p++) {
        unsigned digit = (unsigned)(*p - '0');
        if (value < UINT64_MAX / 10 || (value == UINT64_MAX / 10 && digit <= UINT64_MAX % 10)) value = value * 10 + digit;
        else *fits = false;
    }
    *magnitude = value;
    *at = p;
    return (int)(p - start > 100000 ? 100000 : p - start);
}

/* Both operands and their quotient or product are exact, or rounded once: the nearest double, as strtod finds it. */
static bool simple_double(uint64_t magnitude, int exponent, double *number) {
    static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
                                    1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (magnitude > (UINT64_C(1) << 53) || exponent < -22 || exponent > 22) return false;
    *number = exponent < 0 ? (double)magnitude / powers[-exponent] : (double)magnitude * powers[exponent];
    return true;
}

const char *clb_json_read_number(const char **place, const char *end, clb_value *value) {
    const char *start = *place, **at = place;
    bool negative = **at == '-';
    if (negative) ++*at;
    if (!is_digit(*at, end)) return "digit expected";
    uint64_t magnitude = 0;
    bool fits = true, is_integer = true;
    int exponent = 0;
    if (**at == '0') {
        ++*at;
        if (is_digit(*at, end)) return "number with a leading zero";
    } else {
        take_digits(at, end, &magnitude, &fits);
    }
    if (*at < end && **at == '.') {
        is_integer = false;
        ++*at;
        if (!is_digit(*at, end)) return "digit expected after the decimal point";
        exponent = -take_digits(at, end, &magnitude, &fits);
    }
    if (*at < end && (**at == 'e' || **at == 'E')) {
        is_integer = false;
        ++*at;
        bool is_less = *at < end && **at == '-';
        if (*at < end && (**at == '+' || **at == '-')) ++*at;
        if (!is_digit(*at, end)) return "digit expected in the exponent";
        uint64_t power = 0;
        bool is_small = true;
        take_digits(at, end, &power, &is_small);
        if (!is_small || power > 1000) fits = false;
        else exponent += is_less ? -(int)power : (int)power;
    }
    if (is_integer && fits && magnitude <= (uint64_t)INT64_MAX + (negative ? 1 : 0) && !(negative && magnitude == 0)) {
        value->tag = CLB_INTEGER;
        value->integer = (int64_t)(negative ? 0 - magnitude : magnitude);
        return NULL;
    }
    value->tag = CLB_NUMBER;
    if (fits && simple_double(magnitude, exponent, &value->number)) {
        if (negative) value->number = -value->number;
    } else {
        value->number = strtod(start, NULL); /* it stops where the digits do: a NUL, if nothing else, is behind them */
        if (isinf(value->number)) {
            *place = start;
            return "the number is too large";
        }
    }
    return NULL;
}

static const char digit_pairs[] = "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
                                  "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/* Writes backwards from `at` and returns where the digits begin. */
static char *put_digits(char *at, uint64_t number) {
    for (; number >= 100; number /= 100) memcpy(at -= 2, &digit_pairs[number % 100 * 2], 2);
    if (number >= 10) memcpy(at -= 2, &digit_pairs[number * 2], 2);
    else *--at = (char)('0' + number);
    return at;
}

const char *clb_json_write_integer(char *text, size_t capacity, lua_Integer value, size_t *count) {
    char *end = text + capacity, *at = put_digits(end, value < 0 ? 0 - (lua_Unsigned)value : (lua_Unsigned)value);
    if (value < 0) *--at = '-';
    *count = (size_t)(end - at);
    return at;
}

/* Decimals of few digits, such as prices, in the form that "%.15g" gives them. NULL for others. */
static const char *write_short(char *text, size_t capacity, double value, size_t *count) {
    double magnitude = value < 0 ? -value : value, unit = 1;
    if (magnitude >= 1e9 || magnitude < 1e-4) return NULL;
    int places = 0;
    for (; places < 6 && magnitude * unit != (double)(uint64_t)(magnitude * unit); places++) unit *= 10;
    uint64_t all = (uint64_t)(magnitude * unit);
    /* The quotient of two exact numbers is what a reader of these digits finds. */
    if (places == 0 || (double)all / unit != magnitude) return NULL;
    for (; places > 1 && all % 10 == 0; places--) all /= 10;
    char *end = text + capacity, *at = end;
    for (int i = 0; i < places; i++, all /= 10) *--at = (char)('0' + all % 10);
    *--at = '.';
    at = put_digits(at, all);
    if (value < 0) *--at = '-';
    *count = (size_t)(end - at);
    return at;
}

const char *clb_json_write_number(char *text, size_t capacity, double value, size_t *count) {
    const char *written = write_short(text, capacity, value, count);
    if (written) return written;
    int length = 0;
    for (int precision = 15; precision <= 17; precision++) {
        length = snprintf(text, capacity - 2, "%.*g", precision, value);
        if (strtod(text, NULL) == value) break;
    }
    /* 1.0 stays a float on its way back. */
    if (!strpbrk(text, ".e")) {
        memcpy(text + length, ".0", 2);
        length += 2;
    }
    *count = (size_t)length;
    return text;
}
