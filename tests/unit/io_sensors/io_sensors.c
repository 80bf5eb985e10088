// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Sensor series: layouts, units, zones, and every kind of dirt that loggers leave behind.
#include "check.h"

#include "lifang/lifang.h"

typedef struct outcome {
    lf_spec *spec;
    lf_issues *issues;
    lf_error error;
    lf_code code;
} outcome;

static void write_file(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    fputs(text, file);
    fclose(file);
}

static outcome import_named(const char *path, const char *text, const char *crs) {
    write_file(path, text);
    outcome out = {.spec = lf_spec_create(NULL), .issues = lf_issues_create()};
    lf_parking *area = lf_spec_add(out.spec, LF_PARKING);
    const lf_vec2 ring[] = {{10, 10}, {30, 10}, {30, 20}, {10, 20}};
    const int parts[] = {0, 4};
    area->row.shape = lf_spec_polygon(out.spec, ring, parts, 1);
    lf_import_def def = lf_default_import_def();
    def.path = path;
    def.crs = crs;
    out.code = lf_io_import(out.spec, &def, out.issues, &out.error);
    return out;
}

static outcome import(const char *text) {
    return import_named("io_sensors_test.csv", text, "EPSG:4547");
}

static void done(outcome *out) {
    lf_spec_destroy(out->spec);
    lf_issues_destroy(out->issues);
    remove("io_sensors_test.csv");
}

static int issues_at(const outcome *out, lf_severity severity, lf_code code, int line) {
    int found = 0;
    for (int i = 0; i < lf_issues_kept(out->issues); i++) {
        const lf_issue *issue = lf_issues_at(out->issues, i);
        found += issue->severity == severity && issue->code == code && issue->line == line;
    }
    return found;
}

#define HEAD "sensor,kind,x,y,target,unit,time,value\n"

static void test_long(void) {
    outcome out = import("# quality: synthetic\n" HEAD
                         "R,rain,528600,3386200,,mm/h,2025-07-14T18:00:00+08:00,1.5\n"
                         "T,stall_count,,,parking/1,1,2025-07-14T10:00:00Z,7\n"
                         "R,rain,528600,3386200,,mm/h,2025-07-14T18:05:00+08:00,2.5\n");
    CHECK(out.code == LF_OK);
    CHECK(lf_spec_count(out.spec, LF_SENSORS) == 2);
    const lf_sensor *rows = lf_spec_at_const(out.spec, LF_SENSORS, 0);
    CHECK(rows[0].kind == LF_SENSOR_RAIN && rows[0].row.quality == LF_SYNTHETIC);
    CHECK(rows[0].samples.count == 2);
    // 2025-07-14 10:00 UTC.
    CHECK_NEAR(rows[0].samples.start_unix_s, 1752487200.0, 0);
    CHECK_NEAR(rows[0].samples.time_s[1], 300, 0);
    CHECK_NEAR(rows[0].samples.values[1], 2.5, 0);
    CHECK(rows[1].kind == LF_SENSOR_STALL_COUNT);
    CHECK_NEAR(rows[1].samples.start_unix_s, 1752487200.0, 0);
    CHECK_TEXT(rows[1].target, "parking/1");
    // No coordinates: it stands at the centre of its target.
    CHECK_NEAR(rows[1].row.shape.points[0].x, 20, 1e-9);
    CHECK_NEAR(rows[1].row.shape.points[0].y, 15, 1e-9);
    CHECK(lf_issues_count(out.issues, LF_WARNING) == 0);
    done(&out);
}

static void test_dirt(void) {
    outcome out = import(HEAD "R,depth,528600,3386200,,cm,2025-07-14T18:00:00+08:00,10\n"
                              "R,depth,,,,cm,2025-07-14T18:10:00+08:00,30\n"
                              "R,depth,,,,cm,2025-07-14T18:05:00+08:00,20\n"
                              "R,depth,,,,cm,2025-07-14T18:05:00+08:00,20\n"
                              "R,depth,,,,cm,2025-07-14T18:05:00+08:00,25\n"
                              "R,depth,,,,cm,2025-07-14T18:15:00+08:00,NaN\n"
                              "R,depth,,,,cm,2025-07-14T18:20:00+08:00,\n"
                              "R,depth,,,,cm,2025-07-14T18:25:00+08:00,-5\n"
                              "R,depth,,,,cm,2025-07-14T19:00:00+08:00,40\n");
    CHECK(out.code == LF_OK);
    const lf_sensor *row = lf_spec_at_const(out.spec, LF_SENSORS, 0);
    CHECK(row->samples.count == 4);
    const double values[] = {0.10, 0.20, 0.30, 0.40};
    for (int i = 0; i < 4; i++)
        CHECK_NEAR(row->samples.values[i], values[i], 1e-15);
    CHECK(issues_at(&out, LF_WARNING, LF_INVALID, 4) == 1);   // disorder
    CHECK(issues_at(&out, LF_WARNING, LF_DUPLICATE, 5) == 1); // repeat
    CHECK(issues_at(&out, LF_WARNING, LF_DUPLICATE, 6) == 1); // contradiction
    CHECK(issues_at(&out, LF_WARNING, LF_MISSING, 7) == 1);   // NaN and empty, counted together
    CHECK(issues_at(&out, LF_WARNING, LF_RANGE, 9) == 1);     // negative depth
    CHECK(issues_at(&out, LF_WARNING, LF_MISSING, 10) == 1);  // gap
    CHECK(row->row.quality == LF_MEASURED);
    done(&out);
}

