// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Parses the words behind a verb by the verb's option table.
#include "base/text.h"
#include "command.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cli_args {
    const cli_command *command;
    const char ***values; // per option: what was given, in order
    int *counts;
    const char **operands;
    int operand_count;
};

static int option_index(const cli_command *command, const char *name, size_t length) {
    for (int i = 0; i < command->option_count; i++) {
        const char *known = command->options[i].name;
        if (strlen(known) == length && strncmp(known, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

static int known_option(const cli_args *args, const char *name) {
    return option_index(args->command, name, strlen(name));
}

bool cli_flag(const cli_args *args, const char *name) {
    int option = known_option(args, name);
    return option >= 0 && args->counts[option] > 0;
}

const char *cli_text(const cli_args *args, const char *name) {
    int option = known_option(args, name);
    return option >= 0 && args->counts[option] ? args->values[option][args->counts[option] - 1]
                                               : NULL;
}

int cli_list(const cli_args *args, const char *name, const char *const **values) {
    int option = known_option(args, name);
    *values = option >= 0 ? args->values[option] : NULL;
    return option >= 0 ? args->counts[option] : 0;
}

int cli_operands(const cli_args *args, const char *const **operands) {
    *operands = args->operands;
    return args->operand_count;
}

bool cli_number(const cli_args *args, const char *name, double low, double high, double initial,
                double *value, int *exit_code) {
    const char *text = cli_text(args, name);
    *value = initial;
    if (!text) {
        return true;
    }
    if (!lf_text_real(text, value) || *value < low || *value > high) {
        *exit_code =
            cli_usage(args->command, "--%s: '%s' is not a number in %g..%g", name, text, low, high);
        return false;
    }
    return true;
}

int cli_usage(const cli_command *command, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "lifang %s: ", command->name);
    vfprintf(stderr, format, arguments);
    fprintf(stderr, " (see 'lifang %s --help')\n", command->name);
    va_end(arguments);
    return 2;
}

int cli_report_error(const lf_error *error) {
    char text[1200];
    fprintf(stderr, "lifang: %s\n", lf_error_format(error, text, sizeof text));
    return cli_signals_exit(lf_error_exit_code(error));
}

void cli_args_free(cli_args *args) {
    if (!args) {
        return;
    }
    for (int i = 0; args->values && i < args->command->option_count; i++) {
        free((void *)args->values[i]);
    }
    free((void *)args->values);
    free(args->counts);
    free((void *)args->operands);
    free(args);
}

static cli_args *create(const cli_command *command, int count) {
    cli_args *args = calloc(1, sizeof *args);
    if (!args) {
        return NULL;
    }
    size_t options = (size_t)command->option_count + 1, words = (size_t)count + 1;
    args->command = command;
    args->values = calloc(options, sizeof *args->values);
    args->counts = calloc(options, sizeof *args->counts);
    args->operands = calloc(words, sizeof *args->operands);
    bool complete = args->values && args->counts && args->operands;
    for (size_t i = 0; complete && i + 1 < options; i++) {
        args->values[i] = calloc(words, sizeof **args->values);
        complete = args->values[i] != NULL;
    }
    if (!complete) {
        cli_args_free(args);
        return NULL;
    }
    return args;
}

static void give(cli_args *args, int option, const char *value) {
    args->values[option][args->counts[option]++] = value;
}

static int unknown_option(const cli_command *command, const char *word, const char *name) {
    int best = -1, nearest = 3;
    for (int i = 0; i < command->option_count; i++) {
        int distance = lf_text_distance(name, command->options[i].name, 3);
        if (distance < nearest) {
            nearest = distance;
            best = i;
        }
    }
    if (best >= 0) {
        return cli_usage(command, "unknown option '%s'; did you mean --%s?", word,
                         command->options[best].name);
    }
    return cli_usage(command, "unknown option '%s'", word);
}

// --name, --name=value, --name value. Returns false after a message.
static bool take_long(cli_args *args, int count, char *const *words, int *at) {
    const cli_command *command = args->command;
    const char *word = words[*at], *name = word + 2, *equals = strchr(name, '=');
    int option = option_index(command, name, equals ? (size_t)(equals - name) : strlen(name));
    if (option < 0) {
        unknown_option(command, word, name);
        return false;
    }
    if (!command->options[option].value) {
        if (equals) {
            cli_usage(command, "--%s takes no value", command->options[option].name);
            return false;
        }
        give(args, option, "");
    } else if (equals) {
        give(args, option, equals + 1);
    } else if (*at + 1 < count) {
        give(args, option, words[++*at]);
    } else {
        cli_usage(command, "%s needs a value: %s", word, command->options[option].value);
        return false;
    }
    return true;
}

// -o value, -ovalue, -q.
static bool take_short(cli_args *args, int count, char *const *words, int *at) {
    const cli_command *command = args->command;
    const char *word = words[*at];
    int option = 0;
    while (option < command->option_count && command->options[option].letter != word[1]) {
        option++;
    }
    if (option == command->option_count) {
        unknown_option(command, word, word + 1);
        return false;
    }
    if (!command->options[option].value) {
        if (word[2]) {
            cli_usage(command, "write '%s' as separate options", word);
            return false;
        }
        give(args, option, "");
    } else if (word[2]) {
        give(args, option, word + 2);
    } else if (*at + 1 < count) {
        give(args, option, words[++*at]);
    } else {
        cli_usage(command, "%s needs a value: %s", word, command->options[option].value);
        return false;
    }
    return true;
}

static bool parse_words(cli_args *args, int count, char *const *words) {
    bool only_operands = false;
    for (int i = 0; i < count; i++) {
        const char *word = words[i];
        if (only_operands || word[0] != '-' || !word[1]) {
            args->operands[args->operand_count++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (!(word[1] == '-' ? take_long : take_short)(args, count, words, &i)) {
            return false;
        }
    }
    const cli_command *command = args->command;
    if (args->operand_count < command->operand_min) {
        cli_usage(command, "%s is missing", command->operands);
        return false;
    }
    if (args->operand_count > command->operand_max) {
        cli_usage(command, "'%s' is one word too many", args->operands[command->operand_max]);
        return false;
    }
    return true;
}

cli_args *cli_args_parse(const cli_command *command, int count, char *const *words,
                         int *exit_code) {
    cli_args *args = create(command, count);
    if (!args) {
        fprintf(stderr, "lifang: no memory\n");
        *exit_code = 4;
        return NULL;
    }
    if (!parse_words(args, count, words)) {
        cli_args_free(args);
        *exit_code = 2;
        return NULL;
    }
    return args;
}
