// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// What a verb of the command is: one struct with its words, its option table and its function. The
// help, the man page and the bash completion are generated from these tables, so nothing is said
// twice. A verb prints results on stdout and messages on stderr, and returns the exit code.
#ifndef LF_TOOLS_COMMAND_H
#define LF_TOOLS_COMMAND_H

#include "lifang/base.h"

// One option. value is the placeholder of its argument ("DIR"), NULL for a flag.
typedef struct cli_option {
    const char *name; // "out" for --out
    char letter;      // 'o' for -o, 0 = none
    const char *value;
    const char *doc;
} cli_option;

typedef struct cli_args cli_args;

// What the program lends to a verb.
typedef struct cli_host {
    const volatile int *stop; // becomes the signal's number: see signals.c
    bool colour;              // stdout is a terminal that shows colours
    bool terminal;            // stderr is a terminal
} cli_host;

typedef struct cli_command {
    const char *name;
    const char *operands; // "SCENARIO", "SOURCE...", "[FILE]"; "" = none
    int operand_min, operand_max;
    const char *text; // paragraphs for help and man page, may be ""
    const cli_option *options;
    int option_count;
    int (*run)(const cli_args *args, const cli_host *host);
} cli_command;

#define LF_COMMAND(name, doc) extern const cli_command cli_##name;
#include "commands.def"
#undef LF_COMMAND

// NULL after the last / when there is none of that name.
const cli_command *cli_command_at(int index);
const cli_command *cli_command_find(const char *name);
const char *cli_command_doc(const cli_command *command);

// The parsed command line of one verb. --name=value, --name value, -o value, -ovalue, --; operands
// and options in any order; unique beginnings of names are not accepted.
bool cli_flag(const cli_args *args, const char *name);
const char *cli_text(const cli_args *args, const char *name); // last one given, or NULL
int cli_list(const cli_args *args, const char *name, const char *const **values); // all given
int cli_operands(const cli_args *args, const char *const **operands);
// A number that must be in low..high; initial when the option is absent. false: *exit_code is set
// and the reason is on stderr.
bool cli_number(const cli_args *args, const char *name, double low, double high, double initial,
                double *value, int *exit_code);
// Parses argv behind the verb. NULL: the reason is on stderr, the exit code is 2 (or 4 for memory).
cli_args *cli_args_parse(const cli_command *command, int count, char *const *words, int *exit_code);
void cli_args_free(cli_args *args);

// Prints "lifang: FILE:LINE:COLUMN: ..." on stderr and returns the exit code of the error.
int cli_report_error(const lf_error *error);
// Prints a usage mistake with a hint at --help on stderr and returns 2.
int cli_usage(const cli_command *command, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Signals: cli_signals_begin makes SIGINT and SIGTERM set the flag of the host; a second one ends
// the program at once. cli_signals_exit gives 130 or 143 after a signal, else `other`.
const volatile int *cli_signals_begin(void);
int cli_signals_exit(int other);

// Help of one verb, of the program, man page and completion, written to stdout.
void cli_help_program(void);
void cli_help_command(const cli_command *command);
void cli_help_man(void);
void cli_help_completion(void);

#endif
