// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Interrupts. This is the one variable of the program that lives outside any struct: a signal
// handler can reach nothing else.
#define _GNU_SOURCE
#include "command.h"
#include <signal.h>
#include <string.h>
#include <unistd.h>

static volatile int signal_number;

static void handle(int number) {
    if (signal_number) {
        _exit(128 + number);
    }
    signal_number = number;
}

const volatile int *cli_signals_begin(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handle;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &signal_number;
}

int cli_signals_exit(int other) {
    return signal_number ? 128 + signal_number : other;
}
