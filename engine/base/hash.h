// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// 64-bit hash for identity (not for secrets), and SHA-256 (FIPS 180-4) for provenance.
#ifndef LF_BASE_HASH_H
#define LF_BASE_HASH_H

#include "lifang/base.h"

uint64_t lf_hash_bytes(uint64_t seed, const void *bytes, size_t count);
uint64_t lf_hash_text(uint64_t seed, const char *text);

typedef struct lf_sha256 {
    uint32_t state[8];
    uint64_t bytes;
    unsigned char block[64];
} lf_sha256;
void lf_sha256_begin(lf_sha256 *sha);
void lf_sha256_add(lf_sha256 *sha, const void *bytes, size_t count);
void lf_sha256_end(lf_sha256 *sha, char hex[65]);

#endif
