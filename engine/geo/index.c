// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// A uniform grid of about one item per bin; each bin lists its items in ascending order (CSR).
#include "geo/index.h"
#include "base/memory.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct lf_geo_index {
    int count;
    double *boxes;
    double x0, y0, bin_m;
    int cols, rows;
    int *first; // cols * rows + 1
    int *items;
};

void lf_geo_index_destroy(lf_geo_index *index) {
    if (!index)
        return;
    free(index->boxes);
    free(index->first);
    free(index->items);
    free(index);
}

static int clamp(double value, int count) {
    return value <= 0 ? 0 : value >= count ? count - 1 : (int)value;
}

static void bins_of(const lf_geo_index *index, const double box[4], int span[4]) {
    span[0] = clamp(floor((box[0] - index->x0) / index->bin_m), index->cols);
    span[1] = clamp(floor((box[1] - index->y0) / index->bin_m), index->rows);
    span[2] = clamp(floor((box[2] - index->x0) / index->bin_m), index->cols);
    span[3] = clamp(floor((box[3] - index->y0) / index->bin_m), index->rows);
}

static void choose_grid(lf_geo_index *index) {
    double x1 = -INFINITY, y1 = -INFINITY;
    index->x0 = index->y0 = INFINITY;
    double size = 0;
    for (int i = 0; i < index->count; i++) {
        const double *b = &index->boxes[4 * i];
        index->x0 = fmin(index->x0, b[0]);
        index->y0 = fmin(index->y0, b[1]);
        x1 = fmax(x1, b[2]);
        y1 = fmax(y1, b[3]);
        size += b[2] - b[0] + b[3] - b[1];
    }
    if (index->count == 0)
        index->x0 = index->y0 = x1 = y1 = 0;
    const double width = x1 - index->x0, height = y1 - index->y0;
    const double even = sqrt(fmax(width * height, 1e-12) / (index->count + 1));
    index->bin_m = fmax(fmax(even, index->count ? size / (2 * index->count) : 0), 1e-6);
    const double largest = fmax(width, height) / 4000;
    index->bin_m = fmax(index->bin_m, largest);
    index->cols = (int)(width / index->bin_m) + 1;
    index->rows = (int)(height / index->bin_m) + 1;
}

// Counts, sums up, fills: each box goes to every bin that it meets.
static bool fill(lf_geo_index *index) {
    const size_t bins = (size_t)index->cols * (size_t)index->rows;
    index->first = calloc(bins + 2, sizeof *index->first);
    if (!index->first)
        return false;
    int span[4];
    for (int i = 0; i < index->count; i++) {
        bins_of(index, &index->boxes[4 * i], span);
        for (int r = span[1]; r <= span[3]; r++)
            for (int c = span[0]; c <= span[2]; c++)
                index->first[(size_t)r * (size_t)index->cols + (size_t)c + 2]++;
    }
    for (size_t b = 2; b < bins + 2; b++)
        index->first[b] += index->first[b - 1];
    index->items = malloc(((size_t)index->first[bins + 1] + 1) * sizeof *index->items);
    if (!index->items)
        return false;
    for (int i = 0; i < index->count; i++) {
        bins_of(index, &index->boxes[4 * i], span);
        for (int r = span[1]; r <= span[3]; r++)
            for (int c = span[0]; c <= span[2]; c++)
                index->items[index->first[(size_t)r * (size_t)index->cols + (size_t)c + 1]++] = i;
    }
    return true;
}

lf_geo_index *lf_geo_index_create(const double *boxes, int count) {
    assert(count >= 0 && (boxes || count == 0));
    lf_geo_index *index = calloc(1, sizeof *index);
    if (!index)
        return NULL;
    index->count = count;
    index->boxes = malloc((4 * (size_t)count + 1) * sizeof *index->boxes);
    if (index->boxes) {
        if (count)
            memcpy(index->boxes, boxes, 4 * (size_t)count * sizeof *boxes);
        choose_grid(index);
        if (fill(index))
            return index;
    }
    lf_geo_index_destroy(index);
    return NULL;
}

static bool meets(const double a[4], const double b[4]) {
    return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

static int compare_items(const void *a, const void *b) {
    const int left = *(const int *)a, right = *(const int *)b;
    return (left > right) - (left < right);
}

void lf_geo_index_query(const lf_geo_index *index, const double box[4],
                        bool (*visit)(void *context, int item), void *context) {
    assert(index && visit);
    int span[4];
    bins_of(index, box, span);
    // An item that spans several bins is reported from the first of them inside the query.
    enum { LOCAL = 256 };
    int local[LOCAL], *found = local;
    size_t capacity = LOCAL, count = 0;
    for (int r = span[1]; r <= span[3]; r++) {
        for (int c = span[0]; c <= span[2]; c++) {
            const size_t bin = (size_t)r * (size_t)index->cols + (size_t)c;
            for (int k = index->first[bin]; k < index->first[bin + 1]; k++) {
                const int item = index->items[k];
                int own[4];
                bins_of(index, &index->boxes[4 * item], own);
                const int first_c = own[0] > span[0] ? own[0] : span[0];
                const int first_r = own[1] > span[1] ? own[1] : span[1];
                if (c != first_c || r != first_r || !meets(&index->boxes[4 * item], box))
                    continue;
                if (count == capacity) {
                    int *grown = malloc(2 * capacity * sizeof *grown);
                    if (!grown)
                        goto done;
                    memcpy(grown, found, count * sizeof *found);
                    if (found != local)
                        free(found);
                    found = grown;
                    capacity *= 2;
                }
                found[count++] = item;
            }
        }
    }
done:
    qsort(found, count, sizeof *found, compare_items);
    for (size_t i = 0; i < count; i++)
        if (!visit(context, found[i]))
            break;
    if (found != local)
        free(found);
}

static double box_distance(const double *box, double x, double y) {
    const double dx = fmax(fmax(box[0] - x, x - box[2]), 0),
                 dy = fmax(fmax(box[1] - y, y - box[3]), 0);
    return hypot(dx, dy);
}

typedef struct nearest {
    const lf_geo_index *index;
    double x, y, best;
    int item;
    double (*distance)(void *context, int item);
    void *context;
} nearest;

static bool visit_nearest(void *context, int item) {
    nearest *n = context;
    if (box_distance(&n->index->boxes[4 * item], n->x, n->y) > n->best)
        return true;
    const double d = n->distance(n->context, item);
    if (d < n->best || (d == n->best && item < n->item)) {
        n->best = d;
        n->item = item;
    }
    return true;
}

int lf_geo_index_nearest(const lf_geo_index *index, double x, double y,
                         double (*distance)(void *context, int item), void *context,
                         double *distance_m) {
    assert(index && distance);
    nearest n = {index, x, y, INFINITY, -1, distance, context};
    const double width = index->cols * index->bin_m, height = index->rows * index->bin_m;
    const double reach = hypot(fmax(fabs(x - index->x0), fabs(x - index->x0 - width)),
                               fmax(fabs(y - index->y0), fabs(y - index->y0 - height)));
    // Growing squares until the best found lies inside the square.
    for (double half = index->bin_m; index->count > 0; half *= 2) {
        const double box[4] = {x - half, y - half, x + half, y + half};
        lf_geo_index_query(index, box, visit_nearest, &n);
        if (n.best <= half || half > reach)
            break;
    }
    if (distance_m)
        *distance_m = n.best;
    return n.item;
}
