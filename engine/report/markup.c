// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The two languages of the HTML report.
#include "report/markup.h"

#include <string.h>

void lf_report_two(lf_buffer *out, const char *zh, const char *en) {
    if (strcmp(zh, en) == 0) { // symbols and names need no translation
        lf_report_escape(out, zh);
        return;
    }
    lf_buffer_add(out, "<span class=\"zh\" lang=\"zh-CN\">");
    lf_report_escape(out, zh);
    lf_buffer_add(out, "</span> <span class=\"en\" lang=\"en\">");
    lf_report_escape(out, en);
    lf_buffer_add(out, "</span>");
}

void lf_report_two_svg(lf_buffer *out, const char *zh, const char *en) {
    if (strcmp(zh, en) == 0) {
        lf_report_escape(out, zh);
        return;
    }
    lf_buffer_add(out, "<tspan class=\"zh\">");
    lf_report_escape(out, zh);
    lf_buffer_add(out, "</tspan><tspan class=\"en\" dx=\"4\">");
    lf_report_escape(out, en);
    lf_buffer_add(out, "</tspan>");
}

void lf_report_element(lf_buffer *out, const char *tag, const char *css, const char *zh,
                       const char *en) {
    if (css) {
        lf_buffer_addf(out, "<%s class=\"%s\">", tag, css);
    } else {
        lf_buffer_addf(out, "<%s>", tag);
    }
    lf_report_two(out, zh, en);
    lf_buffer_addf(out, "</%s>\n", tag);
}
