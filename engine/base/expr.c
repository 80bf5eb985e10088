// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Recursive descent over the grammar of expr.h, weakest binding first:
//   or := and {("or"|"||") and}        and := not {("and"|"&&") not}     not := ("not"|"!") not |
//   compare compare := sum [op sum]            sum := product {(+|-) product}    product := sign
//   {(*|/) sign} sign := - sign | primary           primary := number | text | name | call | ( or )
#include "base/expr.h"
#include "base/text.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { DEPTH_MAX = 64, ARGUMENTS_MAX = 8 };

typedef enum node_kind {
    NODE_CONSTANT,
    NODE_NAME,
    NODE_NOT,
    NODE_MINUS,
    NODE_AND,
    NODE_OR,
    NODE_COMPARE,
    NODE_ARITHMETIC,
    NODE_CALL
} node_kind;

struct lf_expr {
    node_kind kind;
    char operator[3];
    lf_value constant;
    lf_expr_name name;
    int argument_count;
    lf_expr *arguments[ARGUMENTS_MAX];
    int column;
};

typedef struct parser {
    lf_arena *arena;
    const char *text;
    const char *at;
    int depth;
    lf_error *error;
    lf_code code;
} parser;

static lf_expr *parse_or(parser *p);

static lf_expr *complain(parser *p, const char *what) {
    if (p->code != LF_OK)
        return NULL;
    p->code = lf_fail(p->error, LF_SYNTAX, LF_FROM_SCENARIO, "%s at '%.20s' in \"%s\"", what, p->at,
                      p->text);
    if (p->error)
        p->error->column = (int)(p->at - p->text) + 1;
    return NULL;
}

static lf_expr *make(parser *p, node_kind kind) {
    lf_expr *node = lf_arena_take(p->arena, sizeof *node);
    if (!node && p->code == LF_OK)
        p->code = lf_fail(p->error, LF_MEMORY, LF_FROM_RUN, "no memory for an expression");
    if (node) {
        node->kind = kind;
        node->column = (int)(p->at - p->text) + 1;
    }
    return node;
}

static void skip(parser *p) {
    while (isspace((unsigned char)*p->at))
        p->at++;
}

