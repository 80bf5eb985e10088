// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What an estate holds.
#include "summary.h"
#include <math.h>
#include <stdio.h>

typedef struct layer_sum {
    int rows;
    int by_quality[LF_QUALITY_COUNT];
    int assumed; // rows with attributes that a rule filled in
    double area_m2, length_m;
    double box[4];
} layer_sum;

static layer_sum sum_layer(const lf_spec *spec, lf_layer layer, int from) {
    layer_sum sum = {.box = {INFINITY, INFINITY, -INFINITY, -INFINITY}};
    int count = lf_spec_count(spec, layer);
    for (int i = from; i < count; i++) {
        const lf_row *row = lf_spec_at_const(spec, layer, i);
        sum.rows++;
        sum.by_quality[row->quality]++;
        sum.assumed += row->assumed != 0;
        if (row->shape.kind == LF_POLYGON) {
            sum.area_m2 += lf_shape_area_m2(&row->shape);
        } else if (row->shape.kind == LF_LINE) {
            sum.length_m += lf_shape_length_m(&row->shape);
        }
        double box[4];
        lf_shape_bounds(&row->shape, box);
        sum.box[0] = fmin(sum.box[0], box[0]);
        sum.box[1] = fmin(sum.box[1], box[1]);
        sum.box[2] = fmax(sum.box[2], box[2]);
        sum.box[3] = fmax(sum.box[3], box[3]);
    }
    return sum;
}

cli_stock cli_stock_of(const lf_spec *spec) {
    cli_stock stock = {.terrain = lf_spec_terrain(spec) != NULL};
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++) {
        stock.rows[layer] = lf_spec_count(spec, (lf_layer)layer);
    }
    return stock;
}

static void print_terrain(const lf_spec *spec) {
    const lf_raster *terrain = lf_spec_terrain(spec);
    if (!terrain) {
        return;
    }
    size_t cells = (size_t)terrain->grid.cols * (size_t)terrain->grid.rows;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < cells; i++) {
        if (!isnan(terrain->values[i])) {
            low = fmin(low, (double)terrain->values[i]);
            high = fmax(high, (double)terrain->values[i]);
        }
    }
    printf("  %-15s %d x %d cells of %g m, %.1f to %.1f m, %s\n", "terrain", terrain->grid.cols,
           terrain->grid.rows, terrain->grid.cell_m, low, high, lf_quality_name(terrain->quality));
}

void cli_summary_print(const lf_spec *spec, const cli_stock *before) {
    const lf_frame *frame = lf_spec_frame_const(spec);
    double box[4] = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    bool head = false;
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++) {
        layer_sum sum = sum_layer(spec, (lf_layer)layer, before ? before->rows[layer] : 0);
        if (!sum.rows) {
            continue;
        }
        if (!head) {
            printf("  %-15s %7s %9s %7s %8s %10s  %s\n", "layer", "rows", "measured", "tagged",
                   "assumed", "synthetic", "extent");
            head = true;
        }
        printf("  %-15s %7d %9d %7d %8d %10d  ", lf_layer_name((lf_layer)layer), sum.rows,
               sum.by_quality[LF_MEASURED], sum.by_quality[LF_TAGGED], sum.by_quality[LF_ASSUMED],
               sum.by_quality[LF_SYNTHETIC]);
        if (sum.area_m2 > 0) {
            printf("%.0f m²", sum.area_m2);
        } else if (sum.length_m > 0) {
            printf("%.0f m", sum.length_m);
        }
        printf(sum.assumed ? "%s%d with attributes filled by a rule\n" : "\n",
               sum.area_m2 > 0 || sum.length_m > 0 ? ", " : "", sum.assumed);
        box[0] = fmin(box[0], sum.box[0]);
        box[1] = fmin(box[1], sum.box[1]);
        box[2] = fmax(box[2], sum.box[2]);
        box[3] = fmax(box[3], sum.box[3]);
    }
    if (!before || !before->terrain) {
        print_terrain(spec);
    }
    if (box[0] <= box[2]) {
        printf("  %s, %.0f m x %.0f m, south-west corner at %.0f, %.0f\n",
               *frame->crs ? frame->crs : "no CRS", box[2] - box[0], box[3] - box[1],
               frame->origin_east_m + box[0], frame->origin_north_m + box[1]);
    }
}

static void json_layer(lf_json *json, const layer_sum *sum) {
    lf_json_open(json, '{');
    lf_json_key(json, "rows");
    lf_json_int(json, sum->rows);
    for (int quality = 0; quality < LF_QUALITY_COUNT; quality++) {
        if (sum->by_quality[quality]) {
            lf_json_key(json, lf_quality_name((lf_quality)quality));
            lf_json_int(json, sum->by_quality[quality]);
        }
    }
    if (sum->assumed) {
        lf_json_key(json, "rows_with_filled_attributes");
        lf_json_int(json, sum->assumed);
    }
    lf_json_close(json, '}');
}

void cli_summary_json(lf_json *json, const lf_spec *spec, const cli_stock *before) {
    lf_json_open(json, '{');
    lf_json_key(json, "crs");
    lf_json_text(json, lf_spec_frame_const(spec)->crs);
    lf_json_key(json, "layers");
    lf_json_open(json, '{');
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++) {
        layer_sum sum = sum_layer(spec, (lf_layer)layer, before ? before->rows[layer] : 0);
        if (sum.rows) {
            lf_json_key(json, lf_layer_name((lf_layer)layer));
            json_layer(json, &sum);
        }
    }
    lf_json_close(json, '}');
    const lf_raster *terrain = lf_spec_terrain(spec);
    if (terrain && (!before || !before->terrain)) {
        lf_json_key(json, "terrain");
        lf_json_open(json, '{');
        lf_json_key(json, "cols");
        lf_json_int(json, terrain->grid.cols);
        lf_json_key(json, "rows");
        lf_json_int(json, terrain->grid.rows);
        lf_json_key(json, "cell_m");
        lf_json_real(json, terrain->grid.cell_m);
        lf_json_key(json, "quality");
        lf_json_text(json, lf_quality_name(terrain->quality));
        lf_json_close(json, '}');
    }
    lf_json_close(json, '}');
}
