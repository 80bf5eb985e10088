// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A run's place on disk: <folder>/option-<n>.state by lf_state_save, and option-<n>.result with the
// series and frames so far. Between begin and finish modules add only those two to a result, so
// that is all that a resumed run must be given back. Both files are replaced atomically; the state
// is keyed by its moment too, so a pair that a crash left at two moments does not fit.
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "run/pipeline.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char magic[8] = {'L', 'F', 'R', 'E', 'S', '0', '0', '1'};

typedef struct lf_run_head {
    char magic[8];
    uint64_t key;
    double time_s;
    uint64_t hash; // of everything behind the head
} head;

static void path_of(const lf_run_place *place, const char *kind, char *path, size_t size) {
    snprintf(path, size, "%s/option-%d.%s", place->folder, place->option + 1, kind);
}

// The state's key holds the moment too.
static uint64_t state_key(const lf_run_place *place, double time_s) {
    return lf_hash_bytes(place->key, &time_s, sizeof time_s);
}

// Writing
// ------------------------------------------------------------------------------------------

static void put(lf_buffer *out, const void *bytes, size_t count) {
    lf_buffer_addn(out, bytes, count);
}

static void put_count(lf_buffer *out, size_t count) {
    uint64_t word = count;
    put(out, &word, sizeof word);
}

static void put_text(lf_buffer *out, const char *text) {
    put_count(out, strlen(text));
    put(out, text, strlen(text));
}

static void put_array(lf_buffer *out, const void *values, size_t count, size_t bytes) {
    put_count(out, values ? count : 0);
    if (values) {
        put(out, values, count * bytes);
    }
}

static size_t depth_cells(const lf_option_result *result) {
    const lf_grid *grid = lf_option_depth_grid(result);
    return grid ? (size_t)grid->cols * (size_t)grid->rows : 0;
}

static void put_result(lf_buffer *out, const lf_option_result *result) {
    put_count(out, (size_t)lf_option_series_count(result));
    for (int i = 0; i < lf_option_series_count(result); i++) {
        const lf_series *series = lf_option_series_at(result, i);
        put_text(out, series->name);
        put_count(out, (size_t)series->column_count);
        put_array(out, series->time_s, (size_t)series->count, sizeof *series->time_s);
        put_array(out, series->values, (size_t)series->count * (size_t)series->column_count,
                  sizeof *series->values);
    }
    size_t edges = (size_t)lf_twin_roads(lf_option_twin(result))->edge_count;
    put_count(out, (size_t)lf_option_frame_count(result));
    for (int i = 0; i < lf_option_frame_count(result); i++) {
        const lf_frame_shot *shot = lf_option_frame_at(result, i);
        put(out, &shot->time_s, sizeof shot->time_s);
        put_array(out, shot->depth_m, depth_cells(result), sizeof *shot->depth_m);
        put_array(out, shot->place_taken, (size_t)shot->place_count, 1);
        put_array(out, shot->edge_cars, edges, sizeof *shot->edge_cars);
    }
}

lf_code lf_run_checkpoint_save(const lf_run_place *place, const lf_state *state, double time_s,
                               const lf_option_result *result, lf_error *error) {
    char path[1024];
    lf_code code = lf_file_make_folder(place->folder, error);
    if (code != LF_OK) {
        return code;
    }
    path_of(place, "state", path, sizeof path);
    code = lf_state_save(state, time_s, state_key(place, time_s), path, error);
    if (code != LF_OK) {
        return code;
    }
    lf_buffer out = {0};
    head front = {.key = place->key, .time_s = time_s};
    memcpy(front.magic, magic, sizeof magic);
    put(&out, &front, sizeof front);
    put_result(&out, result);
    if (out.failed) {
        lf_buffer_free(&out);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for a checkpoint");
    }
    front.hash = lf_hash_bytes(0, out.text + sizeof front, out.length - sizeof front);
    memcpy(out.text, &front, sizeof front);
    path_of(place, "result", path, sizeof path);
    code = lf_file_write(path, out.text, out.length, error);
    lf_buffer_free(&out);
    return code;
}

void lf_run_checkpoint_remove(const lf_run_place *place) {
    char path[1024];
    path_of(place, "state", path, sizeof path);
    unlink(path);
    path_of(place, "result", path, sizeof path);
    unlink(path);
    rmdir(place->folder); // stays where something else lies in it
}

// Reading
// ------------------------------------------------------------------------------------------

// What is left of the file; at NULL after something did not fit.
typedef struct source {
    const char *at;
    size_t left;
} source;

static const void *get(source *in, size_t bytes) {
    if (!in->at || bytes > in->left) {
        in->at = NULL;
        return NULL;
    }
    const void *here = in->at;
    in->at += bytes;
    in->left -= bytes;
    return here;
}

