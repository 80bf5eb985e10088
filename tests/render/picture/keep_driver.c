// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// Drivers stay loaded until the end of a test: the leak checker cannot name, and so cannot excuse,
// what a driver lost once its library is gone (tests/lsan.supp).
int dlclose(void *library);

int dlclose(void *library) {
    (void)library;
    return 0;
}
