// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Areas: compounds, buildings and their parts, parking, stalls, green and water, from closed ways
// and multipolygon relations.
#include "base/file.h"
#include "io/osm/job.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LARGEST_STALL_M2 40.0
#define LARGEST_ROW_M2 600.0 // 100 m of stalls along a kerb; more has aisles of its own

// One area feature on its way into layers.
typedef struct area {
    const char *kind; // "way" or "relation"
    int64_t id;
    lf_io_osm_tags tags;
    lf_shape shape;
    const char *source;
    const char *name;
} area;

const char *lf_io_osm_source(lf_io_osm_job *job, const char *kind, int64_t id) {
    return lf_spec_textf(job->spec, "%s %s/%lld", lf_file_name(job->def->label), kind,
                         (long long)id);
}

static void *add_row(lf_io_osm_job *job, const area *a, lf_layer layer) {
    lf_row *row = lf_spec_add(job->spec, layer);
    if (!row) {
        job->osm->failed = true;
        return NULL;
    }
    row->quality = LF_TAGGED;
    row->name = a->name;
    row->source = a->source;
    row->shape = a->shape;
    return row;
}

typedef struct use_rule {
    const char *values;
    int use;
    int storeys; // hint, 0 = none
} use_rule;

static const use_rule building_uses[] = {
    {"apartments|residential|dormitory|terrace", LF_USE_RESIDENTIAL, 0},
    {"house|detached|semidetached_house|farm|villa", LF_USE_RESIDENTIAL, 2},
    {"bungalow|cabin|static_caravan|houseboat|hut", LF_USE_RESIDENTIAL, 1},
    {"shed|service|toilets|guardhouse|gatehouse|kiosk|greenhouse|container|bicycle_parking",
     LF_USE_SHED, 1},
    {"school|university|college|kindergarten", LF_USE_SCHOOL, 0},
    {"commercial|retail|office|hotel|supermarket|shop|mall|bank", LF_USE_COMMERCIAL, 0},
    {"public|civic|hospital|government|train_station|transportation|fire_station|library|museum|"
     "church|mosque|temple|cathedral|chapel|sports_hall|sports_centre|stadium|pavilion|clinic",
     LF_USE_PUBLIC, 0},
    {"garage|garages|carport|parking", LF_USE_GARAGE, 0},
    {"industrial|warehouse|manufacture|factory|hangar|barn|farm_auxiliary|storage_tank",
     LF_USE_INDUSTRIAL, 0},
    {NULL, 0, 0}};

static const use_rule amenity_uses[] = {
    {"school|university|college|kindergarten|library", LF_USE_SCHOOL, 0},
    {"hospital|clinic|townhall|police|fire_station|post_office|community_centre|theatre|"
     "place_of_worship|social_facility|nursing_home",
     LF_USE_PUBLIC, 0},
    {"restaurant|cafe|fast_food|bank|marketplace|cinema|bar|pub|pharmacy", LF_USE_COMMERCIAL, 0},
    {NULL, 0, 0}};

static const use_rule *find_rule(const use_rule *rules, const char *value) {
    for (; value && rules->values; rules++)
        if (lf_io_osm_word_in(value, rules->values))
            return rules;
    return NULL;
}

// The use of a building; `stated` is false where it has to come from its surroundings.
static void set_use(lf_building *b, lf_io_osm_tags tags, bool *stated) {
    const use_rule *rule = find_rule(building_uses, lf_io_osm_get(tags, "building"));
    if (!rule)
        rule = find_rule(amenity_uses, lf_io_osm_get(tags, "amenity"));
    *stated = true;
    if (rule) {
        b->kind = rule->use;
        b->storeys = rule->storeys;
        return;
    }
    b->storeys = 0;
    if (lf_io_osm_get(tags, "shop") || lf_io_osm_get(tags, "office") ||
        lf_io_osm_any(tags, "tourism", "hotel|hostel|motel"))
        b->kind = LF_USE_COMMERCIAL;
    else if (lf_io_osm_get(tags, "railway") || lf_io_osm_get(tags, "public_transport") ||
             lf_io_osm_get(tags, "healthcare"))
        b->kind = LF_USE_PUBLIC;
    else
        *stated = false;
}

// Reads a positive number of storeys; false leaves the default to be assumed.
static bool read_storeys(lf_io_osm_tags tags, int *storeys) {
    double value;
    if (!lf_io_osm_number(lf_io_osm_get(tags, "building:levels"), &value) &&
        !lf_io_osm_number(lf_io_osm_get(tags, "levels"), &value))
        return false;
    if (!(value >= 0.5 && value <= 200))
        return false;
    *storeys = (int)floor(value + 0.5);
    return true;
}

