#define _GNU_SOURCE
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "CLinuxShims.h"

#if defined(__x86_64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/* Calls that are refused whatever their arguments: EPERM. Numbers that differ between architectures come from the
   headers; a call that an architecture lacks is left out. */
static const int refused[] = {
    /* Other programs and processes. */
    SYS_execve, SYS_execveat,
#ifdef SYS_fork
    SYS_fork, SYS_vfork,
#endif
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_kcmp, SYS_pidfd_getfd, SYS_process_madvise,
    /* Other views of the file system. */
    SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_open_tree, SYS_move_mount, SYS_fsopen, SYS_fsconfig,
    SYS_fsmount, SYS_fspick, SYS_mount_setattr, SYS_setns, SYS_unshare, SYS_open_by_handle_at, SYS_name_to_handle_at,
    SYS_quotactl,
    /* Large parts of the kernel that exploits have entered by and that nothing here uses. */
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register,
    SYS_keyctl, SYS_add_key, SYS_request_key, SYS_personality,
#ifdef SYS_modify_ldt
    SYS_modify_ldt, SYS_iopl, SYS_ioperm,
#endif
    /* The machine itself. */
    SYS_init_module, SYS_finit_module, SYS_delete_module, SYS_kexec_load,
#ifdef SYS_kexec_file_load
    SYS_kexec_file_load,
#endif
    SYS_reboot, SYS_swapon, SYS_swapoff, SYS_acct, SYS_settimeofday, SYS_clock_settime, SYS_sethostname,
    SYS_setdomainname, SYS_vhangup,
};
enum { refused_count = sizeof refused / sizeof *refused };

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offsetof(struct seccomp_data, field))
/* Both supported architectures are little-endian: the low half of an argument comes first. */
#define LOAD_ARGUMENT(index) LOAD(args[index])
#define UNLESS_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(value), 0, skip)
#define IF_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)(value), skip, 0)
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (unsigned)(action))
#define FAIL(number) RETURN(SECCOMP_RET_ERRNO | ((number) & SECCOMP_RET_DATA))

int c8_filter_available(void) {
    unsigned action = SECCOMP_RET_KILL_PROCESS;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0 ? 0 : -errno;
}

#ifdef NATIVE_ARCHITECTURE
int c8_filter_install(void) {
    static const struct sock_filter head[] = {
        /* Another architecture's calls have other numbers: no honest code makes them here. */
        LOAD(arch),
        IF_EQUAL(NATIVE_ARCHITECTURE, 1),
        RETURN(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
#ifdef __x86_64__
        /* The x32 form of a call is the same call under another number. */
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
        RETURN(SECCOMP_RET_KILL_PROCESS),
#endif
        /* Its arguments lie in memory, where a filter cannot look. The C library falls back to clone. */
        UNLESS_EQUAL(SYS_clone3, 1),
        FAIL(ENOSYS),
        /* A thread, not a process. */
        UNLESS_EQUAL(SYS_clone, 4),
        LOAD_ARGUMENT(0),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 0, 1),
        RETURN(SECCOMP_RET_ALLOW),
        FAIL(EPERM),
        /* Keys must not be typed into the terminal on the operator's behalf. */
        UNLESS_EQUAL(SYS_ioctl, 5),
        LOAD_ARGUMENT(1),
        IF_EQUAL(TIOCSTI, 2),
        IF_EQUAL(TIOCLINUX, 1),
        RETURN(SECCOMP_RET_ALLOW),
        FAIL(EPERM),
        /* Network sockets, and what the C library's resolver asks this machine with. */
        UNLESS_EQUAL(SYS_socket, 7),
        LOAD_ARGUMENT(0),
        IF_EQUAL(AF_INET, 4),
        IF_EQUAL(AF_INET6, 3),
        IF_EQUAL(AF_UNIX, 2),
        IF_EQUAL(AF_NETLINK, 1),
        FAIL(EAFNOSUPPORT),
        RETURN(SECCOMP_RET_ALLOW),
    };
    enum { head_count = sizeof head / sizeof *head };
    struct sock_filter program[head_count + 2 * refused_count + 1];
    size_t count = 0;
    for (; count < head_count; count++) program[count] = head[count];
    for (size_t index = 0; index < refused_count; index++) {
        program[count++] = (struct sock_filter)UNLESS_EQUAL(refused[index], 1);
        program[count++] = (struct sock_filter)FAIL(EPERM);
    }
    program[count++] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
    struct sock_fprog filter = {.len = (unsigned short)count, .filter = program};
    long status = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
    if (status < 0) return -errno;
    /* A positive number is a thread that has filters of its own and could not take this one. */
    return status == 0 ? 0 : -EBUSY;
}
#else
int c8_filter_install(void) { return -ENOSYS; }
#endif
