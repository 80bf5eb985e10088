// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Philox against the known answers of the Random123 distribution (kat_vectors), and the moments of
// the distributions with their standard errors.
#include "base/random.h"
#include "check.h"

static void known_answer(const uint32_t c[4], const uint32_t k[2], const uint32_t expected[4]) {
    uint32_t out[4];
    lf_random_philox(c, k, out);
    for (int i = 0; i < 4; i++)
        CHECK(out[i] == expected[i]);
}

int main(void) {
    known_answer((uint32_t[]){0, 0, 0, 0}, (uint32_t[]){0, 0},
                 (uint32_t[]){0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
    known_answer((uint32_t[]){~0u, ~0u, ~0u, ~0u}, (uint32_t[]){~0u, ~0u},
                 (uint32_t[]){0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
    known_answer((uint32_t[]){0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                 (uint32_t[]){0xa4093822, 0x299f31d0},
                 (uint32_t[]){0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
    enum { N = 200000 };
    double unit = 0, normal = 0, square = 0, wait = 0;
    for (uint64_t i = 0; i < N; i++) {
        const double z = lf_random_normal(7, i, 1);
        unit += lf_random_unit(7, i, 0);
        normal += z;
        square += z * z;
        wait += lf_random_exponential(7, i, 2, 3.0);
        CHECK(lf_random_below(7, i, 3, 5) < 5);
    }
    CHECK_NEAR(unit / N, 0.5, 4 * 0.2887 / sqrt(N));
    CHECK_NEAR(normal / N, 0.0, 4 / sqrt(N));
    CHECK_NEAR(square / N, 1.0, 4 * sqrt(2.0 / N));
    CHECK_NEAR(wait / N, 3.0, 4 * 3.0 / sqrt(N));
    return lf_check_end();
}
