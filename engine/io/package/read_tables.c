// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The tables of a package that have no geometry: its own description, samples, works, assumptions.
#include "io/package/gpkg.h"
#include "io/package/read.h"

#include "base/memory.h"
#include "base/text.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool lf_io_package_meta(lf_io_package_job *job, const char *key, char *out, size_t size) {
    OGRLayerH table = GDALDatasetGetLayerByName(job->dataset, LF_IO_PACKAGE_META);
    OGRFeatureH row;
    bool found = false;
    out[0] = '\0';
    if (!table)
        return false;
    OGR_L_ResetReading(table);
    while (!found && (row = OGR_L_GetNextFeature(table)) != NULL) {
        if (strcmp(OGR_F_GetFieldAsString(row, 0), key) == 0) {
            snprintf(out, size, "%s", OGR_F_GetFieldAsString(row, 1));
            found = true;
        }
        OGR_F_Destroy(row);
    }
    return found;
}

double lf_io_package_number(lf_io_package_job *job, const char *key, double otherwise) {
    char text[80];
    double value;
    return lf_io_package_meta(job, key, text, sizeof text) && lf_text_real(text, &value)
               ? value
               : otherwise;
}

lf_quality lf_io_package_quality(const char *name) {
    for (int q = 0; q < LF_QUALITY_COUNT; q++)
        if (strcmp(name, lf_quality_name((lf_quality)q)) == 0)
            return (lf_quality)q;
    return LF_ASSUMED;
}

typedef struct sample {
    lf_id sensor;
    int order;
    double time_s, value;
} sample;

static int compare_samples(const void *a, const void *b) {
    const sample *p = a, *q = b;
    if (p->sensor != q->sensor)
        return p->sensor < q->sensor ? -1 : 1;
    if (p->time_s != q->time_s)
        return p->time_s < q->time_s ? -1 : 1;
    return p->order - q->order;
}

static bool give_samples(lf_io_package_job *job, const sample *list, size_t count) {
    double *time_s = malloc((count + 1) * sizeof *time_s);
    double *values = malloc((count + 1) * sizeof *values);
    bool good = time_s && values;
    for (size_t first = 0; good && first < count;) {
        size_t end = first;
        for (; end < count && list[end].sensor == list[first].sensor; end++) {
            time_s[end - first] = list[end].time_s;
            values[end - first] = list[end].value;
        }
        int at = lf_spec_find(job->spec, LF_SENSORS, list[first].sensor + job->offset[LF_SENSORS]);
        if (at >= 0) {
            lf_sensor *sensor = lf_spec_at(job->spec, LF_SENSORS, at);
            sensor->samples = lf_spec_samples(job->spec, time_s, values, (int)(end - first),
                                              sensor->samples.start_unix_s);
        } else {
            lf_issues_addf(job->issues, LF_WARNING, LF_REFERENCE, job->def->label, 0, "",
                           "add the sensor or delete its samples",
                           "%d samples belong to sensor %u, which does not exist",
                           (int)(end - first), (unsigned)list[first].sensor);
        }
        first = end;
    }
    free(time_s);
    free(values);
    return good;
}

static lf_code read_samples(lf_io_package_job *job, lf_error *error) {
    OGRLayerH table = GDALDatasetGetLayerByName(job->dataset, LF_IO_PACKAGE_SAMPLES);
    sample *list = NULL;
    size_t count = 0, capacity = 0;
    OGRFeatureH row;
    bool good = true;
    if (!table)
        return LF_OK;
    OGR_L_ResetReading(table);
    while (good && (row = OGR_L_GetNextFeature(table)) != NULL) {
        good = lf_memory_grow(NULL, (void **)&list, &capacity, count + 1, sizeof *list);
        if (good) {
            sample one = {(lf_id)OGR_F_GetFieldAsInteger(row, 0), (int)count,
                          OGR_F_GetFieldAsDouble(row, 1), OGR_F_GetFieldAsDouble(row, 2)};
            list[count++] = one;
        }
        OGR_F_Destroy(row);
    }
    if (good && count) {
        qsort(list, count, sizeof *list, compare_samples);
        good = give_samples(job, list, count);
    }
    lf_memory_give(NULL, list, capacity * sizeof *list);
    return good ? LF_OK : lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the samples");
}

static void read_works(lf_io_package_job *job) {
    OGRLayerH table = GDALDatasetGetLayerByName(job->dataset, LF_IO_PACKAGE_WORKS);
    OGRFeatureH row;
    if (!table)
        return;
    OGR_L_ResetReading(table);
    while ((row = OGR_L_GetNextFeature(table)) != NULL) {
        lf_work work = {.measure = lf_spec_text(job->spec, OGR_F_GetFieldAsString(row, 0)),
                        .label = lf_spec_text(job->spec, OGR_F_GetFieldAsString(row, 1)),
                        .price_key = lf_spec_text(job->spec, OGR_F_GetFieldAsString(row, 2)),
                        .unit = lf_spec_text(job->spec, OGR_F_GetFieldAsString(row, 3)),
                        .quality = lf_io_package_quality(OGR_F_GetFieldAsString(row, 4)),
                        .quantity = OGR_F_GetFieldAsDouble(row, 5),
                        .capex_cny = OGR_F_GetFieldAsDouble(row, 6),
                        .opex_cny_year = OGR_F_GetFieldAsDouble(row, 7),
                        .revenue_cny_year = OGR_F_GetFieldAsDouble(row, 8),
                        .life_years = OGR_F_GetFieldAsDouble(row, 9)};
        lf_spec_add_work(job->spec, &work);
        OGR_F_Destroy(row);
    }
}

static void read_assumptions(lf_io_package_job *job) {
    OGRLayerH table = GDALDatasetGetLayerByName(job->dataset, LF_IO_PACKAGE_ASSUMPTIONS);
    OGRFeatureH row;
    if (!table)
        return;
    OGR_L_ResetReading(table);
    while ((row = OGR_L_GetNextFeature(table)) != NULL) {
        lf_quality quality = lf_io_package_quality(OGR_F_GetFieldAsString(row, 0));
        lf_spec_add_assumption(job->spec, quality, "%s", OGR_F_GetFieldAsString(row, 1));
        OGR_F_Destroy(row);
    }
}

lf_code lf_io_package_read_tables(lf_io_package_job *job, lf_error *error) {
    read_works(job);
    read_assumptions(job);
    return read_samples(job, error);
}
