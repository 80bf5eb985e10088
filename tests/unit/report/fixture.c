// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The estate of the report's tests: 12 slab blocks on a plane that falls to the south-east, where
// rain stands. Every number follows from the formulas below; nothing is taken from a run.
#include "fixture.h"

#include "base/file.h"
#include "lifang/retro.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { COLS = 150, ROWS = 110, CELL_M = 2, STEPS = 73, YEARS = 15, LINES = 6 };

static double ground_m(double x, double y) {
    double bowl = hypot(x - 250, y - 45) / 60;
    return 20 + 0.004 * (300 - x) + 0.003 * y - 0.55 * exp(-bowl * bowl);
}

static lf_shape box(lf_spec *spec, double x, double y, double w, double h) {
    const lf_vec2 ring[] = {{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}};
    return lf_spec_polygon(spec, ring, (int[]){0, 4}, 1);
}

static void add_buildings(lf_spec *spec) {
    for (int i = 0; i < 12; i++) {
        lf_building *b = lf_spec_add(spec, LF_BUILDINGS);
        b->row.shape = box(spec, 25 + 92 * (i % 3), 28 + 48 * (i / 3), 62, 12);
        b->row.name = i == 4 ? FIXTURE_EVIL : lf_spec_textf(spec, "%d号楼", i + 1);
        b->row.quality = LF_TAGGED;
        b->row.source = "estate.gpkg";
        b->row.assumed = i % 3 == 0 ? 2 : 0;
        b->storeys = 6;
        b->households = 72;
    }
}

static lf_id add_node(lf_spec *spec, double x, double y) {
    lf_road_node *node = lf_spec_add(spec, LF_ROAD_NODES);
    node->row.shape = lf_spec_point(spec, (lf_vec2){x, y});
    node->row.quality = LF_TAGGED;
    return node->row.id;
}

static void add_road(lf_spec *spec, const lf_id ids[5][4], int from, int to) {
    int count;
    const lf_road_node *nodes = lf_spec_rows_const(spec, LF_ROAD_NODES, &count);
    lf_road *road = lf_spec_add(spec, LF_ROADS);
    lf_vec2 line[2] = {nodes[from].row.shape.points[0], nodes[to].row.shape.points[0]};
    road->row.shape = lf_spec_line(spec, line, 2, NULL);
    road->row.quality = LF_TAGGED;
    road->from = ids[from / 4][from % 4];
    road->to = ids[to / 4][to % 4];
    road->width_m = from / 4 == 0 && to / 4 == 0 ? 7 : 4.5;
}

static void add_roads(lf_spec *spec) {
    lf_id ids[5][4];
    for (int r = 0; r < 5; r++) {
        for (int c = 0; c < 4; c++) {
            ids[r][c] = add_node(spec, 8 + 94 * c, 14 + 47 * r);
        }
    }
    for (int r = 0; r < 5; r++) {
        for (int c = 0; c < 4; c++) {
            if (c < 3) {
                add_road(spec, (const lf_id(*)[4])ids, r * 4 + c, r * 4 + c + 1);
            }
            if (r < 4) {
                add_road(spec, (const lf_id(*)[4])ids, r * 4 + c, r * 4 + c + 4);
            }
        }
    }
}

static void add_places(lf_spec *spec, bool more) {
    for (int i = 0; i < 3; i++) {
        lf_parking *p = lf_spec_add(spec, LF_PARKING);
        p->row.shape = box(spec, 30 + 92 * i, 46, 50, 5.5);
        p->row.name = lf_spec_textf(spec, "%d号院停车", i + 1);
        p->row.quality = LF_TAGGED;
        p->capacity = more ? 24 : 18;
    }
    for (int i = 0; i < 9; i++) {
        lf_green *g = lf_spec_add(spec, LF_GREEN);
        g->row.shape = box(spec, 27 + 92 * (i % 3), 66 + 48 * (i / 3.0 - i % 3 / 3.0), 56, 8);
        g->row.quality = LF_ASSUMED;
        g->kind = more && i < 3 ? LF_GREEN_RAIN_GARDEN : LF_GREEN_LAWN;
    }
    for (int i = 0; i < 40; i++) {
        lf_tree *t = lf_spec_add(spec, LF_TREES);
        t->row.shape = lf_spec_point(spec, (lf_vec2){16 + 7 * i, 20 + i % 4 * 47});
        t->row.quality = LF_SYNTHETIC;
        t->crown_m = 3 + i % 4;
    }
    lf_gate *gate = lf_spec_add(spec, LF_GATES);
    gate->row.shape = lf_spec_point(spec, (lf_vec2){290, 14});
    gate->row.name = "东门";
    gate->row.quality = LF_MEASURED;
    lf_sensor *sensor = lf_spec_add(spec, LF_SENSORS);
    sensor->row.shape = lf_spec_point(spec, (lf_vec2){250, 22});
    sensor->row.name = "东门积水计";
    sensor->row.quality = LF_MEASURED;
}

