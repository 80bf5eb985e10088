// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// All real internal rates of return of a cash flow. With s = ln(1 + r) the net present value is a
// sum of exponentials f(s) = sum c_k exp(-s t_k). A chain of derivatives, each with one change of
// sign fewer, is built downward; its roots are found upward, because the roots of a link cut the
// axis into pieces in which the link above is monotone (see retro.h).
#include "lifang/retro.h"

#include "base/memory.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

// Roots are searched this far out: far enough for every derivative to reach the sign of its last
// term, whatever the times, so that no turning point is missed. Nothing overflows on the way.
#define S_LIMIT 1e15
// Beyond this exp(s) is no double: such roots turn the curve but are no rates.
#define S_RATE 709.0

typedef struct lf_sum_terms {
    const double *time;
    const double *coefficient;
    int count;
} lf_sum_terms;

typedef struct lf_value_slope {
    double value; // of f(s) exp(s t0), t0 chosen so that no term overflows
    double slope; // of the same
    double noise; // what rounding can make of zero
} lf_value_slope;

// f is scaled by exp(s t_first) for s > 0 and by exp(s t_last) for s < 0: the signs stay and every
// exponent is <= 0. The sum is compensated (Neumaier).
static lf_value_slope evaluate(const lf_sum_terms *f, double s) {
    double anchor = s > 0 ? f->time[0] : f->time[f->count - 1];
    double sum = 0, lost = 0, slope = 0, size = 0, reach = 0;
    for (int k = 0; k < f->count; k++) {
        double distance = anchor - f->time[k];
        double term = f->coefficient[k] * exp(s * distance);
        double next = sum + term;
        lost += fabs(sum) >= fabs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
        slope += distance * term;
        size += fabs(term);
        reach = fmax(reach, fabs(s * distance) * fabs(term));
    }
    return (lf_value_slope){sum + lost, slope, 8 * DBL_EPSILON * (size + reach)};
}

static int sign_of(double value) {
    return (value > 0) - (value < 0);
}

// The root between low and high, whose values have opposite signs: Newton where it stays inside and
// at least halves the bracket, else bisection.
static double root_between(const lf_sum_terms *f, double low, double high, int sign_low) {
    double s = 0.5 * (low + high), before = high - low, step = before;
    for (int turn = 0; turn < 300; turn++) {
        lf_value_slope at = evaluate(f, s);
        if (at.value == 0)
            return s;
        if (sign_of(at.value) == sign_low)
            low = s;
        else
            high = s;
        double newton = s - at.value / at.slope;
        if (newton > low && newton < high && fabs(newton - s) < 0.5 * fabs(before)) {
            before = step;
            step = newton - s;
        } else {
            newton = 0.5 * (low + high);
            before = step;
            step = newton - s;
        }
        if (newton == s || fabs(step) <= DBL_EPSILON * fabs(s) || !(high - low > 0))
            return newton;
        s = newton;
    }
    return s;
}

// Walks outward from `from` (direction +1 or -1) until the sign is that of the outermost term.
static bool find_end(const lf_sum_terms *f, double from, double direction, int sign, double *end) {
    for (double step = 0.25; fabs(from) <= S_LIMIT; step *= 2) {
        double s = from + direction * step;
        if (fabs(s) > S_LIMIT)
            s = direction * S_LIMIT;
        if (sign_of(evaluate(f, s).value) == sign) {
            *end = s;
            return true;
        }
        if (fabs(s) >= S_LIMIT)
            return false;
    }
    return false;
}

typedef struct lf_roots {
    double *s;
    int *multiplicity;
    int count;
} lf_roots;

static void add_root(lf_roots *roots, double s, int multiplicity) {
    roots->s[roots->count] = s;
    roots->multiplicity[roots->count] = multiplicity;
    roots->count++;
}

// Roots of f, given the points at which it may turn. Between neighbours it crosses zero once at
// most; at a turning point where it is zero within rounding it touches (or crosses flat) there.
static void roots_between(const lf_sum_terms *f, const lf_roots *turns, lf_roots *roots) {
    int sign_left = sign_of(f->coefficient[f->count - 1]); // s -> -infinity: the latest term rules
    int sign_right = sign_of(f->coefficient[0]);
    double left = -S_LIMIT;
    bool open = true; // left is the open end, not a turning point
    roots->count = 0;
    int sign = sign_left;
    for (int i = 0; i <= turns->count; i++) {
        bool last = i == turns->count;
        double right = last ? S_LIMIT : turns->s[i];
        lf_value_slope at = {0, 0, 0};
        if (!last)
            at = evaluate(f, right);
        bool touches = !last && fabs(at.value) <= at.noise;
        int sign_next = last ? sign_right : touches ? 0 : sign_of(at.value);
        if (sign * sign_next < 0) {
            double low = left, high = right;
            bool found = true;
            if (open)
                found = find_end(f, last ? 0 : right, -1, sign_left, &low);
            if (found && last)
                found = find_end(f, open ? low : left, 1, sign_right, &high);
            if (found)
                add_root(roots, root_between(f, low, high, sign), 1);
        }
        if (touches) {
            bool again = roots->count > 0 && roots->s[roots->count - 1] == right;
            if (!again)
                add_root(roots, right, 2);
            // beyond the touch the sign is that of the next point that has one
            sign = 0;
        } else if (sign_next) {
            sign = sign_next;
        }
        left = right;
        open = false;
    }
}

