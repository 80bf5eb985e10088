// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Small expressions for checks and where filters: numbers, 'texts', true, false, names with dots,
// option('x').name, min(a,b,...), max, abs, + - * /, < <= > >= == !=, and or not && || !, ( ).
#ifndef LF_BASE_EXPR_H
#define LF_BASE_EXPR_H

#include "base/memory.h"

typedef enum lf_value_kind { LF_VALUE_NUMBER, LF_VALUE_TEXT, LF_VALUE_BOOL } lf_value_kind;
typedef struct lf_value {
    lf_value_kind kind;
    double number;
    bool truth;
    const char *text;
} lf_value;

// A name as written: qualifier("argument").path; qualifier and argument are NULL where absent.
typedef struct lf_expr_name {
    const char *qualifier; // "option"
    const char *argument;  // "sponge"
    const char *path;      // "drain.max_depth_m"
} lf_expr_name;
// Gives the value of a name, or LF_UNKNOWN_KEY with a message that suggests.
typedef lf_code lf_expr_resolve(void *context, const lf_expr_name *name, lf_value *value,
                                lf_error *error);

typedef struct lf_expr lf_expr;
// error->column is the place in the text. The expression lives in the arena.
lf_code lf_expr_parse(lf_arena *arena, const char *text, lf_expr **expr, lf_error *error);
// Comparing or adding a text and a number is LF_TYPE. Comparisons with NaN are false.
lf_code lf_expr_eval(const lf_expr *expr, lf_expr_resolve *resolve, void *context, lf_value *value,
                     lf_error *error);
// The left operand of the outermost comparison, or NULL: the measured side of a check.
const lf_expr *lf_expr_left(const lf_expr *expr);
// True and the word, if the whole expression is one bare name without dots.
bool lf_expr_is_word(const lf_expr *expr, const char **word);
// Calls visit for every name in the expression.
void lf_expr_names(const lf_expr *expr, void (*visit)(void *context, const lf_expr_name *name),
                   void *context);

#endif
