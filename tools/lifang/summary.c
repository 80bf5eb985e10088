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

// One raster of the estate, the rain being the last of them.
typedef struct raster_sum {
    const char *name, *unit;
    const lf_grid *grid; // NULL = there is none
    const float *values;
    int count; // layers of values
    lf_quality quality;
} raster_sum;

static raster_sum raster_of(const lf_spec *spec, int k) {
    if (k < LF_RASTER_KIND_COUNT) {
        const lf_raster_info *info = lf_spec_raster_info((lf_raster_kind)k);
        const lf_raster *raster = lf_spec_raster(spec, (lf_raster_kind)k);
        return raster ? (raster_sum){info->name,     info->unit, &raster->grid,
                                     raster->values, 1,          raster->quality}
                      : (raster_sum){.name = info->name};
    }
    const lf_raster_info *info = lf_spec_rain_info();
    const lf_rain_grid *rain = lf_spec_rain(spec);
    return rain ? (raster_sum){info->name,   info->unit,  &rain->grid,
                               rain->values, rain->count, rain->quality}
                : (raster_sum){.name = info->name};
}

cli_stock cli_stock_of(const lf_spec *spec) {
    cli_stock stock = {.rows = {0}};
    for (int k = 0; k <= LF_RASTER_KIND_COUNT; k++) {
        stock.rasters[k] = raster_of(spec, k).values;
    }
    for (int layer = 0; layer < LF_LAYER_COUNT; layer++) {
        stock.rows[layer] = lf_spec_count(spec, (lf_layer)layer);
    }
    return stock;
}

static void print_raster(const raster_sum *raster) {
    size_t cells = (size_t)raster->grid->cols * (size_t)raster->grid->rows;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < cells * (size_t)raster->count; i++) {
        if (!isnan(raster->values[i])) {
            low = fmin(low, (double)raster->values[i]);
            high = fmax(high, (double)raster->values[i]);
        }
    }
    int digits = high < 2 ? 3 : 1;
    printf("  %-15s %d x %d cells of %g m, %.*f to %.*f %s, %s\n", raster->name, raster->grid->cols,
           raster->grid->rows, raster->grid->cell_m, digits, low, digits, high, raster->unit,
           lf_quality_name(raster->quality));
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
    for (int k = 0; k <= LF_RASTER_KIND_COUNT; k++) {
        raster_sum raster = raster_of(spec, k);
        if (raster.grid && (!before || before->rasters[k] != raster.values)) {
            print_raster(&raster);
        }
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

static void json_raster(lf_json *json, const raster_sum *raster) {
    lf_json_key(json, raster->name);
    lf_json_open(json, '{');
    lf_json_key(json, "cols");
    lf_json_int(json, raster->grid->cols);
    lf_json_key(json, "rows");
    lf_json_int(json, raster->grid->rows);
    lf_json_key(json, "cell_m");
    lf_json_real(json, raster->grid->cell_m);
    lf_json_key(json, "quality");
    lf_json_text(json, lf_quality_name(raster->quality));
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
    for (int k = 0; k <= LF_RASTER_KIND_COUNT; k++) {
        raster_sum raster = raster_of(spec, k);
        if (raster.grid && (!before || before->rasters[k] != raster.values)) {
            json_raster(json, &raster);
        }
    }
    lf_json_close(json, '}');
}