static bool read_height(lf_io_osm_job *job, const area *a, double *height_m) {
    char feature[40];
    const char *text = lf_io_osm_get(a->tags, "height");
    if (!text)
        text = lf_io_osm_get(a->tags, "building:height");
    if (!text)
        return false;
    double value;
    if (lf_io_osm_metres(text, &value) && value > 0.5 && value < 900) {
        *height_m = value;
        return true;
    }
    lf_issues_addf(job->issues, LF_WARNING, LF_RANGE, job->def->label, 0,
                   lf_io_osm_feature(feature, a->kind, a->id), "correct the tag in the map",
                   "height \"%s\" is not a height of a building and was not used", text);
    return false;
}

static void set_roof(lf_building *b, lf_io_osm_tags tags) {
    const char *roof = lf_io_osm_get(tags, "roof:shape");
    if (!roof)
        return;
    if (lf_io_osm_word_in(roof, "gabled|saltbox|gambrel|skillion|round"))
        b->roof = LF_ROOF_GABLED;
    else if (lf_io_osm_word_in(roof, "hipped|half-hipped|pyramidal|mansard|side_hipped"))
        b->roof = LF_ROOF_HIPPED;
    else
        b->roof = LF_ROOF_FLAT;
}

static void add_building(lf_io_osm_job *job, const area *a) {
    double number;
    bool stated;
    if (lf_io_osm_any(a->tags, "building", "roof|canopy|carport") ||
        lf_io_osm_any(a->tags, "location", "underground")) {
        job->roofs++;
        return;
    }
    lf_building *b = add_row(job, a, LF_BUILDINGS);
    if (!b)
        return;
    set_use(b, a->tags, &stated);
    if (!stated)
        lf_io_mark_assumed(&b->row, LF_BUILDINGS, "kind");
    if (!read_storeys(a->tags, &b->storeys))
        lf_io_mark_assumed(&b->row, LF_BUILDINGS, "storeys");
    if (!read_height(job, a, &b->height_m))
        lf_io_mark_assumed(&b->row, LF_BUILDINGS, "height_m");
    if (lf_io_osm_number(lf_io_osm_get(a->tags, "building:flats"), &number) && number >= 1 &&
        number < 5000)
        b->households = (int)number;
    const char *built = lf_io_osm_get(a->tags, "start_date");
    if (built && strlen(built) >= 4) {
        char year[5] = {built[0], built[1], built[2], built[3], 0};
        if (lf_io_osm_number(year, &number) && number >= 1000 && number <= 2100)
            b->year_built = (int)number;
    }
    set_roof(b, a->tags);
}

static void add_part(lf_io_osm_job *job, const area *a) {
    double low;
    lf_building_part *part = add_row(job, a, LF_BUILDING_PARTS);
    if (!part)
        return;
    if (lf_io_osm_metres(lf_io_osm_get(a->tags, "min_height"), &low) && low >= 0)
        part->height_min_m = low;
    else if (lf_io_osm_number(lf_io_osm_get(a->tags, "building:min_level"), &low) && low >= 0)
        part->height_min_m = low * 2.9;
    if (!read_storeys(a->tags, &part->storeys))
        lf_io_mark_assumed(&part->row, LF_BUILDING_PARTS, "storeys");
    if (!read_height(job, a, &part->height_m))
        lf_io_mark_assumed(&part->row, LF_BUILDING_PARTS, "height_m");
}

static int parking_kind(lf_io_osm_tags tags) {
    if (lf_io_osm_is(tags, "amenity", "parking_space"))
        return LF_PARKING_KERB;
    if (lf_io_osm_any(tags, "parking", "underground"))
        return LF_PARKING_UNDERGROUND;
    if (lf_io_osm_any(tags, "parking", "multi-storey|garage_boxes|garage|sheds|carports|rooftop"))
        return LF_PARKING_GARAGE;
    if (lf_io_osm_any(tags, "parking", "street_side|lane|on_kerb|half_on_kerb|shoulder|layby"))
        return LF_PARKING_KERB;
    return LF_PARKING_YARD;
}

static int permit_of(lf_io_osm_tags tags) {
    if (lf_io_osm_any(tags, "access", "private|permit|residents"))
        return LF_PERMIT_RESIDENT;
    if (lf_io_osm_any(tags, "access", "customers|destination"))
        return LF_PERMIT_VISITOR;
    if (lf_io_osm_any(tags, "parking_space", "disabled"))
        return LF_PERMIT_DISABLED;
    if (lf_io_osm_any(tags, "parking_space", "charging"))
        return LF_PERMIT_EV;
    return LF_PERMIT_ANY;
}

