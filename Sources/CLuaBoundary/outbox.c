/* The outbox: values that Swift appends, pushed later under a protected call. Two growable arenas that belong to the
   state, so that nothing is lost when a push runs out of memory half-way. */
#include <stdlib.h>

#include "internal.h"

static bool grow(clb_state *state, void **block, size_t *capacity, size_t needed, size_t unit) {
    if (needed <= *capacity) return true;
    size_t larger = *capacity ? *capacity * 2 : 64;
    while (larger < needed) larger *= 2;
    size_t extra = (larger - *capacity) * unit;
    size_t used = atomic_load_explicit(&state->used, memory_order_relaxed);
    if (state->limits.memory && used + extra > state->limits.memory) {
        /* Doubling may not fit where the exact need does. */
        larger = needed;
        extra = (larger - *capacity) * unit;
        if (used + extra > state->limits.memory) {
            clb_request_stop(state, CLB_STOP_MEMORY);
            return false;
        }
    }
    void *moved = realloc(*block, larger * unit);
    if (!moved) {
        clb_request_stop(state, CLB_STOP_MEMORY);
        return false;
    }
    *block = moved;
    *capacity = larger;
    atomic_store_explicit(&state->used, used + extra, memory_order_relaxed);
    if (used + extra > atomic_load_explicit(&state->peak, memory_order_relaxed))
        atomic_store_explicit(&state->peak, used + extra, memory_order_relaxed);
    return true;
}

static clb_value *append(clb_state *state, clb_tag tag) {
    if (!grow(state, (void **)&state->values, &state->value_capacity, state->value_count + 1, sizeof(clb_value))) return NULL;
    clb_value *value = &state->values[state->value_count++];
    *value = (clb_value){.tag = tag};
    return value;
}

bool clb_append_nil(clb_state *state) { return append(state, CLB_NIL) != NULL; }
bool clb_append_null(clb_state *state) { return append(state, CLB_NULL) != NULL; }

bool clb_append_boolean(clb_state *state, bool flag) {
    clb_value *value = append(state, CLB_BOOLEAN);
    if (value) value->boolean = flag;
    return value != NULL;
}

bool clb_append_integer(clb_state *state, int64_t integer) {
    clb_value *value = append(state, CLB_INTEGER);
    if (value) value->integer = integer;
    return value != NULL;
}

bool clb_append_number(clb_state *state, double number) {
    clb_value *value = append(state, CLB_NUMBER);
    if (value) value->number = number;
    return value != NULL;
}

static bool append_span(clb_state *state, clb_tag tag, const char *bytes, size_t count) {
    if (!grow(state, (void **)&state->bytes, &state->byte_capacity, state->byte_count + count, 1)) return false;
    clb_value *value = append(state, tag);
    if (!value) return false;
    value->span.offset = state->byte_count;
    value->span.count = count;
    if (count) memcpy(state->bytes + state->byte_count, bytes, count);
    state->byte_count += count;
    return true;
}

bool clb_append_string(clb_state *state, const char *bytes, size_t count) {
    return append_span(state, CLB_STRING, bytes, count);
}

bool clb_append_small_text(clb_state *state, clb_small_text text) {
    return append_span(state, CLB_STRING, (const char *)&text, text.last >> 56 & CLB_SMALL_COUNT);
}

bool clb_hold_string(clb_call *call, const char *bytes, size_t count) {
    clb_state *state = call->state;
    if (!grow(state, (void **)&state->bytes, &state->byte_capacity, state->byte_count + count, 1)) return false;
    call->result.tag = CLB_STRING;
    call->result.span.offset = state->byte_count;
    call->result.span.count = count;
    if (count) memcpy(state->bytes + state->byte_count, bytes, count);
    state->byte_count += count;
    return true;
}

bool clb_append_held_string(clb_call *call) {
    clb_value *value = append(call->state, CLB_STRING);
    if (value) value->span = call->result.span;
    return value != NULL;
}

bool clb_append_json(clb_state *state, const char *bytes, size_t count) {
    return append_span(state, CLB_JSON, bytes, count);
}

bool clb_append_table(clb_state *state, uint32_t array_count, uint32_t pair_count, clb_mark mark) {
    clb_value *value = append(state, CLB_TABLE);
    if (!value) return false;
    value->table.array_count = array_count;
    value->table.pair_count = pair_count;
    value->table.mark = mark;
    return true;
}

bool clb_append_reference(clb_state *state, int32_t reference) {
    clb_value *value = append(state, CLB_FUNCTION);
    if (value) value->reference = reference;
    return value != NULL;
}

bool clb_append_object(clb_state *state, void *object, uint32_t type) {
    clb_value *value = append(state, CLB_OBJECT);
    if (!value) {
        state->host.release(object);
        return false;
    }
    value->object.pointer = object;
    value->object.type = type;
    return true;
}

/* A host function takes two entries: the function pointer travels in the second. */
bool clb_append_host_function(clb_state *state, clb_function function, bool is_unary, void *context) {
    if (!grow(state, (void **)&state->values, &state->value_capacity, state->value_count + 2, sizeof(clb_value))) {
        state->host.release(context);
        return false;
    }
    clb_value *value = append(state, CLB_HOST_FUNCTION);
    value->object.pointer = context;
    value->object.type = is_unary;
    clb_value *second = append(state, CLB_HOST_FUNCTION);
    memcpy(&second->object.pointer, &function, sizeof function);
    return true;
}

clb_outbox_mark clb_outbox_begin(clb_state *state) {
    return (clb_outbox_mark){.values = state->value_count, .bytes = state->byte_count};
}

void clb_release_value(clb_state *state, clb_value *value) {
    void *object = value->object.pointer;
    value->object.pointer = NULL;
    if (object) state->host.release(object);
}

void clb_outbox_rewind(clb_state *state, clb_outbox_mark mark) {
    size_t end = state->value_count;
    for (size_t i = mark.values; i < end; i++) {
        /* Scatter clears the pointer of what Lua took over; what is still here was never pushed. */
        if (state->values[i].tag == CLB_OBJECT) {
            clb_release_value(state, &state->values[i]);
        } else if (state->values[i].tag == CLB_HOST_FUNCTION) {
            clb_release_value(state, &state->values[i]);
            i++;
        }
    }
    state->value_count = mark.values;
    state->byte_count = mark.bytes;

    /* One large answer must not occupy memory for the rest of the script. */
    if (state->byte_count == 0 && state->byte_capacity > CLB_KEPT_BYTES) {
        atomic_fetch_sub_explicit(&state->used, state->byte_capacity, memory_order_relaxed);
        free(state->bytes);
        state->bytes = NULL;
        state->byte_capacity = 0;
    }
    if (state->value_count == 0 && state->value_capacity > (1u << 16)) {
        atomic_fetch_sub_explicit(&state->used, state->value_capacity * sizeof(clb_value), memory_order_relaxed);
        free(state->values);
        state->values = NULL;
        state->value_capacity = 0;
    }
}
