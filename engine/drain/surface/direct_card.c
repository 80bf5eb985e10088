// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A direct surface on the card.
#include "drain/surface/direct_card.h"
#include "drain/surface/gpu.h"
#include <stdlib.h>

struct lf_drain_card {
    lf_drain_gpu *gpu;
    lf_drain_f32_field *field;
    bool stale; // the card went on since the last pull
    double left_m3;
    lf_code code; // of the first thing that went wrong
    lf_error error;
};

lf_code lf_drain_card_create(const lf_drain_f32_plan *plan, lf_drain_f32_field *field,
                             const bool *open, bool compute_all, lf_drain_card **card,
                             lf_error *error) {
    size_t cells = (size_t)plan->stride * (size_t)plan->height;
    lf_drain_card *made = calloc(1, sizeof *made);
    float *ratio = calloc(cells, sizeof *ratio);
    *card = NULL;
    lf_code code = LF_OK;
    if (!made || !ratio) {
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the gl backend");
    }
    for (size_t k = 0; code == LF_OK && k < cells; k++) {
        ratio[k] = open[k];
    }
    if (code == LF_OK) {
        lf_drain_gpu_def def = {.plan = plan, .compute_all = compute_all, .open_ratio = ratio};
        code = lf_drain_gpu_create(&def, &made->gpu, error);
    }
    if (code == LF_OK) {
        made->field = field;
        lf_drain_card_push(made);
        lf_drain_card_set_edges(made);
        *card = made;
    } else {
        free(made);
    }
    free(ratio);
    return code;
}

void lf_drain_card_destroy(lf_drain_card *card) {
    if (card) {
        lf_drain_gpu_destroy(card->gpu);
        free(card);
    }
}

static void keep(lf_drain_card *card, lf_code code, const lf_error *error) {
    if (code != LF_OK && card->code == LF_OK) {
        card->code = code;
        card->error = *error;
    }
}

void lf_drain_card_pull(lf_drain_card *card) {
    if (card && card->stale) {
        lf_error error = {0};
        lf_code code = lf_drain_gpu_download(card->gpu, card->field, &error);
        code =
            code ? code : lf_drain_gpu_book(card->gpu, card->field->edges, &card->left_m3, &error);
        keep(card, code, &error);
        card->stale = false;
    }
}

void lf_drain_card_push(lf_drain_card *card) {
    if (card) {
        lf_error error = {0};
        keep(card, lf_drain_gpu_upload(card->gpu, card->field, &error), &error);
    }
}

void lf_drain_card_set_edges(lf_drain_card *card) {
    if (card) {
        lf_error error = {0};
        keep(card, lf_drain_gpu_set_edges(card->gpu, card->field->edges, &error), &error);
    }
}

void lf_drain_card_rain(lf_drain_card *card, double depth_m) {
    lf_error error = {0};
    keep(card, lf_drain_gpu_source(card->gpu, (float)depth_m, 0, &error), &error);
    card->stale = true;
}

lf_code lf_drain_card_advance(lf_drain_card *card, double span_s, long *steps, double *cell_steps,
                              long *bad, lf_error *error) {
    if (card->code == LF_OK) {
        lf_error fresh = {0};
        keep(card, lf_drain_gpu_advance(card->gpu, span_s, steps, cell_steps, &fresh), &fresh);
        card->stale = true;
    }
    if (card->code != LF_OK && error) {
        *error = card->error;
    }
    *bad = lf_drain_gpu_bad_cell(card->gpu);
    return card->code;
}

double lf_drain_card_left_m3(const lf_drain_card *card) {
    return card ? card->left_m3 : 0;
}

const char *lf_drain_card_name(const lf_drain_card *card, bool *software) {
    if (software) {
        *software = card && lf_drain_gpu_is_software(card->gpu);
    }
    return card ? lf_drain_gpu_renderer(card->gpu) : NULL;
}
