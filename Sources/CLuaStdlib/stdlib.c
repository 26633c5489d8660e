#include "CLuaStdlib.h"

#include <string.h>

/* #embed is C23's, and known to the compilers that build this. */
#pragma clang diagnostic ignored "-Wc23-extensions"

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
static const unsigned char support[] = {
#embed "../../stdlib/c8/_support.lua"
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
static const unsigned char test_module[] = {
#embed "../../stdlib/c8/test.lua"
};
static const unsigned char test_doubles[] = {
#embed "../../stdlib/c8/_test_doubles.lua"
};
static const unsigned char test_expect[] = {
#embed "../../stdlib/c8/_test_expect.lua"
};
static const unsigned char test_main[] = {
#embed "../../stdlib/c8/_test_main.lua"
};
static const unsigned char test_run[] = {
#embed "../../stdlib/c8/_test_run.lua"
};
static const unsigned char test_show[] = {
#embed "../../stdlib/c8/_test_show.lua"
};
static const unsigned char test_suite[] = {
#embed "../../stdlib/c8/_test_suite.lua"
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
static const unsigned char types_c8_test[] = {
#embed "../../stdlib/types/c8/test.lua"
};
static const unsigned char types_c8_time[] = {
#embed "../../stdlib/types/c8/time.lua"
};
static const unsigned char types_c8_token[] = {
#embed "../../stdlib/types/c8/token.lua"
};

// What `c8run init` writes.
static const unsigned char project_README_md[] = {
#embed "../../stdlib/project/README.md"
};
static const unsigned char project_README_zh_md[] = {
#embed "../../stdlib/project/README.zh.md"
};
static const unsigned char project_config_toml[] = {
#embed "../../stdlib/project/config.toml"
};
static const unsigned char project_crontab[] = {
#embed "../../stdlib/project/crontab"
};
static const unsigned char project_first_flow_lua[] = {
#embed "../../stdlib/project/first_flow.lua"
};
static const unsigned char project_flow_service[] = {
#embed "../../stdlib/project/flow.service"
};
static const unsigned char project_flow_timer[] = {
#embed "../../stdlib/project/flow.timer"
};
static const unsigned char project_gitignore[] = {
#embed "../../stdlib/project/gitignore"
};
static const unsigned char project_luarc_json[] = {
#embed "../../stdlib/project/luarc.json"
};
static const unsigned char project_orders_lua[] = {
#embed "../../stdlib/project/orders.lua"
};
static const unsigned char project_orders_test_lua[] = {
#embed "../../stdlib/project/orders_test.lua"
};

static const c8_stdlib_file files[] = {
    {"c8/init.lua", c8, sizeof c8},
    {"c8/_prompt.lua", prompt, sizeof prompt},
    {"c8/_pages.lua", pages, sizeof pages},
    {"c8/_upload.lua", upload, sizeof upload},
    {"c8/_support.lua", support, sizeof support},
    {"c8/crypto.lua", crypto, sizeof crypto},
    {"c8/csv.lua", csv, sizeof csv},
    {"c8/fs.lua", fs, sizeof fs},
    {"c8/http.lua", http, sizeof http},
    {"c8/flow.lua", flow, sizeof flow},
    {"c8/progress.lua", progress, sizeof progress},
    {"c8/task.lua", task, sizeof task},
    {"c8/test.lua", test_module, sizeof test_module},
    {"c8/_test_doubles.lua", test_doubles, sizeof test_doubles},
    {"c8/_test_expect.lua", test_expect, sizeof test_expect},
    {"c8/_test_main.lua", test_main, sizeof test_main},
    {"c8/_test_run.lua", test_run, sizeof test_run},
    {"c8/_test_show.lua", test_show, sizeof test_show},
    {"c8/_test_suite.lua", test_suite, sizeof test_suite},
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
    {"types/c8/test.lua", types_c8_test, sizeof types_c8_test},
    {"types/c8/time.lua", types_c8_time, sizeof types_c8_time},
    {"types/c8/token.lua", types_c8_token, sizeof types_c8_token},
    {"project/README.md", project_README_md, sizeof project_README_md},
    {"project/README.zh.md", project_README_zh_md, sizeof project_README_zh_md},
    {"project/config.toml", project_config_toml, sizeof project_config_toml},
    {"project/crontab", project_crontab, sizeof project_crontab},
    {"project/first_flow.lua", project_first_flow_lua, sizeof project_first_flow_lua},
    {"project/flow.service", project_flow_service, sizeof project_flow_service},
    {"project/flow.timer", project_flow_timer, sizeof project_flow_timer},
    {"project/gitignore", project_gitignore, sizeof project_gitignore},
    {"project/luarc.json", project_luarc_json, sizeof project_luarc_json},
    {"project/orders.lua", project_orders_lua, sizeof project_orders_lua},
    {"project/orders_test.lua", project_orders_test_lua, sizeof project_orders_test_lua},
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
