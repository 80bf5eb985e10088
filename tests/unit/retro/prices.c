// SPDX-License-Identifier: MIT
// Copyright (c) the lifang authors
//
// The book of prices with rows that must be refused, each with file and line.
#include "check.h"
#include "lifang/retro.h"

#include <sys/stat.h>
#include <unistd.h>

#define HEAD "key,value,unit,year,region,source,status\n"
#define GOOD "lamp,100,yuan/piece,2024,CN,survey,measured\n"

static void write_file(const char *name, const char *text) {
    char path[256];
    snprintf(path, sizeof path, "assets_bad/prices/%s.csv", name);
    FILE *file = fopen(path, "wb");
    if (!file)
        exit(1);
    fputs(text, file);
    fclose(file);
}

static void refuse(const char *text, int line, const char *word) {
    lf_prices *prices = NULL;
    lf_error error = {0};
    write_file("parking", text);
    CHECK(lf_retro_prices_read(&prices, &error) != LF_OK && !prices);
    if (error.line != line || !strstr(error.message, word))
        printf("%s:%d: %s\n", error.file, error.line, error.message);
    CHECK(error.line == line && strstr(error.file, "parking.csv"));
    CHECK(strstr(error.message, word) != NULL);
    CHECK(lf_error_exit_code(&error) == 3);
}

int main(void) {
    mkdir("assets_bad", 0777);
    mkdir("assets_bad/prices", 0777);
    setenv("LIFANG_ASSETS", "assets_bad", 1);
    write_file("drainage", HEAD GOOD);
    write_file("building", HEAD);
    refuse(HEAD "a,1,m,2024,CN,,assumed\n", 2, "source");
    refuse(HEAD "a,1,m,2024,CN,x,guessed\n", 2, "status");
    refuse(HEAD "a,1,m,2024,CN,x,synthetic\n", 2, "status");
    refuse(HEAD "a,-1,m,2024,CN,x,assumed\n", 2, "value");
    refuse(HEAD "a,nan,m,2024,CN,x,assumed\n", 2, "value");
    refuse(HEAD "a,1,m,24,CN,x,assumed\n", 2, "year");
    refuse(HEAD "a,1,,2024,CN,x,assumed\n", 2, "unit");
    refuse(HEAD "b,1,m,2024,CN,x,assumed\n" GOOD, 3, "already"); // in another file
    refuse("key,value,unit,year,region,status\n", 1, "source");
    write_file("parking", HEAD "a,1.5,yuan/m,2024,CN,\"x, y\",assumed\n");
    lf_prices *prices = NULL;
    lf_price price;
    lf_error error = {0};
    CHECK(lf_retro_prices_read(&prices, &error) == LF_OK);
    CHECK(lf_retro_price(prices, "a", &price, &error) == LF_OK);
    CHECK(price.value == 1.5 && price.quality == LF_ASSUMED);
    CHECK_TEXT(price.source, "x, y");
    lf_retro_prices_free(prices);
    return lf_check_end();
}
