#define _GNU_SOURCE
#include "CLinuxShims.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/uio.h>

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

ssize_t c8_socket_send(int descriptor, const void *head, size_t head_count, const void *body, size_t body_count) {
    struct iovec parts[2] = {{(void *)head, head_count}, {(void *)body, body_count}};
    if (head_count == 0) return send(descriptor, body, body_count, MSG_NOSIGNAL);
    if (body_count == 0) return send(descriptor, head, head_count, MSG_NOSIGNAL);
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    return sendmsg(descriptor, &message, MSG_NOSIGNAL);
}
