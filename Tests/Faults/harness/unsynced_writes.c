/*
 * Preloaded into the hub: keeps what stood in a database before each write, until the file is synced.
 *
 * A process that is killed loses nothing that it wrote: the kernel has it. A machine that loses its power loses what was
 * not synced. With these records the harness takes that back after a kill: see power.py. Each is
 * (offset, length, size of the file, the old bytes), in a file of UNSYNCED_FOLDER.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* The file of records of an open database or write-ahead log; -1 for any other file. */
static int open_records(int file, int flags) {
    char link[64], path[PATH_MAX], records[2 * PATH_MAX];
    const char *folder = getenv("UNSYNCED_FOLDER");
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (folder == NULL || length < 0) return -1;
    path[length] = 0;
    if (!ends_with(path, ".sqlite") && !ends_with(path, ".sqlite-wal")) return -1;
    for (char *c = path; *c != 0; c++)
        if (*c == '/') *c = '%';
    snprintf(records, sizeof records, "%s/%s", folder, path);
    return open(records, flags | O_CLOEXEC, 0600);
}

static void record(int file, size_t length, off_t offset) {
    int records = open_records(file, O_WRONLY | O_CREAT | O_APPEND);
    if (records < 0) return;
    struct stat status;
    char *old = malloc(length);
    if (old == NULL || fstat(file, &status) != 0) abort();
    ssize_t count = syscall(SYS_pread64, file, old, length, offset);
    if (count < 0) count = 0; /* Open for writing only, or past the end. */
    int64_t head[3] = {offset, count, status.st_size};
    struct iovec parts[2] = {{head, sizeof head}, {old, (size_t)count}};
    if (writev(records, parts, 2) != (ssize_t)(sizeof head + (size_t)count)) abort();
    free(old);
    close(records);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t offset) {
    record(file, length, offset);
    return syscall(SYS_pwrite64, file, bytes, length, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) { return pwrite(file, bytes, length, offset); }

static int synced(int file, int result) {
    int records = result == 0 ? open_records(file, O_WRONLY | O_TRUNC) : -1;
    if (records >= 0) close(records);
    return result;
}

/* As slow as an ordinary disk, so that a kill often falls between a write and its sync. */
static void turn_of_the_disk(void) { usleep(3000); }

int fdatasync(int file) {
    turn_of_the_disk();
    return synced(file, (int)syscall(SYS_fdatasync, file));
}

int fsync(int file) {
    turn_of_the_disk();
    return synced(file, (int)syscall(SYS_fsync, file));
}