static size_t get_count(source *in) {
    uint64_t word = 0;
    const void *bytes = get(in, sizeof word);
    if (bytes) {
        memcpy(&word, bytes, sizeof word);
    }
    return word > SIZE_MAX / 16 ? SIZE_MAX / 16 : (size_t)word;
}

// An array of exactly `count` values, or none at all; copied, so that it is aligned.
static void *get_array(source *in, lf_arena *arena, size_t count, size_t bytes) {
    size_t given = get_count(in);
    if (given == 0 || !in->at) {
        return NULL;
    }
    const void *raw = given == count ? get(in, count * bytes) : NULL;
    void *copy = raw ? lf_arena_take(arena, count * bytes) : NULL;
    if (!copy) {
        in->at = NULL;
        return NULL;
    }
    return memcpy(copy, raw, count * bytes);
}

static void get_series(source *in, lf_arena *arena, lf_option_result *result, bool apply) {
    size_t count = get_count(in);
    if (count != (size_t)lf_option_series_count(result)) {
        in->at = NULL;
    }
    for (size_t i = 0; in->at && i < count; i++) {
        const lf_series *series = lf_option_series_at(result, (int)i);
        size_t length = get_count(in), columns = (size_t)series->column_count;
        const char *name = get(in, length);
        if (!name || length != strlen(series->name) || memcmp(name, series->name, length) != 0 ||
            get_count(in) != columns) {
            in->at = NULL;
            return;
        }
        source peek = *in;
        size_t rows = get_count(&peek);
        const double *time_s = get_array(in, arena, rows, sizeof *time_s);
        const float *values = get_array(in, arena, rows * columns, sizeof *values);
        for (size_t row = 0; apply && in->at && row < rows; row++) {
            lf_option_add_series_row(result, (int)i, time_s[row], values + row * columns);
        }
    }
}

static void get_frames(source *in, lf_arena *arena, lf_option_result *result, bool apply) {
    size_t edges = (size_t)lf_twin_roads(lf_option_twin(result))->edge_count;
    size_t count = get_count(in);
    for (size_t i = 0; in->at && i < count; i++) {
        double time_s = 0;
        const void *bytes = get(in, sizeof time_s);
        if (bytes) {
            memcpy(&time_s, bytes, sizeof time_s);
        }
        const float *depth = get_array(in, arena, depth_cells(result), sizeof *depth);
        source peek = *in;
        size_t places = get_count(&peek);
        const uint8_t *taken = get_array(in, arena, places, 1);
        const float *cars = get_array(in, arena, edges, sizeof *cars);
        if (!in->at || !apply) {
            continue;
        }
        if (depth) {
            lf_option_frame_depth(result, time_s, depth);
        }
        if (taken) {
            lf_option_frame_places(result, time_s, taken, (int)places);
        }
        if (cars) {
            lf_option_frame_edges(result, time_s, cars, (int)edges);
        }
    }
}

// With apply false it only looks whether everything fits.
static bool read_result(const char *bytes, size_t count, lf_option_result *result, bool apply) {
    lf_arena *arena = lf_arena_create(NULL);
    if (!arena) {
        return false;
    }
    source in = {.at = bytes, .left = count};
    get_series(&in, arena, result, apply);
    get_frames(&in, arena, result, apply);
    lf_arena_destroy(arena);
    return in.at && in.left == 0;
}

static lf_code unfit(lf_error *error, const char *path) {
    lf_fail(error, LF_FORMAT, LF_FROM_INPUT,
            "the saved state %s is damaged, or belongs to another scenario or estate", path);
    return LF_FORMAT;
}

lf_code lf_run_checkpoint_load(const lf_run_place *place, lf_state *state, double *time_s,
                               lf_option_result *result, lf_error *error) {
    char path[1024], *bytes = NULL;
    size_t count = 0;
    path_of(place, "result", path, sizeof path);
    if (!lf_file_exists(path)) {
        return lf_fail(error, LF_NOT_FOUND, LF_FROM_INPUT, "there is no saved state in %s",
                       place->folder);
    }
    lf_code code = lf_file_read(path, 0, &bytes, &count, error);
    if (code != LF_OK) {
        return code;
    }
    head front = {0};
    if (count >= sizeof front) {
        memcpy(&front, bytes, sizeof front);
    }
    const char *body = bytes + sizeof front;
    bool fits = count >= sizeof front && memcmp(front.magic, magic, sizeof magic) == 0 &&
                front.key == place->key &&
                front.hash == lf_hash_bytes(0, body, count - sizeof front) &&
                read_result(body, count - sizeof front, result, false);
    char state_path[1024];
    path_of(place, "state", state_path, sizeof state_path);
    if (fits) {
        code = lf_state_load(state, time_s, state_key(place, front.time_s), state_path, error);
        fits = code != LF_OK || read_result(body, count - sizeof front, result, true);
    }
    free(bytes);
    return fits ? code : unfit(error, path);
}
