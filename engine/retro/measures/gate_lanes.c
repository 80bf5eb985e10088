// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Gate lanes (道闸车道): more lanes and number-plate recognition at existing gates. Times to pass
// are never made longer than they are. Defaults for recognition: 6-10 s in, 8-20 s out where
// visitors pay (practice, no code).
#include "retro/measures.h"

#include <math.h>

typedef struct lf_gate_lanes {
    const char *where;
    int lanes_in;
    int lanes_out;
    double service_in_s;
    double service_out_s;
} lf_gate_lanes;

static const lf_field fields[] = {
    LF_PARAM_WHERE(lf_gate_lanes, ""),
    LF_PARAM_INT(lf_gate_lanes, lanes_in, 0, 6, 0, "lanes in afterwards; 0 = as they are"),
    LF_PARAM_INT(lf_gate_lanes, lanes_out, 0, 6, 0, "lanes out afterwards; 0 = as they are"),
    LF_PARAM_REAL(lf_gate_lanes, service_in_s, 2, 60, 8, "time to pass inward"),
    LF_PARAM_REAL(lf_gate_lanes, service_out_s, 2, 60, 12, "time to pass outward"),
};
static const lf_table params =
    LF_PARAM_TABLE("gate_lanes", "lanes and recognition at gates", fields, lf_gate_lanes);

static int more(int now, int wanted) {
    return wanted > now ? wanted : now;
}

static lf_code apply(const void *given, lf_spec *spec, lf_issues *issues, lf_error *error) {
    const lf_gate_lanes *p = given;
    const lf_measure *self = &lf_retro_measure_gate_lanes;
    lf_retro_chosen chosen;
    lf_code code = lf_retro_choose(spec, self, LF_GATES, p->where, &chosen, issues, error);
    if (code != LF_OK)
        return code;
    int lanes = 0;
    for (int i = 0; i < chosen.count; i++) {
        lf_gate *gate = lf_spec_at(spec, LF_GATES, chosen.items[i]);
        gate->lanes_in = more(gate->lanes_in, p->lanes_in);
        gate->lanes_out = more(gate->lanes_out, p->lanes_out);
        gate->service_in_s = fmin(gate->service_in_s, p->service_in_s);
        gate->service_out_s = fmin(gate->service_out_s, p->service_out_s);
        lanes += gate->lanes_in + gate->lanes_out; // recognition is fitted to every lane
        lf_retro_decided(&gate->row, LF_GATES, "lanes_in");
        lf_retro_decided(&gate->row, LF_GATES, "lanes_out");
        lf_retro_decided(&gate->row, LF_GATES, "service_in_s");
        lf_retro_decided(&gate->row, LF_GATES, "service_out_s");
    }
    lf_retro_chosen_free(&chosen);
    lf_retro_bill bill = {.label = "gate lanes with recognition",
                          .capex_key = "gate_lane",
                          .opex_key = "gate_lane_opex",
                          .life_key = "gate_lane_life",
                          .quantity = lanes};
    return lf_retro_bill_works(spec, self, &bill, 1, error);
}

static const char *const keys[] = {"gate_lane", "gate_lane_opex", "gate_lane_life", NULL};
const lf_measure lf_retro_measure_gate_lanes = {"gate_lanes",
                                                "more lanes and number-plate recognition",
                                                "道闸车道与车牌识别",
                                                LF_GATES,
                                                &params,
                                                keys,
                                                apply};
