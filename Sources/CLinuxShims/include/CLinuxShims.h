/* System calls that glibc 2.36 has no function for, or that Swift cannot call. */
#ifndef C_LINUX_SHIMS_H
#define C_LINUX_SHIMS_H

/* Opens a regular file for reading beneath a directory, resolved by the kernel: no `..`, absolute path, symbolic link
   or /proc link leads out of it (openat2 with RESOLVE_BENEATH). Returns a descriptor, or -errno. */
int c8_open_beneath(int directory, const char *path);

/* Opens a directory for use with c8_open_beneath. Returns a descriptor, or -errno. */
int c8_open_directory(const char *path);

#endif
