// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// State: the arrays of several tables in one block, with a directory of names for the checkpoint.
#include "base/file.h"
#include "base/hash.h"
#include "base/memory.h"
#include "lifang/module.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64 };

typedef struct slot {
    const char *table;
    const lf_field *field;
    int table_index;
    size_t count, bytes, offset;
} slot;

struct lf_state {
    lf_allocator allocator_copy;
    const lf_allocator *allocator;
    slot *slots;
    int slot_count;
    char *block;
    size_t bytes;
    void *raw; // block before alignment
};

static size_t element_bytes(lf_type type) {
    switch (type) {
    case LF_U8:
        return 1;
    case LF_I32:
    case LF_U32:
    case LF_F32:
        return 4;
    case LF_I64:
    case LF_U64:
    case LF_F64:
        return 8;
    default:
        assert(!"a state table holds arrays only");
        return 0;
    }
}

static void fill(void *at, lf_type type, size_t count, double initial) {
    for (size_t i = 0; i < count && initial != 0; i++) {
        switch (type) {
        case LF_U8:
            ((uint8_t *)at)[i] = (uint8_t)initial;
            break;
        case LF_I32:
            ((int32_t *)at)[i] = (int32_t)initial;
            break;
        case LF_U32:
            ((uint32_t *)at)[i] = (uint32_t)initial;
            break;
        case LF_I64:
            ((int64_t *)at)[i] = (int64_t)initial;
            break;
        case LF_U64:
            ((uint64_t *)at)[i] = (uint64_t)initial;
            break;
        case LF_F32:
            ((float *)at)[i] = (float)initial;
            break;
        default:
            ((double *)at)[i] = initial;
        }
    }
}

static void lay_out(lf_state *state, const lf_table *const *tables, lf_state_count *const *counts,
                    const void *const *models, int table_count) {
    int at = 0;
    for (int t = 0; t < table_count; t++) {
        for (int f = 0; tables[t] && f < tables[t]->count; f++) {
            const lf_field *field = &tables[t]->fields[f];
            slot *s = &state->slots[at++];
            const size_t count =
                field->place == LF_AT_ONE ? 1 : counts[t](models[t], field->place, field->name);
            *s = (slot){tables[t]->name, field, t, count, count * element_bytes(field->type),
                        state->bytes};
            state->bytes += (s->bytes + ALIGN - 1) / ALIGN * ALIGN;
        }
    }
}

lf_code lf_state_create(const lf_table *const *tables, lf_state_count *const *counts,
                        const void *const *models, int table_count, const lf_allocator *allocator,
                        lf_state **out, lf_error *error) {
    *out = NULL;
    lf_state *state = lf_memory_take(allocator, sizeof *state);
    if (!state)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the state");
    if (allocator) {
        state->allocator_copy = *allocator;
        state->allocator = &state->allocator_copy;
    }
    for (int t = 0; t < table_count; t++)
        state->slot_count += tables[t] ? tables[t]->count : 0;
    state->slots = lf_memory_take(allocator, (size_t)state->slot_count * sizeof *state->slots);
    if (state->slots) {
        lay_out(state, tables, counts, models, table_count);
        state->raw = lf_memory_take(allocator, state->bytes + ALIGN);
    }
    if (!state->raw) {
        const size_t bytes = state->bytes;
        lf_state_destroy(state);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a state of %zu bytes", bytes);
    }
    state->block = (char *)(((uintptr_t)state->raw + ALIGN - 1) / ALIGN * ALIGN);
    for (int i = 0; i < state->slot_count; i++)
        fill(state->block + state->slots[i].offset, state->slots[i].field->type,
             state->slots[i].count, state->slots[i].field->initial);
    *out = state;
    return LF_OK;
}

void lf_state_destroy(lf_state *state) {
    if (!state)
        return;
    const lf_allocator copy = state->allocator_copy, *allocator = state->allocator ? &copy : NULL;
    lf_memory_give(allocator, state->raw, state->bytes + ALIGN);
    lf_memory_give(allocator, state->slots, (size_t)state->slot_count * sizeof *state->slots);
    lf_memory_give(allocator, state, sizeof *state);
}

void lf_state_bind(lf_state *state, int table, void *arrays) {
    for (int i = 0; i < state->slot_count; i++) {
        const slot *s = &state->slots[i];
        if (s->table_index == table)
            *(void **)((char *)arrays + s->field->offset) = state->block + s->offset;
    }
}

lf_state *lf_state_copy(const lf_state *state) {
    lf_state *copy = lf_memory_take(state->allocator, sizeof *copy);
    if (!copy)
        return NULL;
    *copy = (lf_state){.allocator_copy = state->allocator_copy,
                       .slot_count = state->slot_count,
                       .bytes = state->bytes};
    copy->allocator = state->allocator ? &copy->allocator_copy : NULL;
    const size_t slot_bytes = (size_t)state->slot_count * sizeof *state->slots;
    copy->slots = lf_memory_take(copy->allocator, slot_bytes);
    copy->raw = copy->slots ? lf_memory_take(copy->allocator, copy->bytes + ALIGN) : NULL;
    if (!copy->raw) {
        lf_state_destroy(copy);
        return NULL;
    }
    copy->block = (char *)(((uintptr_t)copy->raw + ALIGN - 1) / ALIGN * ALIGN);
    memcpy(copy->slots, state->slots, slot_bytes);
    memcpy(copy->block, state->block, state->bytes);
    return copy;
}

