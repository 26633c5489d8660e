/* System calls that glibc 2.36 has no function for, or that Swift cannot call. */
#ifndef C_LINUX_SHIMS_H
#define C_LINUX_SHIMS_H

#include <stdint.h>

/* Opens a regular file for reading beneath a directory, resolved by the kernel: no `..`, absolute path, symbolic link
   or /proc link leads out of it (openat2 with RESOLVE_BENEATH). Returns a descriptor, or -errno. */
int c8_open_beneath(int directory, const char *path);

/* Opens a directory for use with c8_open_beneath. Returns a descriptor, or -errno. */
int c8_open_directory(const char *path);

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

#endif
