/* Stands between a program and its system: counts the calls that change a file or talk to a server,
   from the moment a file named "armed" is made, and at the n-th one kills the program or fails.
   Each call is noted in a file, so that points have names. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static int armed, notes = -1, calls, at, kills;

__attribute__((constructor)) static void begin(void) {
  notes = open(getenv("SHIM_NOTES"), O_CREAT | O_APPEND | O_WRONLY, 0600);
  at = atoi(getenv("SHIM_AT"));
  kills = strcmp(getenv("SHIM_ACT"), "kill") == 0;
  unsetenv("LD_PRELOAD");
}

/* Whether this call is to fail. */
static int meets(const char *call, int fd) {
  static ssize_t (*note)(int, const void *, size_t);
  char link[32], path[512], line[640];
  if (!armed || fd == notes) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  path[length < 0 ? 0 : length] = 0;
  int socket = strncmp(path, "socket:", 7) == 0;
  char *name = socket ? "server" : strrchr(path, '/');
  if (!socket && (name == NULL || strstr(name, ".db") == NULL)) return 0;
  /* A server is no disk: there it is only killed. */
  if (socket && !kills) call = "send";
  int count = socket && !kills ? 0 : __sync_add_and_fetch(&calls, 1);
  if (!note) note = dlsym(RTLD_NEXT, "write");
  int n = snprintf(line, sizeof line, "%s %s\n", call, socket ? name : name + 1);
  note(notes, line, n);
  if (count == 0 || count != at) return 0;
  if (kills) kill(getpid(), SIGKILL);
  errno = EIO;
  return 1;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *bytes, size_t n) { REAL(write); return meets("write", fd) ? -1 : real(fd, bytes, n); }
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t to) { REAL(pwrite64); return meets("write", fd) ? -1 : real(fd, bytes, n, to); }
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t to) { REAL(pwrite); return meets("write", fd) ? -1 : real(fd, bytes, n, to); }
ssize_t send(int fd, const void *bytes, size_t n, int flags) { REAL(send); return meets("send", fd) ? -1 : real(fd, bytes, n, flags); }
ssize_t recv(int fd, void *bytes, size_t n, int flags) { REAL(recv); return meets("receive", fd) ? -1 : real(fd, bytes, n, flags); }
ssize_t writev(int fd, const struct iovec *parts, int n) { REAL(writev); return meets("send", fd) ? -1 : real(fd, parts, n); }
int fsync(int fd) { REAL(fsync); return meets("sync", fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return meets("sync", fd) ? -1 : real(fd); }
int ftruncate64(int fd, off64_t to) { REAL(ftruncate64); return meets("truncate", fd) ? -1 : real(fd, to); }
int ftruncate(int fd, off_t to) { REAL(ftruncate); return meets("truncate", fd) ? -1 : real(fd, to); }

int open64(const char *path, int flags, ...) {
  REAL(open64);
  va_list more;
  va_start(more, flags);
  int mode = va_arg(more, int);
  va_end(more);
  const char *name = strrchr(path, '/');
  if (name && strcmp(name, "/armed") == 0) armed = 1;
  return real(path, flags, mode);
}
