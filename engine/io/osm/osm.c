// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The importer of OpenStreetMap extracts: parse, project, areas, roads, lines, relations between
// them, and what had to be assumed.
#include "io/osm/job.h"
#include "io/path.h"
#include "io/registry.h"

#include "geo/frame.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *lf_io_osm_feature(char text[40], const char *kind, int64_t id) {
    snprintf(text, 40, "%s/%lld", kind, (long long)id);
    return text;
}

static bool has(const unsigned char *head, size_t size, const char *word) {
    size_t length = strlen(word);
    for (size_t i = 0; i + length <= size; i++)
        if (memcmp(head + i, word, length) == 0)
            return true;
    return false;
}

static bool is_pbf(const unsigned char *head, size_t size) {
    return size > 20 && head[0] == 0 && has(head, size < 40 ? size : 40, "OSMHeader");
}

static int sniff(const char *path, const unsigned char *head, size_t size) {
    if (has(head, size, "<osm ") || has(head, size, "<osm>") || has(head, size, "<osmChange"))
        return 100;
    if (is_pbf(head, size))
        return 100;
    return lf_io_path_ends(path, ".osm") ? 60 : 0;
}

// Where the data lies: the stated bounds, or the mean of all nodes.
static void centre_of(const lf_io_osm_data *osm, double *lon, double *lat) {
    double x = 0, y = 0;
    if (osm->has_bounds) {
        *lon = (osm->bounds[0] + osm->bounds[2]) / 2;
        *lat = (osm->bounds[1] + osm->bounds[3]) / 2;
        return;
    }
    for (size_t i = 0; i < osm->node_count; i++) {
        x += osm->nodes[i].longitude_deg;
        y += osm->nodes[i].latitude_deg;
    }
    *lon = x / (double)osm->node_count;
    *lat = y / (double)osm->node_count;
}

static lf_code project(lf_io_osm_job *job, lf_error *error) {
    const lf_io_osm_data *osm = job->osm;
    lf_geo_transform *transform = NULL;
    job->local = malloc((osm->node_count + 1) * sizeof *job->local);
    if (!job->local)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the nodes");
    lf_code code =
        lf_geo_transform_create("EPSG:4326", lf_spec_frame_const(job->spec), &transform, error);
    for (size_t i = 0; code == LF_OK && i < osm->node_count; i++)
        if (!lf_geo_transform_point(transform, osm->nodes[i].longitude_deg,
                                    osm->nodes[i].latitude_deg, &job->local[i]))
            job->local[i].x = job->local[i].y = NAN;
    lf_geo_transform_destroy(transform);
    return code;
}

static void note(lf_io_osm_job *job, lf_severity severity, int count, const char *what,
                 const char *mend) {
    if (count)
        lf_issues_addf(job->issues, severity, LF_OK, job->def->label, 0, "", mend, "%d %s", count,
                       what);
}

static void report(lf_io_osm_job *job) {
    note(job, LF_WARNING, job->incomplete_areas,
         "areas reach beyond the extract (members or nodes are missing) and were left out",
         "download a larger extract, with complete ways and relations");
    note(job, LF_WARNING, job->incomplete_roads,
         "roads have nodes that are not in the extract and were cut there",
         "download a larger extract, with complete ways");
    note(job, LF_NOTE, job->roofs, "roofs without walls or underground buildings were left out",
         "");
    note(job, LF_NOTE, job->closed_roads,
         "highways of other kinds (construction, proposed, platforms ...) were left out", "");
    note(job, LF_NOTE, job->bollards, "bollards stand on drivable roads and are not modelled", "");
    note(job, LF_NOTE, job->foot_gates, "gates that no car passes were left out", "");
    note(job, LF_NOTE, job->parking_points,
         "parking places mapped as a point have no area and were left out",
         "draw their area in the map or in the package");
    note(job, LF_NOTE, job->water_lines, "rivers or ditches mapped as a line were left out",
         "draw their area");
}

static lf_code fill(lf_io_osm_job *job, lf_error *error) {
    lf_code code = lf_io_osm_resolve(job->osm, error);
    if (code == LF_OK)
        code = project(job, error);
    if (code == LF_OK)
        code = lf_io_clip_of(job->spec, job->def, &job->clip_storage, &job->clip, error);
    if (code == LF_OK)
        code = lf_io_osm_read_areas(job, error);
    if (code == LF_OK)
        code = lf_io_osm_read_roads(job, error);
    if (code == LF_OK)
        code = lf_io_osm_read_lines(job, error);
    if (code == LF_OK && job->osm->failed)
        code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the OSM layers");
    if (code == LF_OK)
        code = lf_io_relate(job->spec, &job->mark, job->def->label, job->issues, error);
    return code;
}

static lf_code parse(lf_io_osm_job *job, lf_error *error) {
    unsigned char head[64];
    size_t count;
    const lf_import_def *def = job->def;
    lf_code code = lf_io_path_head(def->path, head, sizeof head, &count, error);
    if (code != LF_OK)
        return code;
    return is_pbf(head, count)
               ? lf_io_osm_parse_pbf(def->path, job->osm, error)
               : lf_io_osm_parse(def->path, def->label, job->osm, job->issues, error);
}

static lf_code read_osm(lf_spec *spec, const lf_import_def *def, lf_issues *issues,
                        lf_error *error) {
    lf_io_osm_job job = {.spec = spec, .def = def, .issues = issues, .mark = lf_io_mark_now(spec)};
    int before = lf_io_count_all(spec);
    double lon, lat;
    job.osm = lf_io_osm_create();
    if (!job.osm)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the OSM extract");
    lf_code code = parse(&job, error);
    if (code == LF_OK && !job.osm->node_count)
        code = lf_fail(error, LF_EMPTY, LF_FROM_INPUT, "the extract holds no nodes");
    if (code == LF_OK) {
        centre_of(job.osm, &lon, &lat);
        code = lf_io_ensure_frame(spec, def, lon, lat, issues, error);
    }
    if (code == LF_OK)
        code = fill(&job, error);
    if (code == LF_OK) {
        lf_io_fill(spec, &job.mark, &job.assumed);
        lf_io_state_assumptions(spec, &job.assumed, def->label);
        report(&job);
        if (lf_io_count_all(spec) == before)
            code = lf_fail(error, LF_EMPTY, LF_FROM_INPUT, "nothing of the extract %s; check %s",
                           def->clip ? "lies in the clip window" : "fits a layer of the twin",
                           def->clip ? "west,south,east,north" : "the file");
    }
    lf_geo_rings_free(&job.rings);
    free(job.local);
    lf_io_osm_destroy(job.osm);
    return code;
}

const lf_importer lf_io_osm = {"osm", "OpenStreetMap extracts, XML (.osm) and PBF (.osm.pbf)",
                               sniff, read_osm, NULL};
