#define _GNU_SOURCE
#include "CLinuxShims.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

int c8_events_open(void) {
    int descriptor = epoll_create1(EPOLL_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

int c8_bell_open(void) {
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return descriptor < 0 ? -errno : descriptor;
}

int c8_events_add(int events, int descriptor, uint64_t tag) {
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.u64 = tag};
    return epoll_ctl(events, EPOLL_CTL_ADD, descriptor, &event) < 0 ? -errno : 0;
}

int c8_events_wait(int events, c8_event *found, int most, int milliseconds) {
    enum { MOST = 64 };
    struct epoll_event ready[MOST];
    int count = epoll_wait(events, ready, most < MOST ? most : MOST, milliseconds);
    if (count < 0) return errno == EINTR ? 0 : -errno;
    for (int i = 0; i < count; i++) {
        uint32_t flags = ready[i].events;
        found[i].tag = ready[i].data.u64;
        found[i].readable = (flags & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
        found[i].writable = (flags & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0;
        found[i].ends = (flags & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    }
    return count;
}
