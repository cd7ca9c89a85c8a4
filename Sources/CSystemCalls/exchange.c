#define _GNU_SOURCE
#include "CSystemCalls.h"

#if defined(__APPLE__)
#include <stdio.h>
#include <sys/stdio.h>

int stagecraft_exchange(int directory, const char *first, const char *second) {
  return renameatx_np(directory, first, directory, second, RENAME_SWAP);
}
#else
#include <linux/fs.h>
#include <sys/syscall.h>
#include <unistd.h>

// By number: C libraries other than glibc lack the function, no Linux since 3.15 lacks the call.
int stagecraft_exchange(int directory, const char *first, const char *second) {
  return (int)syscall(SYS_renameat2, directory, first, directory, second, RENAME_EXCHANGE);
}
#endif
