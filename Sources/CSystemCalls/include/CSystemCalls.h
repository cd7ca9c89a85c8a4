#ifndef STAGECRAFT_C_SYSTEM_CALLS_H
#define STAGECRAFT_C_SYSTEM_CALLS_H

/// Swaps two entries of a directory in one step; 0, or -1 with errno.
/// Here because the C library's Swift module does not export renameat2 (Linux) and takes its
/// flags for renameatx_np (macOS) from a header of its own.
int stagecraft_exchange(int directory, const char *first, const char *second);

/// Makes SIGINT, SIGTERM and SIGHUP a request to stop, and writes beyond a reader's end or the file
/// size limit errors. A second SIGINT ends the process at once; so does a request that is not
/// followed within one and a half seconds. In C, since a handler may run between any two
/// instructions, and Swift promises nothing of what it does then.
void stagecraft_watch_signals(void);

/// The signal that asked the process to stop; 0 where none has.
int stagecraft_requested_signal(void);

/// Becomes readable, for ever, when the process is asked to stop; -1 where nothing is watched.
int stagecraft_wakeup_descriptor(void);

#endif
