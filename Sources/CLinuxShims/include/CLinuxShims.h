/* System calls that glibc 2.36 has no function for, or that Swift cannot call. */
#ifndef C_LINUX_SHIMS_H
#define C_LINUX_SHIMS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

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
/* Landlock (landlock(7)): a process gives up rights to files and ports for good. All return -errno on failure. */

/* The version of the kernel's interface: 1 or more. -ENOSYS: not built in; -EOPNOTSUPP: switched off at boot. */
int c8_landlock_version(void);

/* A set of rules, as a descriptor: the rights named are refused except where a rule allows them. `network` needs
   version 4 and `scopes` version 6; both are 0 before that. */
int c8_landlock_create(uint64_t files, uint64_t network, uint64_t scopes);

/* Allows the rights at and below a path. Of `rights`, those that make no sense for a path that is no folder are left out. */
int c8_landlock_allow_path(int rules, const char *path, uint64_t rights);

/* Allows the rights for a TCP port. */
int c8_landlock_allow_port(int rules, uint16_t port, uint64_t rights);

/* Puts the rules in force for the calling thread and all threads that it starts from now on. */
int c8_landlock_enforce(int rules);

/* Whether the kernel can filter system calls: 0, or -errno. */
int c8_filter_available(void);

/* Refuses, in all threads and for good, to start programs and processes, to trace, and the system calls that only
   administrators' tools and exploits need. Needs no_new_privs. Returns 0, or -errno. */
int c8_filter_install(void);

/* This process never gains rights by starting a program (PR_SET_NO_NEW_PRIVS). */
int c8_set_no_new_privileges(void);

/* No other process of this user may read this one's memory or /proc files, and no core is dumped. */
int c8_protect_memory(void);

/* Whether c8_protect_memory was called: 1 or 0. */
int c8_memory_is_protected(void);

/* The number of threads of this process, or -errno where /proc does not tell. */
int c8_thread_count(void);

/* fork(2), to be called while the process has a single thread: 0 in the child. Swift hides the function. */
int c8_fork(void);

/* Readiness of sockets (epoll(7)), which Swift's Glibc module leaves out. All return -errno on failure. */

/* What has become of one descriptor since it was last told. */
typedef struct {
    uint64_t tag;
    /* There is something to read, or the end. */
    uint8_t readable;
    /* There is room to write again, or a connection was made or failed. */
    uint8_t writable;
    /* The other side sends nothing any more, or the connection is broken. */
    uint8_t ends;
} c8_event;

/* A set of descriptors to wait for. */
int c8_events_open(void);

/* A descriptor that becomes readable whenever 8 bytes, a number, are written to it. */
int c8_bell_open(void);

/* Adds a descriptor for all events, each told once when it happens (edge-triggered). It leaves the set when it is closed. */
int c8_events_add(int events, int descriptor, uint64_t tag);

/* Waits for at most so many milliseconds, -1 for ever; 0 looks only. Returns how many events it found, 0 also where a
   signal came. */
int c8_events_wait(int events, c8_event *found, int most, int milliseconds);

/* Hands a socket what is left of a head and a body, in one system call. Returns how many bytes it took, or -1 with errno. */
ssize_t c8_socket_send(int descriptor, const void *head, size_t head_count, const void *body, size_t body_count);

#endif
