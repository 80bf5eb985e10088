// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Help, man page and bash completion, all generated from the verbs' tables.
#include "command.h"
#include <stdio.h>
#include <string.h>

static const char *const exit_codes[] = {
    "0",        "done, all checks hold",
    "1",        "done, but a check of the scenario failed (compare: the results differ)",
    "2",        "the command line or the scenario is invalid",
    "3",        "an input file is missing or invalid",
    "4",        "the run failed: unstable, balance, out of memory, disk full",
    "5",        "something needed is not there: GPU, display, broker",
    "130, 143", "interrupted; a checkpoint was written where asked",
};
enum { EXIT_ROWS = sizeof exit_codes / sizeof exit_codes[0] / 2 };

static void print_usage(const cli_command *command) {
    printf("lifang %s%s%s%s", command->name, command->option_count ? " [OPTION...]" : "",
           *command->operands ? " " : "", command->operands);
}

static void print_option_names(const cli_option *option) {
    char names[64];
    int length = option->letter ? snprintf(names, sizeof names, "-%c, ", option->letter)
                                : snprintf(names, sizeof names, "    ");
    snprintf(names + length, sizeof names - (size_t)length, "--%s%s%s", option->name,
             option->value ? " " : "", option->value ? option->value : "");
    printf("  %-30s", names);
}

void cli_help_command(const cli_command *command) {
    printf("lifang %s: %s\n\nUsage: ", command->name, cli_command_doc(command));
    print_usage(command);
    printf("\n");
    if (*command->text) {
        printf("\n%s\n", command->text);
    }
    printf("\nOptions:\n");
    for (int i = 0; i < command->option_count; i++) {
        print_option_names(&command->options[i]);
        printf(" %s\n", command->options[i].doc);
    }
    printf("  %-30s %s\n", "-h, --help", "print this help");
}

void cli_help_program(void) {
    printf("lifang %s: simulate the renovation of residential estates\n\n"
           "Usage: lifang VERB [OPTION...] [OPERAND...]\n\nVerbs:\n",
           lf_version());
    for (int i = 0; cli_command_at(i); i++) {
        printf("  %-10s %s\n", cli_command_at(i)->name, cli_command_doc(cli_command_at(i)));
    }
    printf("\n'lifang VERB --help' tells more. Exit codes:\n");
    for (int i = 0; i < EXIT_ROWS; i++) {
        printf("  %-10s %s\n", exit_codes[2 * i], exit_codes[2 * i + 1]);
    }
}

// Text for roff: a leading dot or quote and every backslash and hyphen need care.
static void print_roff(const char *text) {
    bool line_start = true;
    for (const char *c = text; *c; c++) {
        if (line_start && (*c == '.' || *c == '\'')) {
            printf("\\&");
        }
        if (*c == '\\') {
            printf("\\e");
        } else if (*c == '-') {
            printf("\\-");
        } else {
            putchar(*c);
        }
        line_start = *c == '\n';
    }
}

static void man_options(const cli_command *command) {
    for (int i = 0; i < command->option_count; i++) {
        const cli_option *option = &command->options[i];
        printf(".TP\n");
        if (option->letter) {
            printf("\\fB\\-%c\\fR, ", option->letter);
        }
        printf("\\fB\\-\\-");
        print_roff(option->name);
        printf("\\fR%s\\fI", option->value ? " " : "");
        print_roff(option->value ? option->value : "");
        printf("\\fR\n");
        print_roff(option->doc);
        printf("\n");
    }
}

void cli_help_man(void) {
    printf(".TH LIFANG 1 \"\" \"lifang %s\" \"User Commands\"\n.SH NAME\nlifang \\- simulate the "
           "renovation of residential estates\n.SH SYNOPSIS\n.B lifang\n\\fIVERB\\fR "
           "[\\fIOPTION\\fR...] [\\fIOPERAND\\fR...]\n.SH VERBS\n",
           lf_version());
    for (int i = 0; cli_command_at(i); i++) {
        const cli_command *command = cli_command_at(i);
        printf(".SS lifang %s ", command->name);
        print_roff(command->operands);
        printf("\n");
        print_roff(cli_command_doc(command));
        printf(".\n");
        if (*command->text) {
            printf(".PP\n");
            print_roff(command->text);
            printf("\n");
        }
        man_options(command);
    }
    printf(".SH EXIT STATUS\n");
    for (int i = 0; i < EXIT_ROWS; i++) {
        printf(".TP\n%s\n", exit_codes[2 * i]);
        print_roff(exit_codes[2 * i + 1]);
        printf("\n");
    }
    printf(".SH ENVIRONMENT\n.TP\nLIFANG_ASSETS\nfolder with fonts, prices and storms, in place of "
           "the installed one\n.TP\nNO_COLOR\nprint without colours\n");
}

void cli_help_completion(void) {
    printf("# bash completion for lifang\n_lifang() {\n    local word=${COMP_WORDS[COMP_CWORD]}\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \"");
    for (int i = 0; cli_command_at(i); i++) {
        printf("%s ", cli_command_at(i)->name);
    }
    printf("--help --version\" -- \"$word\"))\n        return\n    fi\n    local options=\"\"\n"
           "    case ${COMP_WORDS[1]} in\n");
    for (int i = 0; cli_command_at(i); i++) {
        const cli_command *command = cli_command_at(i);
        printf("    %s) options=\"", command->name);
        for (int k = 0; k < command->option_count; k++) {
            printf("--%s ", command->options[k].name);
        }
        printf("--help\" ;;\n");
    }
    printf("    esac\n    case $word in\n"
           "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;\n"
           "    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n    esac\n}\n"
           "complete -o filenames -F _lifang lifang\n");
}

static int run(const cli_args *args, const cli_host *host) {
    (void)host;
    const char *const *operands;
    int count = cli_operands(args, &operands);
    if (cli_flag(args, "man")) {
        cli_help_man();
    } else if (cli_flag(args, "completion")) {
        cli_help_completion();
    } else if (count == 0) {
        cli_help_program();
    } else {
        const cli_command *command = cli_command_find(operands[0]);
        if (!command) {
            return cli_usage(&cli_help, "'%s' is no verb of lifang", operands[0]);
        }
        cli_help_command(command);
    }
    return 0;
}

static const cli_option options[] = {
    {"man", 0, NULL, "print the man page lifang(1) as roff"},
    {"completion", 0, NULL, "print the bash completion"},
};
const cli_command cli_help = {
    .name = "help",
    .operands = "[VERB]",
    .operand_max = 1,
    .text = "",
    .options = options,
    .option_count = 2,
    .run = run,
};