// Index i such that terms i and i + 1 have opposite signs: the middle one of all changes, so that
// the factors (tau - t) stay balanced. -1 if there is none. *changes counts them.
static int middle_change(const double *coefficient, int count, int *changes) {
    *changes = 0;
    for (int k = 0; k + 1 < count; k++)
        *changes += sign_of(coefficient[k]) != sign_of(coefficient[k + 1]);
    int passed = 0;
    for (int k = 0; k + 1 < count; k++)
        if (sign_of(coefficient[k]) != sign_of(coefficient[k + 1]) && passed++ == *changes / 2)
            return k;
    return -1;
}

static void normalise(double *coefficient, int count) {
    double largest = 0;
    for (int k = 0; k < count; k++)
        largest = fmax(largest, fabs(coefficient[k]));
    for (int k = 0; k < count && largest > 0; k++)
        coefficient[k] /= largest;
}

// Copies the non-zero terms, adding those of equal time. Returns how many there are, -1 if the
// input holds NaN or infinity or its times descend.
static int collect(const double *time, const double *flow, int count, double *t, double *c) {
    int n = 0;
    for (int k = 0; k < count; k++) {
        double when = time ? time[k] : k;
        if (!isfinite(when) || !isfinite(flow[k]) || (k > 0 && time && when < time[k - 1]))
            return -1;
        if (n > 0 && t[n - 1] == when) {
            c[n - 1] += flow[k];
        } else if (flow[k] != 0) {
            t[n] = when;
            c[n] = flow[k];
            n++;
        }
        if (n > 0 && c[n - 1] == 0)
            n--;
    }
    return n;
}

static void solve(const double *t, double *chain, int n, int changes, lf_roots *a, lf_roots *b) {
    for (int link = 1; link <= changes; link++) {
        const double *above = chain + (size_t)(link - 1) * (size_t)n;
        double *here = chain + (size_t)link * (size_t)n;
        int left = 0;
        int change = middle_change(above, n, &left);
        assert(change >= 0 && left == changes - link + 1);
        double tau = 0.5 * (t[change] + t[change + 1]);
        for (int k = 0; k < n; k++)
            here[k] = above[k] * (tau - t[k]);
        normalise(here, n);
    }
    a->count = 0;
    for (int link = changes - 1; link >= 0; link--) {
        lf_sum_terms f = {t, chain + (size_t)link * (size_t)n, n};
        roots_between(&f, a, b);
        lf_roots swap = *a;
        *a = *b;
        *b = swap;
    }
}

// s -> r. A root that rounding left beside zero is zero if the plain sum of the flows is.
static double rate_of(double s, bool sum_is_zero) {
    double r = expm1(s);
    if (sum_is_zero && fabs(r) < 1e-9)
        return 0;
    return r > -1 ? r : nextafter(-1.0, 0.0);
}

static void report(const lf_roots *found, bool sum_is_zero, double *roots, int *multiplicity,
                   int room, lf_irr *irr) {
    int count = found->count;
    while (count > 0 && found->s[count - 1] > S_RATE)
        count--;
    irr->count = count;
    irr->status = count == 0 ? LF_IRR_NONE : count == 1 ? LF_IRR_UNIQUE : LF_IRR_MULTIPLE;
    irr->selected_ratio = NAN;
    for (int i = 0; i < count; i++) {
        double r = rate_of(found->s[i], sum_is_zero);
        if (i < room) {
            roots[i] = r;
            if (multiplicity)
                multiplicity[i] = found->multiplicity[i];
        }
        // ascending: the last negative one is nearest to zero, the first other one is the smallest
        if (isnan(irr->selected_ratio) || irr->selected_ratio < 0)
            irr->selected_ratio = r;
    }
}

lf_code lf_retro_irr_at(const double *time, const double *flow, int count, double *roots,
                        int *multiplicity, int room, lf_irr *irr, lf_error *error) {
    assert(count >= 0 && (flow || count == 0) && irr && (roots || room == 0));
    *irr = (lf_irr){LF_IRR_NONE, 0, NAN};
    if (count == 0)
        return LF_OK;
    double *terms = calloc((size_t)count * 2, sizeof *terms);
    if (!terms)
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d flows", count);
    double *t = terms, *c = terms + count;
    int n = collect(time, flow, count, t, c);
    int changes = 0;
    if (n > 1)
        middle_change(c, n, &changes);
    if (changes == 0) {
        free(terms);
        return LF_OK;
    }
    size_t links = (size_t)changes + 1;
    double *chain = calloc(links * (size_t)n + 2 * links, sizeof *chain);
    int *counts = calloc(2 * links, sizeof *counts);
    if (!chain || !counts) {
        free(terms);
        free(chain);
        free(counts);
        return lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for %d flows", count);
    }
    memcpy(chain, c, (size_t)n * sizeof *c);
    double sum = 0, size = 0;
    for (int k = 0; k < n; k++) {
        sum += c[k];
        size += fabs(c[k]);
    }
    normalise(chain, n);
    double *space = chain + links * (size_t)n;
    lf_roots a = {space, counts, 0}, b = {space + links, counts + links, 0};
    solve(t, chain, n, changes, &a, &b);
    report(&a, fabs(sum) <= 4 * DBL_EPSILON * size, roots, multiplicity, room, irr);
    free(terms);
    free(chain);
    free(counts);
    return LF_OK;
}

lf_code lf_retro_irr(const double *flow, int count, double *roots, int *multiplicity, int room,
                     lf_irr *irr, lf_error *error) {
    return lf_retro_irr_at(NULL, flow, count, roots, multiplicity, room, irr, error);
}
