// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Finds, joins, compiles and links shader files. Drivers report a place as "M:N(...)" (Mesa) or
// "M(N)" (NVIDIA), M being the source number of the last #line; we number the files ourselves.
#include "gpu/program.h"
#include "base/file.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 16 };

typedef struct sources {
    char paths[FILE_LIMIT][512];
    int count;
    const char *defines; // stand behind the #version line
    lf_buffer text;
} sources;

lf_code lf_gpu_shader_path(const char *name, char *out, size_t size, lf_error *error) {
    const char *folders[3] = {getenv("LIFANG_SHADERS"), LF_SOURCE_SHADERS, LF_INSTALL_SHADERS};
    for (int i = 0; i < 3; i++) {
        if (folders[i] && folders[i][0]) {
            lf_file_join(out, size, folders[i], name);
            if (lf_file_exists(out)) {
                return LF_OK;
            }
        }
    }
    return lf_fail(error, LF_NOT_FOUND, LF_FROM_HOST,
                   "shader %s is not in %s nor %s; reinstall, or set LIFANG_SHADERS", name,
                   LF_SOURCE_SHADERS, LF_INSTALL_SHADERS);
}

static int find_source(const sources *all, const char *path) {
    for (int i = 0; i < all->count; i++) {
        if (strcmp(all->paths[i], path) == 0) {
            return i;
        }
    }
    return -1;
}

// The name between the quotes of `#include "name"`, or NULL.
static char *include_name(char *line) {
    static const char word[] = "#include \"";
    if (strncmp(line, word, sizeof word - 1) != 0) {
        return NULL;
    }
    char *name = line + sizeof word - 1;
    char *end = strchr(name, '"');
    if (!end) {
        return NULL;
    }
    *end = '\0';
    return name;
}

static lf_code add_source(sources *all, const char *name, int depth, lf_error *error) {
    char path[512];
    char *bytes = NULL;
    size_t count = 0;
    lf_code code = lf_gpu_shader_path(name, path, sizeof path, error);
    if (code != LF_OK || find_source(all, path) >= 0) {
        return code;
    }
    if (all->count == FILE_LIMIT || depth > 4) {
        return lf_fail(error, LF_RANGE, LF_FROM_HOST, "shader %s: too many includes", name);
    }
    code = lf_file_read(path, 1 << 20, &bytes, &count, error);
    if (code != LF_OK) {
        return code;
    }
    int number = all->count++;
    memcpy(all->paths[number], path, sizeof path);
    int line = 0;
    if (depth > 0) {
        lf_buffer_addf(&all->text, "#line 1 %d\n", number);
    }
    for (char *at = bytes; at && *at && code == LF_OK;) {
        char *end = strchr(at, '\n');
        if (end) {
            *end = '\0';
        }
        line++;
        char *include = include_name(at);
        if (include) {
            code = add_source(all, include, depth + 1, error);
            lf_buffer_addf(&all->text, "#line %d %d\n", line + 1, number);
        } else {
            lf_buffer_addf(&all->text, "%s\n", at);
            if (strncmp(at, "#version", 8) == 0) {
                lf_buffer_addf(&all->text, "%s", all->defines ? all->defines : "");
                lf_buffer_addf(&all->text, "#line %d %d\n", line + 1, number);
            }
        }
        at = end ? end + 1 : NULL;
    }
    free(bytes);
    return code;
}

static lf_code gather(sources *all, const char *name, const char *defines, lf_error *error) {
    memset(all, 0, sizeof *all);
    all->defines = defines;
    lf_code code = add_source(all, name, 0, error);
    if (code == LF_OK && all->text.failed) {
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for shader %s", name);
    }
    if (code != LF_OK) {
        lf_buffer_free(&all->text);
    }
    return code;
}

lf_code lf_gpu_shader_text(const char *name, char **text, lf_error *error) {
    sources *all = malloc(sizeof *all);
    *text = NULL;
    if (!all) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for shader %s", name);
    }
    lf_code code = gather(all, name, NULL, error);
    if (code == LF_OK) {
        *text = all->text.text;
    }
    free(all);
    return code;
}

// Turns the driver's first message into file, line and sentence.
static lf_code compile_error(const sources *all, const char *name, const char *log,
                             lf_error *error) {
    int source = 0, line = 0;
    const char *at = log;
    while (*at && (*at < '0' || *at > '9')) {
        at++;
    }
    if (sscanf(at, "%d:%d", &source, &line) != 2 && sscanf(at, "%d(%d)", &source, &line) != 2) {
        source = 0;
        line = 0;
    }
    lf_fail(error, LF_SYNTAX, LF_FROM_HOST, "the driver refuses shader %s: %.300s", name, log);
    const char *file = source >= 0 && source < all->count ? all->paths[source] : name;
    lf_error_place(error, file, line, 0, NULL);
    return LF_SYNTAX;
}

static lf_code compile(GLenum stage, const char *name, const char *defines, GLuint *shader,
                       lf_error *error) {
    sources *all = malloc(sizeof *all);
    *shader = 0;
    if (!all) {
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for shader %s", name);
    }
    lf_code code = gather(all, name, defines, error);
    if (code == LF_OK) {
        const char *text = all->text.text;
        GLint done = 0;
        *shader = glCreateShader(stage);
        glShaderSource(*shader, 1, &text, NULL);
        glCompileShader(*shader);
        glGetShaderiv(*shader, GL_COMPILE_STATUS, &done);
        if (!done) {
            char log[1024] = "";
            glGetShaderInfoLog(*shader, sizeof log, NULL, log);
            code = compile_error(all, name, log, error);
            glDeleteShader(*shader);
            *shader = 0;
        }
        lf_buffer_free(&all->text);
    }
    free(all);
    return code;
}

static lf_code link_stages(const GLuint *stages, int count, const char *name, GLuint *program,
                           lf_error *error) {
    GLint done = 0;
    *program = glCreateProgram();
    for (int i = 0; i < count; i++) {
        glAttachShader(*program, stages[i]);
    }
    glLinkProgram(*program);
    glGetProgramiv(*program, GL_LINK_STATUS, &done);
    if (done) {
        return LF_OK;
    }
    char log[512] = "";
    glGetProgramInfoLog(*program, sizeof log, NULL, log);
    glDeleteProgram(*program);
    *program = 0;
    return lf_fail(error, LF_SYNTAX, LF_FROM_HOST, "shader %s does not link: %.300s", name, log);
}

lf_code lf_gpu_program_create(const char *vertex, const char *fragment, GLuint *program,
                              lf_error *error) {
    GLuint stages[2] = {0, 0};
    *program = 0;
    lf_code code = compile(GL_VERTEX_SHADER, vertex, NULL, &stages[0], error);
    if (code == LF_OK && fragment) {
        code = compile(GL_FRAGMENT_SHADER, fragment, NULL, &stages[1], error);
    }
    if (code == LF_OK) {
        code = link_stages(stages, fragment ? 2 : 1, vertex, program, error);
    }
    glDeleteShader(stages[0]);
    glDeleteShader(stages[1]);
    return code;
}

lf_code lf_gpu_program_create_compute(const char *compute, const char *defines, GLuint *program,
                                      lf_error *error) {
    GLuint stage = 0;
    *program = 0;
    lf_code code = compile(GL_COMPUTE_SHADER, compute, defines, &stage, error);
    if (code == LF_OK) {
        code = link_stages(&stage, 1, compute, program, error);
    }
    glDeleteShader(stage);
    return code;
}

void lf_gpu_program_destroy(GLuint program) {
    glDeleteProgram(program);
}
