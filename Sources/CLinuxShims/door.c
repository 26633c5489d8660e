#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "CLinuxShims.h"

/* Newer than some kernel headers. */
#ifndef BPF_FS_MAGIC
#define BPF_FS_MAGIC 0xcafe4a11
#endif
#ifndef CONFIGFS_MAGIC
#define CONFIGFS_MAGIC 0x62656570
#endif
#ifndef MQUEUE_MAGIC
#define MQUEUE_MAGIC 0x19800202
#endif
#ifndef FUSE_CTL_SUPER_MAGIC
#define FUSE_CTL_SUPER_MAGIC 0x65735543
#endif

int c8_open_location(int directory, const char *path, c8_reach reach, int follow) {
    struct open_how how;
    memset(&how, 0, sizeof how);
    how.flags = O_PATH | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW);
    how.resolve = RESOLVE_NO_MAGICLINKS;
    if (reach != C8_REACH_ANYWHERE) how.resolve |= RESOLVE_BENEATH;
    if (reach == C8_REACH_WITHOUT_LINKS) how.resolve |= RESOLVE_NO_SYMLINKS;
    /* EAGAIN: something was renamed while the kernel looked, so that it cannot vouch for the result. */
    for (int attempt = 0; attempt < 64; attempt++) {
        long descriptor = syscall(SYS_openat2, directory, path, &how, sizeof how);
        if (descriptor >= 0) return (int)descriptor;
        if (errno != EAGAIN && errno != EINTR) return -errno;
    }
    return -EAGAIN;
}

int c8_reopen(int descriptor, int flags) {
    char name[40];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    int opened = open(name, flags | O_CLOEXEC | O_NOCTTY);
    return opened < 0 ? -errno : opened;
}

int c8_create_file(int directory, const char *name, unsigned mode) {
    int descriptor = openat(
        directory, name, O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, (mode_t)mode);
    return descriptor < 0 ? -errno : descriptor;
}

int c8_open_listing(int directory) {
    int descriptor = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

long c8_descriptor_path(int descriptor, char *buffer, size_t size) {
    char name[40];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    ssize_t count = readlink(name, buffer, size);
    if (count < 0) return -errno;
    return (size_t)count >= size ? -ENAMETOOLONG : count;
}

int c8_move(int from_directory, const char *from, int to_directory, const char *to, int exchange) {
    long result = syscall(SYS_renameat2, from_directory, from, to_directory, to, exchange ? RENAME_EXCHANGE : 0);
    return result < 0 ? -errno : 0;
}

int c8_is_kernel_file_system(int descriptor) {
    struct statfs status;
    if (fstatfs(descriptor, &status) != 0) return -errno;
    switch ((unsigned long)status.f_type & 0xffffffffUL) {
        case PROC_SUPER_MAGIC:
        case SYSFS_MAGIC:
        case DEVPTS_SUPER_MAGIC:
        case DEBUGFS_MAGIC:
        case TRACEFS_MAGIC:
        case SECURITYFS_MAGIC:
        case SELINUX_MAGIC:
        case SMACK_MAGIC:
        case CGROUP_SUPER_MAGIC:
        case CGROUP2_SUPER_MAGIC:
        case BINFMTFS_MAGIC:
        case BPF_FS_MAGIC:
        case CONFIGFS_MAGIC:
        case EFIVARFS_MAGIC:
        case MQUEUE_MAGIC:
        case FUSE_CTL_SUPER_MAGIC:
        case NSFS_MAGIC:
        case PIPEFS_MAGIC:
        case SOCKFS_MAGIC:
        case ANON_INODE_FS_MAGIC: return 1;
        default: return 0;
    }
}
