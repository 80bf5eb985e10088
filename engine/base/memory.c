// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Blocks, growing arrays and arenas over the injectable allocator.
#include "base/memory.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_FIRST_BYTES = 16384, ARENA_LARGEST_BYTES = 1 << 24, ARENA_ALIGN = 16 };

void *lf_memory_take(const lf_allocator *allocator, size_t bytes) {
    if (bytes == 0)
        bytes = 1;
    if (!allocator)
        return calloc(1, bytes);
    void *block = allocator->resize(allocator->user, NULL, 0, bytes);
    if (block)
        memset(block, 0, bytes);
    return block;
}

void lf_memory_give(const lf_allocator *allocator, void *block, size_t bytes) {
    if (!block)
        return;
    if (allocator)
        allocator->resize(allocator->user, block, bytes, 0);
    else
        free(block);
}

bool lf_memory_grow(const lf_allocator *allocator, void **block, size_t *capacity, size_t needed,
                    size_t element_bytes) {
    assert(block && capacity && element_bytes > 0);
    if (needed <= *capacity)
        return true;
    size_t larger = *capacity ? *capacity : 8;
    while (larger < needed) {
        if (larger > SIZE_MAX / 2 / element_bytes)
            return false;
        larger *= 2;
    }
    const size_t old_bytes = *capacity * element_bytes, new_bytes = larger * element_bytes;
    void *grown = allocator ? allocator->resize(allocator->user, *block, old_bytes, new_bytes)
                            : realloc(*block, new_bytes);
    if (!grown)
        return false;
    memset((char *)grown + old_bytes, 0, new_bytes - old_bytes);
    *block = grown;
    *capacity = larger;
    return true;
}

// Chunks in a list, newest first; only the newest has room.
typedef struct chunk {
    struct chunk *older;
    size_t bytes; // of the whole chunk
    size_t used;  // from the chunk's start, its own head included
    size_t pad;
} chunk;

struct lf_arena {
    const lf_allocator *allocator;
    lf_allocator copy;
    chunk *newest;
    size_t taken;
};

lf_arena *lf_arena_create(const lf_allocator *allocator) {
    lf_arena *arena = lf_memory_take(allocator, sizeof *arena);
    if (arena && allocator) {
        arena->copy = *allocator;
        arena->allocator = &arena->copy;
    }
    return arena;
}

void lf_arena_destroy(lf_arena *arena) {
    if (!arena)
        return;
    lf_allocator copy = arena->copy;
    const lf_allocator *allocator = arena->allocator ? &copy : NULL;
    for (chunk *at = arena->newest; at;) {
        chunk *older = at->older;
        lf_memory_give(allocator, at, at->bytes);
        at = older;
    }
    lf_memory_give(allocator, arena, sizeof *arena);
}

static bool add_chunk(lf_arena *arena, size_t room) {
    size_t bytes = arena->newest ? arena->newest->bytes * 2 : ARENA_FIRST_BYTES;
    if (bytes > ARENA_LARGEST_BYTES)
        bytes = ARENA_LARGEST_BYTES;
    if (bytes < room + sizeof(chunk))
        bytes = room + sizeof(chunk);
    chunk *fresh = lf_memory_take(arena->allocator, bytes);
    if (!fresh)
        return false;
    fresh->older = arena->newest;
    fresh->bytes = bytes;
    fresh->used = sizeof *fresh;
    arena->newest = fresh;
    return true;
}

void *lf_arena_take(lf_arena *arena, size_t bytes) {
    assert(arena);
    if (bytes > SIZE_MAX / 2)
        return NULL;
    bytes = (bytes + ARENA_ALIGN - 1) / ARENA_ALIGN * ARENA_ALIGN;
    if (!arena->newest || arena->newest->bytes - arena->newest->used < bytes)
        if (!add_chunk(arena, bytes))
            return NULL;
    void *block = (char *)arena->newest + arena->newest->used;
    arena->newest->used += bytes;
    arena->taken += bytes;
    return block;
}

size_t lf_arena_bytes(const lf_arena *arena) {
    return arena->taken;
}

char *lf_arena_textn(lf_arena *arena, const char *text, size_t length) {
    char *copy = lf_arena_take(arena, length + 1);
    if (copy && length)
        memcpy(copy, text, length);
    return copy;
}

char *lf_arena_text(lf_arena *arena, const char *text) {
    return lf_arena_textn(arena, text ? text : "", text ? strlen(text) : 0);
}

char *lf_arena_vtextf(lf_arena *arena, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = lf_arena_take(arena, (size_t)(length < 0 ? 0 : length) + 1);
    if (text && length > 0)
        vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}
