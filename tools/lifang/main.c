// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The command: finds the verb, parses its options, runs it, and makes sure that what was printed
// really reached its file.
#include "command.h"
#include "lifang/lifang.h"
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const cli_command *const commands[] = {
#define LF_COMMAND(name, doc) &cli_##name,
#include "commands.def"
#undef LF_COMMAND
    NULL,
};
static const char *const docs[] = {
#define LF_COMMAND(name, doc) doc,
#include "commands.def"
#undef LF_COMMAND
    NULL,
};

const cli_command *cli_command_at(int index) {
    return commands[index];
}

const cli_command *cli_command_find(const char *name) {
    for (int i = 0; commands[i]; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

const char *cli_command_doc(const cli_command *command) {
    for (int i = 0; commands[i]; i++) {
        if (commands[i] == command) {
            return docs[i];
        }
    }
    return "";
}

static int unknown_verb(const char *word) {
    fprintf(stderr, "lifang: '%s' is no verb of lifang; the verbs are:", word);
    for (int i = 0; commands[i]; i++) {
        fprintf(stderr, " %s", commands[i]->name);
    }
    fprintf(stderr, ". See 'lifang --help'.\n");
    return 2;
}

// A full disk or a closed pipe behind stdout must not look like success.
static int flush_stdout(int code) {
    if (fflush(stdout) != 0 || ferror(stdout)) {
        if (errno != EPIPE) {
            fprintf(stderr, "lifang: writing to standard output failed: %s\n", strerror(errno));
        }
        return code ? code : 4;
    }
    return code;
}

static bool wants_help(int count, char *const *words) {
    for (int i = 0; i < count && strcmp(words[i], "--") != 0; i++) {
        if (strcmp(words[i], "--help") == 0 || strcmp(words[i], "-h") == 0) {
            return true;
        }
    }
    return false;
}

static int run_verb(const cli_command *command, int count, char *const *words) {
    if (wants_help(count, words)) {
        cli_help_command(command);
        return 0;
    }
    int code = 2;
    cli_args *args = cli_args_parse(command, count, words, &code);
    if (!args) {
        return code;
    }
    cli_host host = {
        .stop = cli_signals_begin(),
        .terminal = isatty(STDERR_FILENO) != 0,
        .colour = isatty(STDOUT_FILENO) != 0 && !getenv("NO_COLOR"),
    };
    code = command->run(args, &host);
    cli_args_free(args);
    return code;
}

int main(int argc, char **argv) {
    setlocale(LC_CTYPE, "C.UTF-8");
    if (argc < 2) {
        fprintf(stderr, "lifang: a verb is missing. See 'lifang --help'.\n");
        return 2;
    }
    const char *verb = argv[1];
    if (strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0) {
        cli_help_program();
        return flush_stdout(0);
    }
    if (strcmp(verb, "--version") == 0) {
        verb = "version";
    }
    const cli_command *command = cli_command_find(verb);
    return command ? flush_stdout(run_verb(command, argc - 2, argv + 2)) : unknown_verb(verb);
}
