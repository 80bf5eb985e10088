// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Storage buffers that stay on the card, compute programs, dispatches, and reading back through a
// small mapped buffer. All of it in the context that is current on the calling thread.
#ifndef LF_GPU_COMPUTE_H
#define LF_GPU_COMPUTE_H

#include "lifang/base.h"
#include <GL/glew.h>

// A buffer in the card's memory. name 0 = none.
typedef struct lf_gpu_buffer {
    GLuint name;
    size_t bytes;
} lf_gpu_buffer;

// LF_MEMORY when the driver has no room. Starts with all bytes 0.
lf_code lf_gpu_buffer_create(lf_gpu_buffer *buffer, size_t bytes, lf_error *error);
void lf_gpu_buffer_destroy(lf_gpu_buffer *buffer);
// Both are ordered after the dispatches so far and before those to come.
void lf_gpu_buffer_write(const lf_gpu_buffer *buffer, size_t offset, size_t bytes,
                         const void *from);
void lf_gpu_buffer_clear(const lf_gpu_buffer *buffer, size_t offset, size_t bytes);
void lf_gpu_buffer_copy(const lf_gpu_buffer *from, size_t from_offset, const lf_gpu_buffer *to,
                        size_t to_offset, size_t bytes);

// Memory of the host that the card writes to, so that reading never moves a buffer off the card.
typedef struct lf_gpu_reader {
    GLuint name;
    void *bytes;
    size_t size;
} lf_gpu_reader;
lf_code lf_gpu_reader_create(lf_gpu_reader *reader, size_t size, lf_error *error);
void lf_gpu_reader_destroy(lf_gpu_reader *reader);
// Waits for all dispatches so far. LF_UNAVAILABLE when the card does not answer any more.
lf_code lf_gpu_reader_read(lf_gpu_reader *reader, const lf_gpu_buffer *from, size_t offset,
                           size_t bytes, void *to, lf_error *error);

// Binds buffer i to the storage block at binding `first + i`; none where name is 0.
void lf_gpu_bind_buffers(int first, int count, const lf_gpu_buffer *buffers);
// One work group per item: `count` groups spread over x and y, LF_GPU_GROUPS_WIDE in a row, since x
// alone ends at 65535 on some cards. A shader finds its item with gl_WorkGroupID.y *
// LF_GPU_GROUPS_WIDE + gl_WorkGroupID.x and leaves when there is none.
enum { LF_GPU_GROUPS_WIDE = 32768 };
void lf_gpu_dispatch(GLuint program, size_t count);
// Number of groups (x, y, z) from a buffer.
void lf_gpu_dispatch_from(GLuint program, const lf_gpu_buffer *buffer, size_t offset);
// Storage blocks that one compute program may use.
int lf_gpu_block_limit(void);
// Waits until all is done.
void lf_gpu_wait(void);

#endif
