// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Columns of a feature into the fields of a row, and the encoding of their texts.
#include "base/text.h"
#include "io/ogr/job.h"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_ascii(const char *text) {
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return !*text;
}

static bool layer_is_utf8(OGRLayerH layer) {
    OGRFeatureDefnH columns = OGR_L_GetLayerDefn(layer);
    OGRFeatureH feature;
    bool good = true;
    int count = OGR_FD_GetFieldCount(columns);
    for (int i = 0; i < count; i++)
        good = good && lf_text_is_utf8(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(columns, i)));
    OGR_L_ResetReading(layer);
    while (good && (feature = OGR_L_GetNextFeature(layer)) != NULL) {
        for (int i = 0; good && i < count; i++)
            if (OGR_Fld_GetType(OGR_FD_GetFieldDefn(columns, i)) == OFTString)
                good = lf_text_is_utf8(OGR_F_GetFieldAsString(feature, i));
        OGR_F_Destroy(feature);
    }
    return good;
}

void lf_io_ogr_find_encoding(lf_io_ogr_job *job) {
    for (int i = 0; job->raw_text && i < GDALDatasetGetLayerCount(job->dataset); i++)
        job->gbk = job->gbk || !layer_is_utf8(GDALDatasetGetLayer(job->dataset, i));
}

// Text that is not UTF-8 comes from Chinese office software: GBK.
const char *lf_io_ogr_text(lf_io_ogr_job *job, const char *text) {
    const char *copy;
    if (!text || !*text)
        return "";
    if (job->gbk ? is_ascii(text) : lf_text_is_utf8(text)) {
        copy = lf_arena_text(job->arena, text);
    } else {
        char *utf8 = CPLRecode(text, "CP936", CPL_ENC_UTF8);
        copy = lf_arena_text(job->arena, utf8 && lf_text_is_utf8(utf8) ? utf8 : "?");
        CPLFree(utf8);
        job->recoded++;
    }
    job->failed = job->failed || !copy;
    return copy ? copy : "";
}

// The column that holds the field: by the mapping, by its own name, by other names. -1 = none.
static int column_of(lf_io_ogr_job *job, OGRFeatureH feature, lf_layer layer, const char *field,
                     double *factor) {
    OGRFeatureDefnH columns = OGR_F_GetDefnRef(feature);
    const char *mapped = lf_io_ogr_map_field(job->map, layer, field, factor);
    int best = -1;
    for (int i = 0; i < OGR_FD_GetFieldCount(columns); i++) {
        const char *raw = OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(columns, i));
        const char *name = is_ascii(raw) ? raw : lf_io_ogr_text(job, raw);
        double one;
        if (mapped) {
            if (strcmp(name, mapped) == 0)
                return i;
            continue;
        }
        if (!lf_io_ogr_is_column(name, layer, field, &one) ||
            !OGR_F_IsFieldSetAndNotNull(feature, i))
            continue;
        if (best < 0 || strcmp(name, field) == 0) {
            best = i;
            *factor = one;
        }
    }
    return best;
}

const char *lf_io_ogr_column_text(lf_io_ogr_job *job, OGRFeatureH feature, lf_layer layer,
                                  const char *field, double *factor) {
    *factor = 1;
    int column = column_of(job, feature, layer, field, factor);
    if (column < 0 || !OGR_F_IsFieldSetAndNotNull(feature, column))
        return "";
    return lf_io_ogr_text(job, OGR_F_GetFieldAsString(feature, column));
}

// "18", "18.5 m", "DN300", "6层": the first number in the text.
static bool first_number(const char *text, double *value) {
    char digits[40];
    size_t length = 0;
    const char *start = strpbrk(text, "0123456789");
    if (!start)
        return false;
    bool minus = start > text && start[-1] == '-';
    for (; length + 2 < sizeof digits && (*start == '.' || (*start >= '0' && *start <= '9') ||
                                          ((*start == 'e' || *start == 'E') && length > 0 &&
                                           (start[1] == '+' || start[1] == '-')));
         start++) {
        digits[length++] = *start;
        if (*start == 'e' || *start == 'E')
            digits[length++] = *++start;
    }
    digits[length] = '\0';
    if (length && digits[length - 1] == '.')
        digits[length - 1] = '\0';
    if (!lf_text_real(digits, value))
        return false;
    *value = minus ? -*value : *value;
    return true;
}

