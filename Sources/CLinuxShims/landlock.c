#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinuxShims.h"

/* Headers of Debian 12 know version 2 of this interface; the numbers and layouts here are the kernel's, version 6
   (Documentation/userspace-api/landlock.rst), and the same for all architectures. */
enum { create_ruleset = 444, add_rule = 445, restrict_self = 446 };
enum { report_version = 1, rule_path_beneath = 1, rule_net_port = 2 };

struct ruleset_attributes { uint64_t files, network, scopes; };
struct path_rule { uint64_t rights; int32_t parent; } __attribute__((packed));
struct port_rule { uint64_t rights, port; };

/* Execute, write, read, truncate, ioctl: what can be done with a file itself. */
static const uint64_t rights_of_files = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15;

static int result(long value) { return value < 0 ? -errno : (int)value; }

int c8_landlock_version(void) { return result(syscall(create_ruleset, NULL, (size_t)0, report_version)); }

int c8_landlock_create(uint64_t files, uint64_t network, uint64_t scopes) {
    struct ruleset_attributes attributes = {files, network, scopes};
    /* An old kernel refuses a structure that is longer than it knows, unless the rest is zero: leave the rest out. */
    size_t size = scopes ? sizeof attributes
                  : network ? offsetof(struct ruleset_attributes, scopes)
                            : offsetof(struct ruleset_attributes, network);
    /* The descriptor is closed on exec by the kernel's own choice. */
    return result(syscall(create_ruleset, &attributes, size, 0));
}

int c8_landlock_allow_path(int rules, const char *path, uint64_t rights) {
    int parent = open(path, O_PATH | O_CLOEXEC);
    if (parent < 0) return -errno;
    struct stat status;
    int failure = fstat(parent, &status) == 0 ? 0 : -errno;
    if (failure == 0) {
        if (!S_ISDIR(status.st_mode)) rights &= rights_of_files;
        struct path_rule rule = {rights, parent};
        /* A rule that allows nothing is an error to the kernel, and needless. */
        if (rights != 0) failure = result(syscall(add_rule, rules, rule_path_beneath, &rule, 0));
    }
    close(parent);
    return failure;
}

int c8_landlock_allow_port(int rules, uint16_t port, uint64_t rights) {
    struct port_rule rule = {rights, port};
    return result(syscall(add_rule, rules, rule_net_port, &rule, 0));
}

int c8_landlock_enforce(int rules) { return result(syscall(restrict_self, rules, 0)); }
