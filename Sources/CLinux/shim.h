#pragma once
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
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
