/* System calls that glibc 2.36 has no function for, or that Swift cannot call. */
#ifndef C_LINUX_SHIMS_H
#define C_LINUX_SHIMS_H

#include <stddef.h>

/* Opens a regular file for reading beneath a directory, resolved by the kernel: no `..`, absolute path, symbolic link
   or /proc link leads out of it (openat2 with RESOLVE_BENEATH). Returns a descriptor, or -errno. */
int c8_open_beneath(int directory, const char *path);

/* Opens a directory for use with c8_open_beneath. Returns a descriptor, or -errno. */
int c8_open_directory(const char *path);

/* How far c8_open_location may go. Links of /proc (to descriptors, roots, working directories) are never followed. */
typedef enum {
    /* Below the directory, through no symbolic link at all. */
    C8_REACH_WITHOUT_LINKS,
    /* Below the directory, through symbolic links that stay there. */
    C8_REACH_BENEATH,
    /* Wherever symbolic links lead: to learn where that is. */
    C8_REACH_ANYWHERE,
} c8_reach;

/* Opens the place that a path names, of whatever type, without opening what is there (O_PATH): no device wakes up, no
   FIFO waits. Without `follow`, a symbolic link as the last part is opened itself. Returns a descriptor, or -errno. */
int c8_open_location(int directory, const char *path, c8_reach reach, int follow);

/* Opens the file that a descriptor of c8_open_location stands for, that very file. Returns a descriptor, or -errno. */
int c8_reopen(int descriptor, int flags);

/* Creates a file that was not there, for writing at its end. Returns a descriptor, or -errno. */
int c8_create_file(int directory, const char *name, unsigned mode);

/* Opens a directory again, to read its entries or to sync it. Returns a descriptor, or -errno. */
int c8_open_listing(int directory);

/* Where an open descriptor's file is now, by the kernel's account; not terminated. Returns its length, or -errno. */
long c8_descriptor_path(int descriptor, char *buffer, size_t size);

/* renameat2; with `exchange`, both names exist and change places. Returns 0, or -errno. */
int c8_move(int from_directory, const char *from, int to_directory, const char *to, int exchange);

/* 1 where the file belongs to a file system that is a face of the kernel (proc, sysfs, devpts, cgroup …), 0 where it does
   not, or -errno. */
int c8_is_kernel_file_system(int descriptor);

#endif
