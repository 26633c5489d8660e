#include "CLuaStdlib.h"

#include <string.h>

/* #embed is C23's, and known to the compilers that build this. */
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char start[] = {
#embed "../../stdlib/c8/_start.lua"
};
static const unsigned char c8[] = {
#embed "../../stdlib/c8/init.lua"
};
static const unsigned char prompt[] = {
#embed "../../stdlib/c8/_prompt.lua"
};
static const unsigned char pages[] = {
#embed "../../stdlib/c8/_pages.lua"
};
static const unsigned char upload[] = {
#embed "../../stdlib/c8/_upload.lua"
};
static const unsigned char crypto[] = {
#embed "../../stdlib/c8/crypto.lua"
};
static const unsigned char csv[] = {
#embed "../../stdlib/c8/csv.lua"
};
static const unsigned char fs[] = {
#embed "../../stdlib/c8/fs.lua"
};
static const unsigned char http[] = {
#embed "../../stdlib/c8/http.lua"
};

// What editors know of the modules.
static const unsigned char flow[] = {
#embed "../../stdlib/c8/flow.lua"
};
static const unsigned char progress[] = {
#embed "../../stdlib/c8/progress.lua"
};
static const unsigned char task[] = {
#embed "../../stdlib/c8/task.lua"
};
static const unsigned char types_c8[] = {
#embed "../../stdlib/types/c8.lua"
};
static const unsigned char types_c8_crypto[] = {
#embed "../../stdlib/types/c8/crypto.lua"
};
static const unsigned char types_c8_csv[] = {
#embed "../../stdlib/types/c8/csv.lua"
};
static const unsigned char types_c8_progress[] = {
#embed "../../stdlib/types/c8/progress.lua"
};
static const unsigned char types_c8_flow[] = {
#embed "../../stdlib/types/c8/flow.lua"
};
static const unsigned char types_c8_env[] = {
#embed "../../stdlib/types/c8/env.lua"
};
static const unsigned char types_c8_fs[] = {
#embed "../../stdlib/types/c8/fs.lua"
};
static const unsigned char types_c8_http[] = {
#embed "../../stdlib/types/c8/http.lua"
};
static const unsigned char types_c8_json[] = {
#embed "../../stdlib/types/c8/json.lua"
};
static const unsigned char types_c8_log[] = {
#embed "../../stdlib/types/c8/log.lua"
};
static const unsigned char types_c8_task[] = {
#embed "../../stdlib/types/c8/task.lua"
};
static const unsigned char types_c8_time[] = {
#embed "../../stdlib/types/c8/time.lua"
};
static const unsigned char types_c8_token[] = {
#embed "../../stdlib/types/c8/token.lua"
};

static const c8_stdlib_file files[] = {
    {"c8/_start.lua", start, sizeof start},
    {"c8/init.lua", c8, sizeof c8},
    {"c8/_prompt.lua", prompt, sizeof prompt},
    {"c8/_pages.lua", pages, sizeof pages},
    {"c8/_upload.lua", upload, sizeof upload},
    {"c8/crypto.lua", crypto, sizeof crypto},
    {"c8/csv.lua", csv, sizeof csv},
    {"c8/fs.lua", fs, sizeof fs},
    {"c8/http.lua", http, sizeof http},
    {"c8/flow.lua", flow, sizeof flow},
    {"c8/progress.lua", progress, sizeof progress},
    {"c8/task.lua", task, sizeof task},
    {"types/c8.lua", types_c8, sizeof types_c8},
    {"types/c8/crypto.lua", types_c8_crypto, sizeof types_c8_crypto},
    {"types/c8/csv.lua", types_c8_csv, sizeof types_c8_csv},
    {"types/c8/progress.lua", types_c8_progress, sizeof types_c8_progress},
    {"types/c8/flow.lua", types_c8_flow, sizeof types_c8_flow},
    {"types/c8/env.lua", types_c8_env, sizeof types_c8_env},
    {"types/c8/fs.lua", types_c8_fs, sizeof types_c8_fs},
    {"types/c8/http.lua", types_c8_http, sizeof types_c8_http},
    {"types/c8/json.lua", types_c8_json, sizeof types_c8_json},
    {"types/c8/log.lua", types_c8_log, sizeof types_c8_log},
    {"types/c8/task.lua", types_c8_task, sizeof types_c8_task},
    {"types/c8/time.lua", types_c8_time, sizeof types_c8_time},
    {"types/c8/token.lua", types_c8_token, sizeof types_c8_token},
};

c8_stdlib_file c8_stdlib_find(const char *name) {
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (strcmp(files[i].name, name) == 0) return files[i];
    }
    return (c8_stdlib_file){name, NULL, 0};
}

c8_stdlib_file c8_stdlib_at(size_t index) {
    if (index < sizeof files / sizeof *files) return files[index];
    return (c8_stdlib_file){NULL, NULL, 0};
}