static lf_twin *make_twin(int option) {
    lf_spec *spec = lf_spec_create(NULL);
    lf_error error;
    lf_twin *twin = NULL;
    float *dem = malloc(COLS * ROWS * sizeof *dem);
    assert(spec && dem);
    for (int i = 0; i < COLS * ROWS; i++) {
        dem[i] = (float)ground_m((i % COLS + 0.5) * CELL_M, ((int)(i / COLS) + 0.5) * CELL_M);
    }
    lf_spec_set_name(spec, "红旗新村");
    snprintf(lf_spec_frame(spec)->crs, 64, "EPSG:4547");
    lf_spec_set_terrain(spec, &(lf_grid){COLS, ROWS, 0, 0, CELL_M}, dem, LF_SYNTHETIC, "fixture");
    add_buildings(spec);
    add_roads(spec);
    add_places(spec, option > 0);
    lf_spec_add_assumption(spec, LF_ASSUMED, "4 of 12 buildings have no storeys: 6 assumed.");
    lf_spec_add_assumption(spec, LF_SYNTHETIC, "Terrain made by rule " FIXTURE_EVIL);
    if (option > 0) {
        lf_spec_add_work(spec, &(lf_work){"rain_garden", "雨水花园", "rain_garden", 1344, "m2",
                                          806400, 26880, 0, 20, LF_ASSUMED});
    }
    lf_code code = lf_twin_compile(spec, &twin, NULL, &error);
    if (code != LF_OK) {
        char text[1024];
        printf("fixture: %s\n", lf_error_format(&error, text, sizeof text));
        exit(1);
    }
    lf_spec_destroy(spec);
    free(dem);
    return twin;
}

static const lf_figure_def max_depth = {"drain.max_depth_m", "m", "greatest depth of water",
                                        "最大积水深度", -1};
static const lf_figure_def flooded = {"drain.flooded_area_m2", "m2", "area deeper than 15 cm",
                                      "积水超过15厘米面积", -1};
static const lf_figure_def balance = {"drain.balance_error_ratio", "1", "water that got lost",
                                      "水量误差率", -1};
static const lf_figure_def unserved = {"park.unserved_ratio", "1", "share of cars without a place",
                                       "停不下比例", -1};
static const lf_figure_def stalls = {"park.stalls", "1", "places where a car can stand", "停车位",
                                     1};
static const lf_figure_def search = {"park.search_mean_s", "s", "mean time to find a place",
                                     "平均寻位时间", -1};
static const lf_figure_def capex = {"retro.capex_cny", "yuan", "capital expenditure", "建设投资",
                                    -1};
static const lf_figure_def npv = {"retro.npv_cny", "yuan", "net present value", "财务净现值", 1};
static const lf_figure_def irr = {"retro.irr_ratio", "1", "internal rate of return",
                                  "财务内部收益率", 1};
static const lf_figure_def payback = {"retro.payback_years", "years", "static payback",
                                      "静态投资回收期", -1};
static const lf_figure_def payback_discounted = {"retro.payback_discounted_years", "years",
                                                 "discounted payback", "动态投资回收期", -1};