// `capacity` of a parking area without one is a hint for the filling rule: its storeys.
static void add_parking(lf_io_osm_job *job, const area *a) {
    double number;
    lf_parking *p = add_row(job, a, LF_PARKING);
    if (!p)
        return;
    p->kind = parking_kind(a->tags);
    if (p->kind == LF_PARKING_KERB && lf_shape_area_m2(&a->shape) > LARGEST_ROW_M2)
        p->kind = LF_PARKING_YARD;
    p->permit = permit_of(a->tags);
    // Editors put capacity=1 on every space, also on a row of them.
    double least = lf_io_osm_is(a->tags, "amenity", "parking_space") ? 2 : 1;
    if (lf_io_osm_number(lf_io_osm_get(a->tags, "capacity"), &number) && number >= least &&
        number < 100000) {
        p->capacity = (int)number;
    } else {
        p->capacity = 1;
        if (lf_io_osm_number(lf_io_osm_get(a->tags, "parking:levels"), &number) ||
            lf_io_osm_number(lf_io_osm_get(a->tags, "building:levels"), &number))
            p->capacity = number >= 1 && number < 50 ? (int)number : 1;
        lf_io_mark_assumed(&p->row, LF_PARKING, "capacity");
    }
    if (lf_io_osm_number(lf_io_osm_get(a->tags, "capacity:charging"), &number) && number >= 0)
        p->chargers = number < p->capacity ? (int)number : 0;
}

// One space is one stall, but many are drawn around a whole row: that is parking at the kerb.
static void add_stall(lf_io_osm_job *job, const area *a) {
    if (lf_shape_area_m2(&a->shape) > LARGEST_STALL_M2) {
        add_parking(job, a);
        return;
    }
    lf_stall *stall = add_row(job, a, LF_STALLS);
    if (stall)
        stall->permit = permit_of(a->tags);
}

static bool add_compound(lf_io_osm_job *job, const area *a) {
    int kind;
    if (lf_io_osm_any(a->tags, "amenity", "school|kindergarten|college|university"))
        kind = LF_COMPOUND_SCHOOL;
    else if (lf_io_osm_is(a->tags, "landuse", "residential") ||
             lf_io_osm_any(a->tags, "place", "neighbourhood|city_block|plot"))
        kind = LF_COMPOUND_RESIDENTIAL;
    else if (lf_io_osm_any(a->tags, "amenity", "hospital|research_institute") ||
             lf_io_osm_any(a->tags, "landuse", "commercial|retail|industrial|institutional"))
        kind = LF_COMPOUND_OTHER;
    else
        return false;
    lf_compound *compound = add_row(job, a, LF_COMPOUNDS);
    if (compound)
        compound->kind = kind;
    return true;
}

typedef struct green_rule {
    const char *key, *values;
    int kind;
} green_rule;
static const green_rule greens[] = {
    {"leisure", "pitch", LF_GREEN_PITCH},
    {"natural", "wood", LF_GREEN_WOOD},
    {"landuse", "forest", LF_GREEN_WOOD},
    {"natural", "scrub|heath|wetland", LF_GREEN_SHRUB},
    {"landuse", "flowerbed|plant_nursery|orchard|vineyard|allotments|farmland", LF_GREEN_SHRUB},
    {"landuse", "grass|meadow|village_green|recreation_ground|greenfield", LF_GREEN_LAWN},
    {"natural", "grassland", LF_GREEN_LAWN},
    {"leisure", "park|garden|dog_park|golf_course", LF_GREEN_LAWN},
    {"natural", "sand|bare_rock|shingle|mud", LF_GREEN_BARE},
    {"landuse", "brownfield|construction", LF_GREEN_BARE},
    {NULL, NULL, 0}};

static bool add_green(lf_io_osm_job *job, const area *a) {
    for (const green_rule *rule = greens; rule->key; rule++) {
        if (!lf_io_osm_any(a->tags, rule->key, rule->values))
            continue;
        lf_green *green = add_row(job, a, LF_GREEN);
        if (green)
            green->kind = rule->kind;
        return true;
    }
    return false;
}

static void add_water(lf_io_osm_job *job, const area *a) {
    lf_water *water = add_row(job, a, LF_WATER);
    if (!water)
        return;
    if (lf_io_osm_any(a->tags, "water", "river|canal|stream|ditch|drain|moat|oxbow") ||
        lf_io_osm_is(a->tags, "waterway", "riverbank"))
        water->kind = 1;
    else if (lf_io_osm_any(a->tags, "water", "basin|reservoir|wastewater|fountain") ||
             lf_io_osm_any(a->tags, "landuse", "basin|reservoir"))
        water->kind = 2;
}

static bool is_building(lf_io_osm_tags tags) {
    const char *building = lf_io_osm_get(tags, "building");
    return building && strcmp(building, "no") != 0;
}

static bool is_part(lf_io_osm_tags tags) {
    const char *part = lf_io_osm_get(tags, "building:part");
    return part && strcmp(part, "no") != 0;
}

