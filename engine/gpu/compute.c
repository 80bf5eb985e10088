// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Storage buffers and dispatches.
#include "gpu/compute.h"
#include <string.h>

static void forget_errors(void) {
    for (int i = 0; i < 100 && glGetError() != GL_NO_ERROR; i++) {
    }
}

lf_code lf_gpu_buffer_create(lf_gpu_buffer *buffer, size_t bytes, lf_error *error) {
    *buffer = (lf_gpu_buffer){.bytes = bytes};
    forget_errors();
    glCreateBuffers(1, &buffer->name);
    glNamedBufferStorage(buffer->name, (GLsizeiptr)(bytes > 0 ? bytes : 4), NULL,
                         GL_DYNAMIC_STORAGE_BIT);
    if (glGetError() != GL_NO_ERROR) {
        lf_gpu_buffer_destroy(buffer);
        return lf_fail(error, LF_MEMORY, LF_FROM_HOST,
                       "the graphics card has no room for %.1f MB more; use larger cells or the "
                       "cpu backend",
                       (double)bytes / 1e6);
    }
    lf_gpu_buffer_clear(buffer, 0, bytes);
    return LF_OK;
}

void lf_gpu_buffer_destroy(lf_gpu_buffer *buffer) {
    if (buffer->name) {
        glDeleteBuffers(1, &buffer->name);
    }
    *buffer = (lf_gpu_buffer){0};
}

void lf_gpu_buffer_write(const lf_gpu_buffer *buffer, size_t offset, size_t bytes,
                         const void *from) {
    if (bytes > 0) {
        glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
        glNamedBufferSubData(buffer->name, (GLintptr)offset, (GLsizeiptr)bytes, from);
    }
}

void lf_gpu_buffer_clear(const lf_gpu_buffer *buffer, size_t offset, size_t bytes) {
    if (bytes > 0) {
        glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
        GLuint zero = 0;
        glClearNamedBufferSubData(buffer->name, GL_R32UI, (GLintptr)offset,
                                  (GLsizeiptr)(bytes / 4 * 4), GL_RED_INTEGER, GL_UNSIGNED_INT,
                                  &zero);
    }
}

void lf_gpu_buffer_copy(const lf_gpu_buffer *from, size_t from_offset, const lf_gpu_buffer *to,
                        size_t to_offset, size_t bytes) {
    if (bytes > 0) {
        glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
        glCopyNamedBufferSubData(from->name, to->name, (GLintptr)from_offset, (GLintptr)to_offset,
                                 (GLsizeiptr)bytes);
    }
}

lf_code lf_gpu_reader_create(lf_gpu_reader *reader, size_t size, lf_error *error) {
    const GLbitfield flags = GL_MAP_READ_BIT | GL_MAP_PERSISTENT_BIT | GL_MAP_COHERENT_BIT;
    *reader = (lf_gpu_reader){.size = size};
    forget_errors();
    glCreateBuffers(1, &reader->name);
    glNamedBufferStorage(reader->name, (GLsizeiptr)size, NULL, flags | GL_CLIENT_STORAGE_BIT);
    reader->bytes = glMapNamedBufferRange(reader->name, 0, (GLsizeiptr)size, flags);
    if (glGetError() != GL_NO_ERROR || !reader->bytes) {
        lf_gpu_reader_destroy(reader);
        return lf_fail(error, LF_MEMORY, LF_FROM_HOST,
                       "the graphics driver has no room for %.1f MB that the host can read",
                       (double)size / 1e6);
    }
    return LF_OK;
}

void lf_gpu_reader_destroy(lf_gpu_reader *reader) {
    if (reader->name) {
        if (reader->bytes) {
            glUnmapNamedBuffer(reader->name);
        }
        glDeleteBuffers(1, &reader->name);
    }
    *reader = (lf_gpu_reader){0};
}

static bool await_all(void) {
    GLsync fence = glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0);
    GLenum answer = GL_TIMEOUT_EXPIRED;
    while (answer == GL_TIMEOUT_EXPIRED) {
        answer = glClientWaitSync(fence, GL_SYNC_FLUSH_COMMANDS_BIT, 1000000000u);
    }
    glDeleteSync(fence);
    return answer != GL_WAIT_FAILED;
}

lf_code lf_gpu_reader_read(lf_gpu_reader *reader, const lf_gpu_buffer *from, size_t offset,
                           size_t bytes, void *to, lf_error *error) {
    glMemoryBarrier(GL_BUFFER_UPDATE_BARRIER_BIT);
    for (size_t done = 0; done < bytes; done += reader->size) {
        size_t part = bytes - done < reader->size ? bytes - done : reader->size;
        glCopyNamedBufferSubData(from->name, reader->name, (GLintptr)(offset + done), 0,
                                 (GLsizeiptr)part);
        if (!await_all()) {
            return lf_fail(error, LF_UNAVAILABLE, LF_FROM_HOST,
                           "the graphics driver does not answer any more");
        }
        memcpy((char *)to + done, reader->bytes, part);
    }
    return LF_OK;
}

void lf_gpu_bind_buffers(int first, int count, const lf_gpu_buffer *buffers) {
    for (int i = 0; i < count; i++) {
        glBindBufferBase(GL_SHADER_STORAGE_BUFFER, (GLuint)(first + i), buffers[i].name);
    }
}

void lf_gpu_dispatch(GLuint program, size_t count) {
    if (count > 0) {
        size_t high = (count + LF_GPU_GROUPS_WIDE - 1) / LF_GPU_GROUPS_WIDE;
        glUseProgram(program);
        glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT);
        glDispatchCompute((GLuint)(high > 1 ? LF_GPU_GROUPS_WIDE : count), (GLuint)high, 1);
    }
}

void lf_gpu_dispatch_from(GLuint program, const lf_gpu_buffer *buffer, size_t offset) {
    glUseProgram(program);
    glBindBuffer(GL_DISPATCH_INDIRECT_BUFFER, buffer->name);
    glMemoryBarrier(GL_SHADER_STORAGE_BARRIER_BIT | GL_COMMAND_BARRIER_BIT);
    glDispatchComputeIndirect((GLintptr)offset);
}

int lf_gpu_block_limit(void) {
    GLint limit = 0, bindings = 0;
    glGetIntegerv(GL_MAX_COMPUTE_SHADER_STORAGE_BLOCKS, &limit);
    glGetIntegerv(GL_MAX_SHADER_STORAGE_BUFFER_BINDINGS, &bindings);
    return limit < bindings ? limit : bindings;
}

void lf_gpu_wait(void) {
    (void)await_all();
}