static void remember_bad(lf_io_ogr_job *job, const char *label, const lf_field *field,
                         const char *text) {
    if (!job->bad_values++)
        snprintf(job->bad_value, sizeof job->bad_value, "%s of %s is \"%.60s\"", field->name, label,
                 text);
}

static bool set_truth(const lf_field *field, lf_row *row, const char *text) {
    char lower[24];
    snprintf(lower, sizeof lower, "%s", text);
    lf_io_ogr_lower(lower);
    bool yes = !strcmp(lower, "1") || !strcmp(lower, "yes") || !strcmp(lower, "true") ||
               !strcmp(lower, "y") || !strcmp(lower, "是") || !strcmp(lower, "有");
    bool no = !strcmp(lower, "0") || !strcmp(lower, "no") || !strcmp(lower, "false") ||
              !strcmp(lower, "n") || !strcmp(lower, "否") || !strcmp(lower, "无");
    if (yes || no)
        *(bool *)((char *)row + field->offset) = yes;
    return yes || no;
}

static bool set_number(const lf_field *field, lf_row *row, const char *text, double factor) {
    char *at = (char *)row + field->offset;
    double value;
    if (!first_number(text, &value))
        return false;
    value *= factor;
    // A pipe of "DN300" or 300 is given in millimetres.
    if (strcmp(field->name, "diameter_m") == 0 && value > 20)
        value /= 1000;
    if ((field->low != 0 || field->high != 0) && !(value >= field->low && value <= field->high))
        return false;
    if (field->type == LF_INT)
        *(int *)at = (int)nearbyint(value);
    else
        *(double *)at = value;
    return true;
}

static bool set_field(lf_io_ogr_job *job, lf_layer layer, const lf_field *field, lf_row *row,
                      const char *text, double factor) {
    int known;
    switch (field->type) {
    case LF_TEXT:
        *(const char **)((char *)row + field->offset) = lf_spec_text(job->spec, text);
        return true;
    case LF_ENUM:
        known = lf_io_ogr_guess_value(layer, field, text);
        if (known >= 0)
            *(int *)((char *)row + field->offset) = known;
        return known >= 0;
    case LF_BOOL:
        return set_truth(field, row, text);
    default:
        return set_number(field, row, text, factor);
    }
}

// Ids of other rows have no meaning outside a package: networks are joined by name and place.
static bool is_reference(const lf_field *field) {
    return field->type == LF_INT && field->high == 2147483647.0;
}

void lf_io_ogr_read_fields(lf_io_ogr_job *job, OGRFeatureH feature, lf_layer layer, lf_row *row,
                           bool *read, const char *label) {
    const lf_table *table = lf_layer_table(layer);
    double factor;
    for (int i = 0; i < table->count; i++) {
        const lf_field *field = &table->fields[i];
        read[i] = false;
        if (is_reference(field))
            continue;
        const char *text = lf_io_ogr_column_text(job, feature, layer, field->name, &factor);
        if (!*text)
            continue;
        read[i] = set_field(job, layer, field, row, text, factor);
        // "yes" of building=yes is no use, and no mistake either
        if (!read[i] && strcmp(text, "yes") != 0)
            remember_bad(job, label, field, text);
    }
    row->name =
        lf_spec_text(job->spec, lf_io_ogr_column_text(job, feature, layer, "name", &factor));
    const char *quality = lf_io_ogr_column_text(job, feature, layer, "quality", &factor);
    row->quality = LF_TAGGED;
    for (int q = 0; q < LF_QUALITY_COUNT; q++)
        if (strcmp(quality, lf_quality_name((lf_quality)q)) == 0)
            row->quality = (lf_quality)q;
}
