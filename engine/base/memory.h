// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// All memory of the engine: raw blocks through an injectable allocator, arenas for documents, and a
// growing array for collecting. A NULL allocator means libc.
#ifndef LF_BASE_MEMORY_H
#define LF_BASE_MEMORY_H

#include "lifang/base.h"

// Zeroed block or NULL. free needs the size, so that an allocator can keep count.
void *lf_memory_take(const lf_allocator *allocator, size_t bytes);
void lf_memory_give(const lf_allocator *allocator, void *block, size_t bytes);
// Grows *block from *capacity to at least `needed` elements (doubling); new bytes are zero. false
// without memory, with the old block untouched.
bool lf_memory_grow(const lf_allocator *allocator, void **block, size_t *capacity, size_t needed,
                    size_t element_bytes);

// Bump memory that is given back all at once. Blocks are zeroed and 16-byte aligned.
typedef struct lf_arena lf_arena;
lf_arena *lf_arena_create(const lf_allocator *allocator);
void lf_arena_destroy(lf_arena *arena);
void *lf_arena_take(lf_arena *arena, size_t bytes);
char *lf_arena_text(lf_arena *arena, const char *text);
char *lf_arena_textn(lf_arena *arena, const char *text, size_t length);
char *lf_arena_vtextf(lf_arena *arena, const char *format, __builtin_va_list arguments);
size_t lf_arena_bytes(const lf_arena *arena);

#endif
