// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Replays a fuzz target without libFuzzer: every seed as it is, cut short, and with bytes flipped,
// removed, repeated or replaced by hostile ones. The mutations depend on the seed's name alone.
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

enum { MUTATIONS = 150, SIZE_MAX_BYTES = 1 << 20 };

static uint64_t next(uint64_t *state) { // xorshift64*, Vigna 2016
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545f4914f6cdd1du;
}

static size_t mutate(uint8_t *bytes, size_t size, uint64_t *state) {
    static const char *const hostile[] = {"\"", "{",    "<", ">", "[",     "-",  "1e999", "nan",
                                          "\n", "\xff", "'", "(", "&#x0;", "\0", ":",     "-1"};
    for (uint64_t k = 1 + next(state) % 6; k > 0 && size > 0; k--) {
        const size_t at = next(state) % size, length = 1 + next(state) % 16;
        switch (next(state) % 5) {
        case 0:
            bytes[at] ^= (uint8_t)(1u << next(state) % 8);
            break;
        case 1: // cut out
            if (at + length < size) {
                memmove(bytes + at, bytes + at + length, size - at - length);
                size -= length;
            }
            break;
        case 2: // repeat
            if (at + 2 * length < size)
                memcpy(bytes + at + length, bytes + at, length);
            break;
        case 3: {
            const char *text = hostile[next(state) % (sizeof hostile / sizeof *hostile)];
            const size_t n = strlen(text) ? strlen(text) : 1;
            if (at + n <= size)
                memcpy(bytes + at, text, n);
            break;
        }
        default: // end here
            if (next(state) % 4 == 0)
                size = at;
        }
    }
    return size;
}

static int replay(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    uint8_t *seed = malloc(SIZE_MAX_BYTES), *copy = malloc(SIZE_MAX_BYTES);
    const size_t size = seed && copy ? fread(seed, 1, SIZE_MAX_BYTES, file) : 0;
    fclose(file);
    LLVMFuzzerTestOneInput(seed, size);
    uint64_t state = 0x9e3779b97f4a7c15u;
    const char *name = strrchr(path, '/') ? strrchr(path, '/') : path;
    for (const char *at = name; *at; at++)
        state = (state ^ (uint8_t)*at) * 0x100000001b3u;
    for (int i = 0; i < MUTATIONS; i++) {
        memcpy(copy, seed, size);
        LLVMFuzzerTestOneInput(copy, mutate(copy, size, &state));
    }
    free(seed);
    free(copy);
    return 1 + MUTATIONS;
}

int main(int count, char **arguments) {
    DIR *folder = count > 1 ? opendir(arguments[1]) : NULL;
    if (!folder) {
        printf("no corpus at %s\n", count > 1 ? arguments[1] : "(none)");
        return 1;
    }
    int runs = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[1024];
        snprintf(path, sizeof path, "%s/%s", arguments[1], entry->d_name);
        if (entry->d_name[0] != '.')
            runs += replay(path);
    }
    closedir(folder);
    printf("%d inputs survived\n", runs);
    return runs > 0 ? 0 : 1;
}