static bool is_water(lf_io_osm_tags tags) {
    return lf_io_osm_any(tags, "natural", "water") ||
           lf_io_osm_any(tags, "landuse", "basin|reservoir") ||
           lf_io_osm_any(tags, "waterway", "riverbank|dock");
}

// Whether the tags make an area of any layer, before its rings are built.
static bool is_area(lf_io_osm_tags tags) {
    static const char *const keys[] = {"building", "building:part", "amenity", "landuse",
                                       "leisure",  "natural",       "place",   NULL};
    if (lf_io_osm_is(tags, "area", "no") || lf_io_osm_is(tags, "natural", "tree_row") ||
        lf_io_osm_is(tags, "natural", "coastline"))
        return false;
    for (int i = 0; keys[i]; i++)
        if (lf_io_osm_get(tags, keys[i]))
            return true;
    return is_water(tags);
}

static void take_area(lf_io_osm_job *job, const area *a) {
    bool building = is_building(a->tags);
    if (building)
        add_building(job, a);
    else if (is_part(a->tags))
        add_part(job, a);
    if (lf_io_osm_is(a->tags, "amenity", "parking"))
        add_parking(job, a);
    else if (lf_io_osm_is(a->tags, "amenity", "parking_space"))
        add_stall(job, a);
    else if (!building && !is_part(a->tags)) {
        add_compound(job, a);
        if (is_water(a->tags))
            add_water(job, a);
        else
            add_green(job, a);
    }
}

// Polygon, clip window, layers.
static void take_rings(lf_io_osm_job *job, const char *kind, const lf_io_osm_element *element) {
    char feature[40];
    area a = {.kind = kind, .id = element->id, .tags = lf_io_osm_tags_of(job->osm, element)};
    lf_shape raw = lf_geo_rings_shape(&job->rings);
    if (job->clip && raw.kind == LF_POLYGON && !lf_io_osm_inside(job, lf_shape_centre(&raw)))
        return;
    if (!lf_io_polygon(job->spec, &job->rings, job->def->label,
                       lf_io_osm_feature(feature, kind, element->id), job->issues, &a.shape))
        return;
    a.source = lf_io_osm_source(job, kind, element->id);
    a.name = lf_spec_text(job->spec, lf_io_osm_name(a.tags));
    take_area(job, &a);
}

// Outer ways whose relation was taken must not become the same thing again.
static void mark_members(const lf_io_osm_data *osm, const lf_io_osm_relation *relation,
                         bool *taken) {
    for (int i = 0; i < relation->member_count; i++) {
        const lf_io_osm_member *member = &osm->members[relation->member_first + (size_t)i];
        int way = member->is_way ? lf_io_map_get(&osm->way_index, (uint64_t)member->ref) : -1;
        if (way < 0 || member->role != LF_IO_OSM_OUTER)
            continue;
        bool both = is_building(lf_io_osm_tags_of(osm, &relation->head)) &&
                    is_building(lf_io_osm_tags_of(osm, &osm->ways[way].head));
        taken[way] = taken[way] || both;
    }
}

static void read_ways(lf_io_osm_job *job, const bool *taken) {
    for (size_t i = 0; i < job->osm->way_count; i++) {
        char feature[40];
        const lf_io_osm_way *way = &job->osm->ways[i];
        lf_io_osm_tags tags = lf_io_osm_tags_of(job->osm, &way->head);
        if (taken[i] || !is_area(tags) || lf_io_osm_get(tags, "highway"))
            continue;
        if (lf_io_osm_closed(job, way)) {
            if (lf_io_osm_way_rings(job, way))
                take_rings(job, "way", &way->head);
        } else if (is_building(tags)) {
            job->unclosed_areas++;
            lf_issues_addf(job->issues, LF_WARNING, LF_GEOMETRY, job->def->label, way->head.line,
                           lf_io_osm_feature(feature, "way", way->head.id),
                           "close the outline in the map",
                           "the outline of the building is not closed; it was left out");
        }
    }
}

lf_code lf_io_osm_read_areas(lf_io_osm_job *job, lf_error *error) {
    const lf_io_osm_data *osm = job->osm;
    bool *taken = calloc(osm->way_count + 1, sizeof *taken);
    if (!taken)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for the areas");
    for (size_t i = 0; i < osm->relation_count; i++) {
        const lf_io_osm_relation *relation = &osm->relations[i];
        lf_io_osm_tags tags = lf_io_osm_tags_of(osm, &relation->head);
        if (!lf_io_osm_is(tags, "type", "multipolygon") || !is_area(tags))
            continue;
        if (lf_io_osm_relation_rings(job, relation)) {
            mark_members(osm, relation, taken);
            take_rings(job, "relation", &relation->head);
        }
    }
    read_ways(job, taken);
    free(taken);
    return LF_OK;
}
