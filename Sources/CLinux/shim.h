#pragma once
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <linux/filter.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* glibc declares accept4 only under _GNU_SOURCE, which the importer may not set before the first header. */
extern int accept4(int fd, struct sockaddr *address, socklen_t *length, int flags);

/* C macros and variadic functions that the importer can't see. */
static inline int linux_set_nonblocking(int fd) { return fcntl(fd, F_SETFL, fcntl(fd, F_GETFL, 0) | O_NONBLOCK); }
static inline int linux_open_read(const char *path) { return open(path, O_RDONLY | O_CLOEXEC); }
static inline int linux_open_create(const char *path, int mode) {
    return open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
}

/* Has a listening socket drop what would open a connection (SYN without ACK); those that are open or being opened
   stay whole. Whoever is dropped asks again after a second. */
static inline int linux_drop_newcomers(int fd) {
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 13),
        BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0x12),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x02, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, 0xffffffff),
        BPF_STMT(BPF_RET | BPF_K, 0),
    };
    struct sock_fprog program = {.len = sizeof steps / sizeof *steps, .filter = steps};
    return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}