// Water stands level in the basin; a better sewer keeps the level lower.
static void add_water(lf_option_result *o, int option) {
    const double rise_m[3] = {0.52, 0.30, 0.14};
    double lowest = INFINITY, level, deepest = 0, area = 0;
    float *depth = malloc(COLS * ROWS * sizeof *depth);
    assert(depth);
    for (int i = 0; i < COLS * ROWS; i++) {
        lowest =
            fmin(lowest, ground_m((i % COLS + 0.5) * CELL_M, ((int)(i / COLS) + 0.5) * CELL_M));
    }
    level = lowest + rise_m[option];
    for (int i = 0; i < COLS * ROWS; i++) {
        double d = level - ground_m((i % COLS + 0.5) * CELL_M, ((int)(i / COLS) + 0.5) * CELL_M);
        depth[i] = i < COLS ? NAN : (float)fmax(d, 0);
        deepest = fmax(deepest, i < COLS ? 0 : d);
        area += i >= COLS && d > 0.15 ? CELL_M * CELL_M : 0;
    }
    const lf_grid grid = {COLS, ROWS, 0, 0, CELL_M};
    lf_option_add_raster(o, "max_depth_m", "greatest depth during the run", &grid, depth);
    free(depth);
    int count = lf_twin_count(lf_option_twin(o), LF_ROADS);
    const lf_road *rows = lf_twin_rows(lf_option_twin(o), LF_ROADS, &count);
    float *on_road = malloc((size_t)count * sizeof *on_road);
    assert(on_road);
    for (int i = 0; i < count; i++) {
        lf_vec2 mid = lf_shape_centre(&rows[i].row.shape);
        on_road[i] = (float)fmax(level - ground_m(mid.x, mid.y), 0);
    }
    lf_option_add_column(o, LF_ROADS, "max_depth_m", "greatest depth on the road", on_road, count);
    free(on_road);
    lf_option_set_figure(o, &max_depth, deepest, LF_SYNTHETIC);
    lf_option_set_figure(o, &flooded, area, LF_SYNTHETIC);
    lf_option_set_figure(o, &balance, 2.5e-9, LF_ASSUMED);
    const char *const names[] = {"东门_depth_m", "garage \"B1\", west_depth_m",
                                 "dry corner_depth_m"};
    int series = lf_option_add_series(o, "gauges", 3, names);
    for (int i = 0; i < STEPS; i++) {
        double hour = i / 12.0, pulse = exp(-pow((hour - 1.6) / 0.8, 2));
        float row[3] = {(float)(rise_m[option] * pulse), (float)(rise_m[option] * 0.45 * pulse),
                        i == 3 ? NAN : 0};
        lf_option_add_series_row(o, series, i * 300.0, row);
    }
    const char *const sums[] = {"rain_mm_h", "flooded_area_m2"};
    series = lf_option_add_series(o, "drain", 2, sums);
    for (int i = 0; i < STEPS; i++) {
        double hour = i / 12.0;
        float row[2] = {(float)(hour > 0.2 && hour < 2 ? 90 * exp(-pow((hour - 0.9) * 3, 2)) : 0),
                        (float)(area * exp(-pow((hour - 1.6) / 0.8, 2)))};
        lf_option_add_series_row(o, series, i * 300.0, row);
    }
    const lf_ledger_line in[] = {{"rain", 5230.25}};
    const lf_ledger_line out[] = {{"infiltration", 1200}, {"outfalls", 3900.25}};
    const lf_ledger_line stored[] = {{"surface", 100}, {"pipes", option == 1 ? 20 : 30}};
    lf_option_add_ledger(o, "water", "m3", in, 1, out, 2, stored, 2);
}

static void add_parking(lf_option_result *o, int option) {
    const double places[3] = {54, 72, 96};
    const char *const names[] = {"parking/1", "total", "searching", "illegal"};
    int series = lf_option_add_series(o, "occupancy", 4, names);
    double most = 0;
    for (int i = 0; i < STEPS; i++) {
        double wish = 62 + 26 * cos((i / 12.0 - 4.5) * 0.9), in = fmin(wish, places[option]);
        float row[4] = {(float)(in / 3), (float)in, (float)(0.2 * (wish - in)),
                        (float)(0.8 * (wish - in))};
        most = fmax(most, wish - in);
        lf_option_add_series_row(o, series, i * 300.0, row);
    }
    lf_option_set_figure(o, &stalls, places[option], LF_TAGGED);
    lf_option_set_figure(o, &unserved, most / 88, LF_ASSUMED);
    lf_option_set_figure(o, &search, 20 + 4 * most, LF_ASSUMED);
    const lf_ledger_line in[] = {{"arrived", 310}}, out[] = {{"left", 250}},
                         stored[] = {{"inside", 60}};
    lf_option_add_ledger(o, "vehicles", "1", in, 1, out, 1, stored, 1);
}

static void add_money(lf_option_result *o, int option) {
    static int64_t fen[LINES][YEARS];
    const int64_t size = option == 1 ? 100 : 115;
    for (int y = 0; y < YEARS; y++) {
        fen[0][y] = y < 2 ? -size * 2500000 : 0;
        fen[1][y] = y < 1 ? 0 : -size * 90000;
        fen[2][y] = y < 1 ? 0 : size * (460000 + 9000 * y);
        fen[3][y] = y < 2 ? 0 : size * 130001;
        fen[4][y] = y == 0 ? size * 800000 : 0;
        fen[5][y] = y < 1 ? 0 : size * 60000;
    }
    const lf_money_line lines[LINES] = {
        {"construction", "建设工程", "operator", 0, fen[0]},
        {"upkeep", "养护", "operator", 1, fen[1]},
        {"parking", "停车收入", "operator", 2, fen[2]},
        {FIXTURE_EVIL, "物业费增收", "operator", 2, fen[3]},
        {"city grant", "市级补助", "city", 3, fen[4]},
        {"avoided flood damage", "避免的内涝损失", "residents", 4, fen[5]},
    };
    lf_money_table table = {.year_count = YEARS,
                            .first_year = 2026,
                            .discount_ratio = 0.06,
                            .avoided_counted = option == 2,
                            .line_count = LINES,
                            .lines = lines};
    double flow[YEARS];
    lf_irr roots;
    for (int y = 0; y < YEARS; y++) {
        int64_t sum = 0;
        for (int i = 0; i < LINES; i++) {
            sum += i == 5 && option != 2 ? 0 : fen[i][y];
        }
        flow[y] = (double)sum / 100;
    }
    lf_retro_irr(flow, YEARS, NULL, NULL, 0, &roots, NULL);
    lf_option_set_money(o, &table);
    lf_option_set_figure(o, &capex, (double)size * 50000, LF_ASSUMED);
    lf_option_set_figure(o, &npv, lf_retro_npv(0.06, flow, YEARS, 1), LF_ASSUMED);
    lf_option_set_figure(o, &irr, roots.selected_ratio, LF_ASSUMED);
    lf_option_set_figure(o, &payback, lf_retro_payback(0, flow, YEARS), LF_ASSUMED);
    lf_option_set_figure(o, &payback_discounted, lf_retro_payback(0.06, flow, YEARS), LF_ASSUMED);
}

