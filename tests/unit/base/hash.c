// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// SHA-256 against the examples of FIPS 180-4, in one piece and byte by byte; the fast hash spreads.
#include "base/hash.h"
#include "check.h"

static void sha(const char *text, const char *expected, size_t step) {
    lf_sha256 s;
    char hex[65];
    lf_sha256_begin(&s);
    for (size_t i = 0, n = strlen(text); i < n; i += step)
        lf_sha256_add(&s, text + i, i + step < n ? step : n - i);
    lf_sha256_end(&s, hex);
    CHECK_TEXT(hex, expected);
}

int main(void) {
    for (size_t step = 1; step < 80; step += 13) {
        sha("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", step);
        sha("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", step);
        sha("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", step);
    }
    CHECK(lf_hash_text(0, "a") != lf_hash_text(0, "b"));
    CHECK(lf_hash_text(0, "a") != lf_hash_text(1, "a"));
    CHECK(lf_hash_bytes(0, "\0", 1) != lf_hash_bytes(0, "\0\0", 2));
    return lf_check_end();
}