static bool is_word_byte(char c) {
    return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool accept(parser *p, const char *token) {
    skip(p);
    const size_t length = strlen(token);
    if (strncmp(p->at, token, length) != 0)
        return false;
    if (isalpha((unsigned char)token[0]) && is_word_byte(p->at[length]))
        return false;
    p->at += length;
    return true;
}

static lf_expr *parse_text(parser *p) {
    const char quote = *p->at;
    const char *end = strchr(p->at + 1, quote);
    if (!end)
        return complain(p, "a text is never closed");
    lf_expr *node = make(p, NODE_CONSTANT);
    if (!node)
        return NULL;
    node->constant.kind = LF_VALUE_TEXT;
    node->constant.text = lf_arena_textn(p->arena, p->at + 1, (size_t)(end - p->at - 1));
    p->at = end + 1;
    return node->constant.text ? node : NULL;
}

static lf_expr *parse_number(parser *p) {
    char word[64];
    size_t length = 0;
    while (isalnum((unsigned char)p->at[length]) || p->at[length] == '.' ||
           ((p->at[length] == '-' || p->at[length] == '+') && length > 0 &&
            tolower((unsigned char)p->at[length - 1]) == 'e'))
        if (++length >= sizeof word)
            return complain(p, "a number is too long");
    memcpy(word, p->at, length);
    word[length] = 0;
    lf_expr *node = make(p, NODE_CONSTANT);
    if (!node)
        return NULL;
    if (!lf_text_real(word, &node->constant.number) &&
        !lf_text_duration(word, &node->constant.number))
        return complain(p, "not a number");
    p->at += length;
    return node;
}

// A word, or words joined by dots. NULL where there is none.
static const char *parse_path(parser *p) {
    const char *start = p->at;
    while (is_word_byte(*p->at) || (*p->at == '.' && is_word_byte(p->at[1])))
        p->at++;
    return p->at == start ? NULL : lf_arena_textn(p->arena, start, (size_t)(p->at - start));
}

static lf_expr *parse_call(parser *p, const char *function) {
    lf_expr *node = make(p, NODE_CALL);
    if (!node)
        return NULL;
    node->name.path = function;
    do {
        if (node->argument_count == ARGUMENTS_MAX)
            return complain(p, "too many arguments");
        if (!(node->arguments[node->argument_count++] = parse_or(p)))
            return NULL;
    } while (accept(p, ","));
    if (!accept(p, ")"))
        return complain(p, "')' is missing");
    const bool one = strcmp(function, "abs") == 0;
    if (one ? node->argument_count != 1 : node->argument_count < 2)
        return complain(p,
                        one ? "abs takes one argument" : "min and max take two or more arguments");
    return node;
}

static lf_expr *parse_name(parser *p) {
    const char *path = parse_path(p);
    if (!path)
        return p->code == LF_OK ? complain(p, "a value is missing") : NULL;
    lf_expr *node = make(p, NODE_NAME);
    if (!node)
        return NULL;
    node->name.path = path;
    if (strcmp(path, "true") == 0 || strcmp(path, "false") == 0) {
        node->kind = NODE_CONSTANT;
        node->constant = (lf_value){.kind = LF_VALUE_BOOL, .truth = path[0] == 't'};
        return node;
    }
    if (!accept(p, "("))
        return node;
    if (strcmp(path, "min") == 0 || strcmp(path, "max") == 0 || strcmp(path, "abs") == 0)
        return parse_call(p, path);
    skip(p);
    if (*p->at != '\'' && *p->at != '"')
        return complain(p, "a quoted name is needed here");
    lf_expr *argument = parse_text(p);
    if (!argument)
        return NULL;
    if (!accept(p, ")") || *p->at != '.')
        return complain(p, "')' and '.' and a name are needed here");
    p->at++;
    node->name.qualifier = path;
    node->name.argument = argument->constant.text;
    node->name.path = parse_path(p);
    return node->name.path ? node : complain(p, "a name is missing");
}

static lf_expr *parse_primary(parser *p) {
    skip(p);
    if (accept(p, "(")) {
        lf_expr *inner = parse_or(p);
        if (inner && !accept(p, ")"))
            return complain(p, "')' is missing");
        return inner;
    }
    if (*p->at == '\'' || *p->at == '"')
        return parse_text(p);
    if (isdigit((unsigned char)*p->at) || (*p->at == '.' && isdigit((unsigned char)p->at[1])))
        return parse_number(p);
    return parse_name(p);
}

static lf_expr *wrap(parser *p, node_kind kind, const char *operator, lf_expr * left,
                     lf_expr *right) {
    lf_expr *node = left && right ? make(p, kind) : NULL;
    if (!node)
        return NULL;
    snprintf(node->operator, sizeof node->operator, "%s", operator);
    node->arguments[0] = left;
    node->arguments[1] = right;
    node->argument_count = 2;
    return node;
}

static lf_expr *parse_sign(parser *p) {
    if (!accept(p, "-"))
        return parse_primary(p);
    if (++p->depth > DEPTH_MAX)
        return complain(p, "nested too deeply");
    lf_expr *inner = parse_sign(p);
    p->depth--;
    return wrap(p, NODE_MINUS, "-", inner, inner);
}

static lf_expr *parse_product(parser *p) {
    lf_expr *left = parse_sign(p);
    while (left) {
        if (accept(p, "*"))
            left = wrap(p, NODE_ARITHMETIC, "*", left, parse_sign(p));
        else if (accept(p, "/"))
            left = wrap(p, NODE_ARITHMETIC, "/", left, parse_sign(p));
        else
            break;
    }
    return left;
}

static lf_expr *parse_sum(parser *p) {
    lf_expr *left = parse_product(p);
    while (left) {
        if (accept(p, "+"))
            left = wrap(p, NODE_ARITHMETIC, "+", left, parse_product(p));
        else if (accept(p, "-"))
            left = wrap(p, NODE_ARITHMETIC, "-", left, parse_product(p));
        else
            break;
    }
    return left;
}

static lf_expr *parse_compare(parser *p) {
    static const char *const operators[] = {"<=", ">=", "==", "!=", "<", ">"};
    lf_expr *left = parse_sum(p);
    for (int i = 0; left && i < 6; i++)
        if (accept(p, operators[i]))
            return wrap(p, NODE_COMPARE, operators[i], left, parse_sum(p));
    return left;
}

static lf_expr *parse_not(parser *p) {
    skip(p);
    const bool negated = accept(p, "not") || (p->at[0] == '!' && p->at[1] != '=' && accept(p, "!"));
    if (!negated)
        return parse_compare(p);
    if (++p->depth > DEPTH_MAX)
        return complain(p, "nested too deeply");
    lf_expr *inner = parse_not(p);
    p->depth--;
    return wrap(p, NODE_NOT, "!", inner, inner);
}

static lf_expr *parse_and(parser *p) {
    lf_expr *left = parse_not(p);
    while (left && (accept(p, "and") || accept(p, "&&")))
        left = wrap(p, NODE_AND, "&", left, parse_not(p));
    return left;
}

static lf_expr *parse_or(parser *p) {
    if (++p->depth > DEPTH_MAX)
        return complain(p, "nested too deeply");
    lf_expr *left = parse_and(p);
    while (left && (accept(p, "or") || accept(p, "||")))
        left = wrap(p, NODE_OR, "|", left, parse_and(p));
    p->depth--;
    return left;
}

lf_code lf_expr_parse(lf_arena *arena, const char *text, lf_expr **expr, lf_error *error) {
    assert(arena && text && expr);
    parser p = {.arena = arena, .text = text, .at = text, .error = error, .code = LF_OK};
    *expr = parse_or(&p);
    skip(&p);
    if (*expr && *p.at)
        *expr = complain(&p, "something is left over");
    if (!*expr && p.code == LF_OK)
        p.code = lf_fail(error, LF_MEMORY, LF_FROM_RUN, "no memory for an expression");
    return p.code;
}

static lf_code type_error(const lf_expr *expr, const char *what, lf_error *error) {
    const lf_code code = lf_fail(error, LF_TYPE, LF_FROM_SCENARIO, "%s", what);
    if (error)
        error->column = expr->column;
    return code;
}

static bool compare_numbers(const char *operator, double a, double b) {
    if (isnan(a) || isnan(b))
        return false;
    switch (operator[0]) {
    case '<':
        return operator[1] ? a <= b : a<b;
    case '>':
        return operator[1] ? a >= b : a> b;
    case '!':
        return a != b;
    default:
        return a == b;
    }
}

static lf_code compare(const lf_expr *expr, const lf_value *a, const lf_value *b, lf_value *out,
                       lf_error *error) {
    out->kind = LF_VALUE_BOOL;
    if (a->kind != b->kind)
        return type_error(expr, "a text, a number and a truth cannot be compared with one another",
                          error);
    if (a->kind == LF_VALUE_NUMBER) {
        out->truth = compare_numbers(expr->operator, a->number, b->number);
        return LF_OK;
    }
    const bool equal =
        a->kind == LF_VALUE_TEXT ? strcmp(a->text, b->text) == 0 : a->truth == b->truth;
    if (strcmp(expr->operator, "==") == 0)
        out->truth = equal;
    else if (strcmp(expr->operator, "!=") == 0)
        out->truth = !equal;
    else
        return type_error(expr, "texts and truths know only == and !=", error);
    return LF_OK;
}

static lf_code arithmetic(const lf_expr *expr, const lf_value *a, const lf_value *b, lf_value *out,
                          lf_error *error) {
    if (a->kind != LF_VALUE_NUMBER || b->kind != LF_VALUE_NUMBER)
        return type_error(expr, "arithmetic needs numbers", error);
    out->kind = LF_VALUE_NUMBER;
    switch (expr->operator[0]) {
    case '+':
        out->number = a->number + b->number;
        break;
    case '-':
        out->number = a->number - b->number;
        break;
    case '*':
        out->number = a->number * b->number;
        break;
    default:
        out->number = b->number != 0 ? a->number / b->number : NAN;
    }
    return LF_OK;
}

static lf_code call(const lf_expr *expr, lf_expr_resolve *resolve, void *context, lf_value *out,
                    lf_error *error) {
    const char which = expr->name.path[1]; // m-i-n, m-a-x, a-b-s
    out->kind = LF_VALUE_NUMBER;
    for (int i = 0; i < expr->argument_count; i++) {
        lf_value value;
        const lf_code code = lf_expr_eval(expr->arguments[i], resolve, context, &value, error);
        if (code != LF_OK)
            return code;
        if (value.kind != LF_VALUE_NUMBER)
            return type_error(expr, "min, max and abs need numbers", error);
        if (which == 'b')
            out->number = fabs(value.number);
        else if (i == 0 || isnan(value.number) ||
                 (which == 'i' ? value.number < out->number : value.number > out->number))
            out->number = value.number;
    }
    return LF_OK;
}

static lf_code logic(const lf_expr *expr, lf_expr_resolve *resolve, void *context, lf_value *out,
                     lf_error *error) {
    out->kind = LF_VALUE_BOOL;
    for (int i = 0; i < 2; i++) {
        lf_value value;
        const lf_code code = lf_expr_eval(expr->arguments[i], resolve, context, &value, error);
        if (code != LF_OK)
            return code;
        if (value.kind != LF_VALUE_BOOL)
            return type_error(expr, "and, or, not need truths such as a < b", error);
        out->truth = expr->kind == NODE_NOT ? !value.truth : value.truth;
        if (expr->kind == NODE_NOT || value.truth == (expr->kind == NODE_OR))
            return LF_OK;
    }
    return LF_OK;
}

lf_code lf_expr_eval(const lf_expr *expr, lf_expr_resolve *resolve, void *context, lf_value *out,
                     lf_error *error) {
    assert(expr && out);
    *out = (lf_value){.kind = LF_VALUE_NUMBER};
    switch (expr->kind) {
    case NODE_CONSTANT:
        *out = expr->constant;
        return LF_OK;
    case NODE_NAME:
        return resolve(context, &expr->name, out, error);
    case NODE_CALL:
        return call(expr, resolve, context, out, error);
    case NODE_NOT:
    case NODE_AND:
    case NODE_OR:
        return logic(expr, resolve, context, out, error);
    default:
        break;
    }
    lf_value a, b;
    lf_code code = lf_expr_eval(expr->arguments[0], resolve, context, &a, error);
    if (code != LF_OK)
        return code;
    if (expr->kind == NODE_MINUS) {
        const lf_value zero = {.kind = LF_VALUE_NUMBER};
        return arithmetic(expr, &zero, &a, out, error);
    }
    code = lf_expr_eval(expr->arguments[1], resolve, context, &b, error);
    if (code != LF_OK)
        return code;
    return expr->kind == NODE_COMPARE ? compare(expr, &a, &b, out, error)
                                      : arithmetic(expr, &a, &b, out, error);
}

const lf_expr *lf_expr_left(const lf_expr *expr) {
    return expr->kind == NODE_COMPARE ? expr->arguments[0] : NULL;
}

bool lf_expr_is_word(const lf_expr *expr, const char **word) {
    if (expr->kind != NODE_NAME || expr->name.qualifier || strchr(expr->name.path, '.'))
        return false;
    *word = expr->name.path;
    return true;
}

void lf_expr_names(const lf_expr *expr, void (*visit)(void *context, const lf_expr_name *name),
                   void *context) {
    if (expr->kind == NODE_NAME)
        visit(context, &expr->name);
    const int count = expr->kind == NODE_NOT || expr->kind == NODE_MINUS ? 1 : expr->argument_count;
    for (int i = 0; i < count; i++)
        lf_expr_names(expr->arguments[i], visit, context);
}