static void fill_result(fixture *f, int option_count) {
    f->inputs[0] = (lf_input_file){"data/estate.gpkg", "", LF_TAGGED, "buildings 12, roads 31"};
    f->inputs[1] = (lf_input_file){"data/" FIXTURE_EVIL ".tif", "", LF_SYNTHETIC, "terrain"};
    for (int i = 0; i < 2; i++) {
        memset(f->inputs[i].sha256, 'a' + i, 64);
    }
    f->checks[0] = (lf_check_result){"drain.max_depth_m < 0.15", "as it is", false, true, 0.52,
                                     "0.52 is not < 0.15"};
    f->checks[1] = (lf_check_result){"park.unserved_ratio < 0.5", "as it is", true, true, 0.3, ""};
    f->checks[2] = (lf_check_result){"option('<x>').retro.npv_cny > 0", "", false, false, NAN,
                                     "no option is called '<x>'"};
    f->result = (lf_result){.scenario = "scenarios/hongqi/scenario.yaml",
                            .title = "红旗新村",
                            .seed = 1,
                            .input_count = 2,
                            .inputs = f->inputs,
                            .option_count = option_count,
                            .options = f->options,
                            .check_count = 3,
                            .checks = f->checks,
                            .start_clock_s = 17 * 3600.0};
}

void fixture_create(fixture *f, int option_count, const char *folder_name) {
    static const char *const names[3] = {"as it is", "海绵 + 管网", "全部 / C+EPC+O"};
    assert(option_count >= 1 && option_count <= 3);
    memset(f, 0, sizeof *f);
    for (int i = 0; i < option_count; i++) {
        f->twins[i] = make_twin(i);
        f->options[i] = lf_option_create(names[i], f->twins[i], NULL);
        assert(f->options[i]);
        add_water(f->options[i], i);
        add_parking(f->options[i], i);
        if (i > 0) {
            add_money(f->options[i], i);
        } else {
            lf_option_set_figure(f->options[0], &payback, NAN, LF_ASSUMED);
        }
        lf_option_add_note(f->options[i], LF_ASSUMED, "0.62 cars per household assumed.");
        lf_option_set_seconds(f->options[i], "drain", 1.25 + i);
        lf_option_set_hash(f->options[i], 0x0123456789abcdefu + (uint64_t)i);
        assert(!lf_option_failed(f->options[i]));
    }
    fill_result(f, option_count);
    if (folder_name) {
        snprintf(f->folder, sizeof f->folder, "report_%s", folder_name);
        lf_file_remove_tree(f->folder, NULL);
        lf_code code = lf_file_make_folder(f->folder, NULL);
        assert(code == LF_OK);
        (void)code;
    }
}

void fixture_destroy(fixture *f) {
    for (int i = 0; i < 3; i++) {
        if (f->options[i]) {
            lf_option_destroy(f->options[i]);
            lf_twin_destroy(f->twins[i]);
        }
    }
}

char *fixture_read(const fixture *f, const char *name, size_t *count) {
    char path[1024], *bytes = NULL;
    size_t size = 0;
    lf_file_join(path, sizeof path, f->folder, name);
    if (lf_file_read(path, 0, &bytes, &size, NULL) != LF_OK) {
        return NULL;
    }
    if (count) {
        *count = size;
    }
    return bytes;
}

int fixture_shell(const fixture *f, const char *command) {
    char line[2048];
    snprintf(line, sizeof line, "cd '%s' && { %s; }", f->folder, command);
    int status = system(line);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

bool fixture_has(const char *program) {
    char line[256];
    snprintf(line, sizeof line, "command -v %s >/dev/null 2>&1", program);
    return system(line) == 0;
}
