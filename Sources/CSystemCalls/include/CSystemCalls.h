#ifndef STAGECRAFT_C_SYSTEM_CALLS_H
#define STAGECRAFT_C_SYSTEM_CALLS_H

/// Swaps two directory entries in one step; 0, or -1 with errno.
/// Here because the C library's Swift module does not export renameat2 (Linux) and takes its
/// flags for renamex_np (macOS) from a header of its own.
int stagecraft_exchange(const char *first, const char *second);

#endif
