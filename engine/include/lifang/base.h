// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Ground floor of the public API: result codes, errors, issue lists, the environment that a host
// hands to the library, and the honesty label that every datum carries.
//
// Rules that hold for every header of lifang:
//   - lengths are metres, times seconds, money yuan (or integer fen where it must close exactly);
//     any other unit is the last word of the name (rain_mm_h);
//   - x, y, z are metres in the estate's local frame (see spec.h), x to the east, y to the north;
//   - functions that can meet a mistake of the world return lf_code and fill an lf_error, which may
//     be NULL; mistakes of the programmer are asserted;
//   - the library never prints, never exits and keeps no mutable global.
#ifndef LIFANG_BASE_H
#define LIFANG_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Result of a call. Each code has a name (lf_code_name) and a sentence (lf_code_sentence).
typedef enum lf_code {
#define LF_CODE(name, sentence) LF_##name,
#include "lifang/codes.def"
#undef LF_CODE
    LF_CODE_COUNT
} lf_code;

const char *lf_code_name(lf_code code);
const char *lf_code_sentence(lf_code code);

// Who has to act on an error; it decides the exit code of the command.
typedef enum lf_origin {
    LF_FROM_CALL,     // the command line or a call: exit 2
    LF_FROM_SCENARIO, // the scenario file: exit 2
    LF_FROM_INPUT,    // a file that the scenario or the command names: exit 3
    LF_FROM_RUN,      // the computation, the memory, the disk: exit 4
    LF_FROM_HOST,     // something the machine lacks (display, GPU, broker): exit 5
} lf_origin;

// One error, complete enough to mend it. Plain data, no ownership. line and column start at 1;
// 0 means that the place is not known. path is where in the document, e.g. "modules.drain.storm".
typedef struct lf_error {
    lf_code code;
    lf_origin origin;
    int line;
    int column;
    char file[256];
    char path[192];
    char message[512];
} lf_error;

// Fills error (may be NULL) and returns code, so that `return lf_fail(...)` reads well.
lf_code lf_fail(lf_error *error, lf_code code, lf_origin origin, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 4, 5)))
#endif
    ;
// Adds the place to an error that lf_fail made; file and path may be NULL to leave them alone.
void lf_error_place(lf_error *error, const char *file, int line, int column, const char *path);
// Writes "file:line:column: path: message [CODE]" to text and returns text. size >= 1.
const char *lf_error_format(const lf_error *error, char *text, size_t size);
// The exit code of DESIGN section 5 that belongs to this error: 2, 3, 4, 5 or 130.
int lf_error_exit_code(const lf_error *error);

// How much a datum can be trusted; ordered from best to worst.
typedef enum lf_quality {
    LF_MEASURED,  // surveyed or metered
    LF_TAGGED,    // stated by somebody in a public or office data set
    LF_ASSUMED,   // filled from a stated rule
    LF_SYNTHETIC, // invented because the scenario asked for it
    LF_QUALITY_COUNT
} lf_quality;
const char *lf_quality_name(lf_quality quality);

// A list of things that an importer or a check noticed. It keeps the first `limit` (default 200) of
// each severity and counts the rest, so that a broken file cannot flood a log.
typedef enum lf_severity { LF_NOTE, LF_WARNING, LF_ERROR, LF_SEVERITY_COUNT } lf_severity;
typedef struct lf_issue {
    lf_severity severity;
    lf_code code;
    const char *file;    // "" where there is none
    int line;            // 0 where there is none
    const char *feature; // e.g. "way/1234" or "conduit P-37"; "" where there is none
    const char *message; // what is wrong
    const char *mend;    // how to mend it; "" where that is obvious
    int column;          // from 1; 0 where there is none
} lf_issue;
typedef struct lf_issues lf_issues;
lf_issues *lf_issues_create(void);
void lf_issues_destroy(lf_issues *issues);
// All texts are copied. issues may be NULL: then nothing happens.
void lf_issues_add(lf_issues *issues, const lf_issue *issue);
// Short form of lf_issues_add with a printf message.
void lf_issues_addf(lf_issues *issues, lf_severity severity, lf_code code, const char *file,
                    int line, const char *feature, const char *mend, const char *format, ...)
#ifdef __GNUC__
    __attribute__((format(printf, 8, 9)))
#endif
    ;
int lf_issues_kept(const lf_issues *issues);                         // how many are in the list
const lf_issue *lf_issues_at(const lf_issues *issues, int index);    // in order of arrival
long lf_issues_count(const lf_issues *issues, lf_severity severity); // all, kept or not

// Memory comes from here, so that a host can meter it and a test can make the n-th call fail.
// resize(NULL, 0, n) allocates, resize(p, n, 0) frees and returns NULL. NULL means libc.
typedef struct lf_allocator {
    void *(*resize)(void *user, void *block, size_t old_bytes, size_t new_bytes);
    void *user;
} lf_allocator;

// What the host lends to a long call. Zeroed is valid: libc memory, one thread, silence.
typedef struct lf_pool lf_pool;
typedef struct lf_env {
    const lf_allocator *allocator;
    lf_pool *pool; // NULL runs on the calling thread; results are the same bits
    void (*log)(void *user, lf_severity severity, const char *text);
    void (*progress)(void *user, const char *what, double done_ratio);
    void *user;
    const volatile int *stop; // non-zero asks a run to stop (LF_INTERRUPTED); may be NULL
} lf_env;

// threads: 0 takes the machine's count. Never NULL except without memory.
lf_pool *lf_pool_create(int threads);
void lf_pool_destroy(lf_pool *pool);
int lf_pool_threads(const lf_pool *pool); // 1 for NULL

const char *lf_version(void); // "0.1.0"

#ifdef __cplusplus
}
#endif
#endif
