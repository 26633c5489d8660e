#include "CLuaStdlib.h"

#include <string.h>

static const unsigned char start[] = {
#embed "../../stdlib/c8/_start.lua"
};
static const unsigned char c8[] = {
#embed "../../stdlib/c8/init.lua"
};
static const unsigned char pages[] = {
#embed "../../stdlib/c8/_pages.lua"
};
static const unsigned char crypto[] = {
#embed "../../stdlib/c8/crypto.lua"
};
static const unsigned char fs[] = {
#embed "../../stdlib/c8/fs.lua"
};
static const unsigned char http[] = {
#embed "../../stdlib/c8/http.lua"
};

static const c8_stdlib_file files[] = {
    {"c8/_start.lua", start, sizeof start},
    {"c8/init.lua", c8, sizeof c8},
    {"c8/_pages.lua", pages, sizeof pages},
    {"c8/crypto.lua", crypto, sizeof crypto},
    {"c8/fs.lua", fs, sizeof fs},
    {"c8/http.lua", http, sizeof http},
};

c8_stdlib_file c8_stdlib_find(const char *name) {
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (strcmp(files[i].name, name) == 0) return files[i];
    }
    return (c8_stdlib_file){name, NULL, 0};
}
