#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "CLinuxShims.h"

int c8_set_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : -errno; }

int c8_protect_memory(void) {
    struct rlimit none = {0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0) return -errno;
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : -errno;
}

int c8_memory_is_protected(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0; }

int c8_thread_count(void) {
    DIR *threads = opendir("/proc/self/task");
    if (threads == NULL) return -errno;
    int count = 0;
    for (struct dirent *entry; (entry = readdir(threads)) != NULL;) {
        if (entry->d_name[0] != '.') count++;
    }
    closedir(threads);
    return count;
}

int c8_fork(void) {
    pid_t child = fork();
    return child < 0 ? -errno : (int)child;
}