static void test_rain_amounts(void) {
    outcome out = import(HEAD "R,rain,528600,3386200,,mm,2025-07-14T18:00:00+08:00,0\n"
                              "R,rain,,,,mm,2025-07-14T18:05:00+08:00,1.0\n"
                              "R,rain,,,,mm,2025-07-14T18:10:00+08:00,0.5\n");
    CHECK(out.code == LF_OK);
    const lf_sensor *row = lf_spec_at_const(out.spec, LF_SENSORS, 0);
    CHECK_NEAR(row->samples.values[1], 12, 1e-12);
    CHECK_NEAR(row->samples.values[2], 6, 1e-12);
    CHECK_TEXT(row->unit, "mm/h");
    done(&out);
}

static void test_zoneless_time(void) {
    outcome out = import(HEAD "R,rain,528600,3386200,,mm/h,2025-07-14 18:00,0\n");
    CHECK(out.code == LF_OK);
    const lf_sensor *row = lf_spec_at_const(out.spec, LF_SENSORS, 0);
    CHECK_NEAR(row->samples.start_unix_s, 1752487200.0, 0);
    CHECK(issues_at(&out, LF_WARNING, LF_OK, 2) == 1);
    int count = 0;
    lf_spec_assumptions(out.spec, &count);
    CHECK(count == 1);
    done(&out);
}

static void test_mistakes(void) {
    outcome out = import(HEAD "R,rian,528600,3386200,,mm/h,2025-07-14T18:00:00+08:00,0\n"
                              "S,rain,528600,3386200,,furlong,2025-07-14T18:00:00+08:00,0\n"
                              "U,rain,528600,3386200,,mm/h,2025-02-30T18:00:00+08:00,0\n"
                              "U,rain,528600,3386200,,mm/h,2025-02-28T18:00:00+08:00,wet\n"
                              "V,rain,here,3386200,,mm/h,14.07.2025,1\n");
    CHECK(out.code == LF_UNKNOWN_KEY);
    CHECK(lf_error_exit_code(&out.error) == 3);
    CHECK(issues_at(&out, LF_ERROR, LF_UNKNOWN_KEY, 2) == 1);
    CHECK(issues_at(&out, LF_ERROR, LF_UNKNOWN_KEY, 3) == 1);
    CHECK(issues_at(&out, LF_ERROR, LF_TYPE, 4) == 1);
    CHECK(issues_at(&out, LF_ERROR, LF_TYPE, 5) == 1);
    CHECK(issues_at(&out, LF_ERROR, LF_TYPE, 6) == 2);
    done(&out);
    out = import(HEAD "T,stall_count,,,parking/99,1,2025-07-14T10:00:00Z,7\n");
    CHECK(out.code == LF_REFERENCE);
    done(&out);
    out = import(HEAD);
    CHECK(out.code == LF_EMPTY);
    done(&out);
    out = import_named("io_sensors_test.csv",
                       HEAD "R,rain,528600,3386200,,mm/h,2025-07-14T18:00:00Z,0\n", NULL);
    CHECK(out.code == LF_CRS);
    done(&out);
    out = import(HEAD "R,rain,528600\n");
    CHECK(out.code == LF_FORMAT);
    done(&out);
}

static void test_wide(void) {
    write_file("io_sensors_test.meta.csv", "sensor,kind,x,y,target,unit,quality\n"
                                           "A,rain,528600,3386200,,mm/h,tagged\n"
                                           "B,level,528610,3386210,,m,\n");
    outcome out = import("time,A,B\n2025-07-14T18:00:00+08:00,1,24.10\n"
                         "2025-07-14T18:05:00+08:00,2,\n");
    CHECK(out.code == LF_OK);
    CHECK(lf_spec_count(out.spec, LF_SENSORS) == 2);
    const lf_sensor *rows = lf_spec_at_const(out.spec, LF_SENSORS, 0);
    CHECK(rows[0].row.quality == LF_TAGGED && rows[0].samples.count == 2);
    CHECK(rows[1].kind == LF_SENSOR_LEVEL && rows[1].samples.count == 1);
    done(&out);
    out = import("time,A,C\n2025-07-14T18:00:00+08:00,1,24.10\n");
    CHECK(out.code == LF_REFERENCE);
    done(&out);
    remove("io_sensors_test.meta.csv");
    out = import("time,A,C\n2025-07-14T18:00:00+08:00,1,24.10\n");
    CHECK(out.code != LF_OK); // nobody describes the columns, so nobody knows the file
    done(&out);
}

int main(void) {
    test_long();
    test_dirt();
    test_rain_amounts();
    test_zoneless_time();
    test_mistakes();
    test_wide();
    return lf_check_end();
}