void lf_state_restore(lf_state *state, const lf_state *copy) {
    assert(state->bytes == copy->bytes);
    memcpy(state->block, copy->block, state->bytes);
}

uint64_t lf_state_hash(const lf_state *state) {
    uint64_t hash = 7;
    for (int i = 0; i < state->slot_count; i++) {
        hash = lf_hash_text(hash, state->slots[i].field->name);
        hash = lf_hash_bytes(hash, state->block + state->slots[i].offset, state->slots[i].bytes);
    }
    return hash;
}

size_t lf_state_bytes(const lf_state *state) {
    return state->bytes;
}

// The file: magic, version, time, twin hash, slot count; per slot its name, type, count and bytes;
// the hash of everything before. Little-endian as on all machines that we run on.
static const char magic[8] = "lfstate1";

typedef struct head {
    char magic[8];
    double time_s;
    uint64_t twin_hash;
    uint64_t slot_count;
} head;

static void slot_name(const slot *s, char name[128]) {
    memset(name, 0, 128);
    snprintf(name, 120, "%s.%s:%d", s->table, s->field->name, (int)s->field->type);
}

static bool put(FILE *file, uint64_t *hash, const void *bytes, size_t count) {
    *hash = lf_hash_bytes(*hash, bytes, count);
    return count == 0 || fwrite(bytes, 1, count, file) == count;
}

lf_code lf_state_save(const lf_state *state, double time_s, uint64_t twin_hash, const char *path,
                      lf_error *error) {
    lf_file_out out;
    const lf_code code = lf_file_begin(&out, path, error);
    if (code != LF_OK)
        return code;
    head h = {.time_s = time_s, .twin_hash = twin_hash, .slot_count = (uint64_t)state->slot_count};
    memcpy(h.magic, magic, sizeof magic);
    uint64_t hash = 11;
    bool good = put(out.file, &hash, &h, sizeof h);
    for (int i = 0; i < state->slot_count && good; i++) {
        const slot *s = &state->slots[i];
        char name[128];
        slot_name(s, name);
        const uint64_t count = s->count;
        good = put(out.file, &hash, name, sizeof name) &&
               put(out.file, &hash, &count, sizeof count) &&
               put(out.file, &hash, state->block + s->offset, s->bytes);
    }
    good = good && fwrite(&hash, sizeof hash, 1, out.file) == 1;
    if (good)
        return lf_file_commit(&out, error);
    const lf_code failed = lf_file_errno();
    lf_file_abandon(&out);
    lf_fail(error, failed, LF_FROM_RUN, "cannot write the checkpoint");
    lf_error_place(error, path, 0, 0, NULL);
    return failed;
}

static lf_code refuse(lf_error *error, const char *path, const char *why) {
    lf_fail(error, LF_FORMAT, LF_FROM_INPUT, "%s", why);
    lf_error_place(error, path, 0, 0, NULL);
    return LF_FORMAT;
}

lf_code lf_state_load(lf_state *state, double *time_s, uint64_t twin_hash, const char *path,
                      lf_error *error) {
    char *bytes;
    size_t size;
    lf_code code = lf_file_read(path, 0, &bytes, &size, error);
    if (code != LF_OK)
        return code;
    head h = {0};
    size_t at = sizeof h;
    uint64_t hash = 11, stored = 0;
    if (size >= sizeof h + sizeof hash)
        memcpy(&h, bytes, sizeof h);
    if (memcmp(h.magic, magic, sizeof magic) != 0)
        code = refuse(error, path, "is not a checkpoint of this version");
    else if (h.twin_hash != twin_hash || h.slot_count != (uint64_t)state->slot_count)
        code = refuse(error, path,
                      "belongs to another estate, option or settings; remove it to start afresh");
    hash = lf_hash_bytes(hash, bytes, sizeof h);
    for (int pass = 0; pass < 2 && code == LF_OK; pass++) { // first verify everything, then copy
        at = sizeof h;
        for (int i = 0; i < state->slot_count && code == LF_OK; i++) {
            const slot *s = &state->slots[i];
            char name[128];
            uint64_t count = 0;
            slot_name(s, name);
            if (size - at < sizeof name + sizeof count + s->bytes + sizeof hash) {
                code = refuse(error, path, "ends too early");
                break;
            }
            memcpy(&count, bytes + at + sizeof name, sizeof count);
            if (memcmp(bytes + at, name, sizeof name) != 0 || count != s->count) {
                code = refuse(error, path, "has another layout; remove it to start afresh");
                break;
            }
            const char *values = bytes + at + sizeof name + sizeof count;
            if (pass == 0) {
                hash = lf_hash_bytes(hash, name, sizeof name);
                hash = lf_hash_bytes(hash, &count, sizeof count);
                hash = lf_hash_bytes(hash, values, s->bytes);
            } else if (s->bytes) {
                memcpy(state->block + s->offset, values, s->bytes);
            }
            at += sizeof name + sizeof count + s->bytes;
        }
        if (pass == 0 && code == LF_OK) {
            if (size - at == sizeof stored)
                memcpy(&stored, bytes + at, sizeof stored);
            if (stored != hash)
                code = refuse(error, path, "is damaged (its hash does not match)");
        }
    }
    if (code == LF_OK)
        *time_s = h.time_s;
    free(bytes);
    return code;
}
