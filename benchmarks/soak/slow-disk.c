/*
 * A disk that is slow, or nearly full, for the processes that this library is loaded into before all others (LD_PRELOAD): what they write
 * to files takes as long as at so many megabytes a second, each sync so many milliseconds, and one write in forty to a file whose path
 * holds a text finds the disk full.
 *
 *   SLOW_DISK_SYNC_MS, SLOW_DISK_MB_PER_S   how slow
 *   SLOW_DISK_FULL                          the text; empty or missing: the disk has room
 *
 * Sockets, pipes and what is read are left alone.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PATH = 4096, ONE_IN = 40 };

static long sync_ms, megabytes;
static const char *full;
static atomic_ulong writes;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

static long number(const char *variable) {
    const char *text = getenv(variable);
    return text ? atol(text) : 0;
}

__attribute__((constructor)) static void begin(void) {
    sync_ms = number("SLOW_DISK_SYNC_MS");
    megabytes = number("SLOW_DISK_MB_PER_S");
    full = getenv("SLOW_DISK_FULL");
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_writev = dlsym(RTLD_NEXT, "writev");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
}

static int is_file(int file) {
    struct stat found;
    return fstat(file, &found) == 0 && S_ISREG(found.st_mode);
}

/* Whether this write finds no room. */
static int finds_none(int file) {
    char link[64], path[PATH];
    if (!full || !*full || ++writes % ONE_IN) {
        return 0;
    }
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) {
        return 0;
    }
    path[length] = 0;
    return strstr(path, full) != NULL;
}

/* Takes the time of a write of so many bytes to a file; 0 if there is room for it. */
static int linger(int file, size_t bytes) {
    int before = errno;
    if (is_file(file)) {
        if (finds_none(file)) {
            errno = ENOSPC;
            return -1;
        }
        if (megabytes > 0) {
            usleep(bytes / megabytes);
        }
    }
    errno = before;
    return 0;
}

ssize_t write(int file, const void *bytes, size_t count) {
    return linger(file, count) < 0 ? -1 : real_write(file, bytes, count);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
    return linger(file, count) < 0 ? -1 : real_pwrite(file, bytes, count, at);
}

ssize_t writev(int file, const struct iovec *parts, int count) {
    size_t bytes = 0;
    for (int i = 0; i < count; i++) {
        bytes += parts[i].iov_len;
    }
    return linger(file, bytes) < 0 ? -1 : real_writev(file, parts, count);
}

int fsync(int file) {
    usleep(sync_ms * 1000);
    return real_fsync(file);
}

int fdatasync(int file) {
    usleep(sync_ms * 1000);
    return real_fdatasync(file);
}
