// Preloaded into sigapd by survival_test: counts the steps that the outside can see (a disk that is asked to keep
// something, a datagram that leaves) and kills the process, as kill -9 does, just before the one it is told.
// The test and the process share one page: KILL_SHIM_PAGE names a file of two ints, {steps until the kill, steps made}.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

struct page {
  atomic_int until_kill;  // 0: never
  atomic_int made;
};
static struct page* page;

__attribute__((constructor)) static void attach(void) {
  char name[32] = "";
  FILE* self = fopen("/proc/self/comm", "r");
  if (self) {
    if (!fgets(name, sizeof name, self)) name[0] = 0;
    fclose(self);
  }
  const char* file = getenv("KILL_SHIM_PAGE");
  if (!file || strncmp(name, "sigapd", 6) != 0) return;  // its media process inherits our environment
  const int fd = open(file, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void* shared = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (shared != MAP_FAILED) page = shared;
  close(fd);
}

static void step(void) {
  if (!page) return;
  atomic_fetch_add(&page->made, 1);
  if (atomic_load(&page->until_kill) > 0 && atomic_fetch_sub(&page->until_kill, 1) == 1) kill(getpid(), SIGKILL);
}

static int is_datagram(int fd) {
  int type = 0;
  socklen_t size = sizeof type;
  return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_DGRAM;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int fdatasync(int fd) {
  step();
  return REAL(fdatasync)(fd);
}
int fsync(int fd) {
  step();
  return REAL(fsync)(fd);
}
ssize_t sendmsg(int fd, const struct msghdr* message, int flags) {
  if (is_datagram(fd)) step();
  return REAL(sendmsg)(fd, message, flags);
}
ssize_t sendto(int fd, const void* data, size_t size, int flags, const struct sockaddr* to, socklen_t to_size) {
  if (is_datagram(fd)) step();
  return REAL(sendto)(fd, data, size, flags, to, to_size);
}
ssize_t send(int fd, const void* data, size_t size, int flags) {
  if (is_datagram(fd)) step();
  return REAL(send)(fd, data, size, flags);
}
