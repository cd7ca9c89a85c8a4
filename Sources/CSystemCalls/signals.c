#define _GNU_SOURCE
#include "CSystemCalls.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/time.h>
#include <unistd.h>

// All that a handler touches.
static atomic_int requested;
static int wakeup[2] = {-1, -1};

// What is left of the two seconds when the program was asked to stop.
static const struct itimerval patience = {{0, 0}, {1, 500000}};

static void stop_at_once(int number) {
  (void)number;
  _exit(128 + atomic_load(&requested));
}

static void ask_to_stop(int number) {
  int reason = errno;
  int none = 0;
  if (atomic_compare_exchange_strong(&requested, &none, number)) {
    // Whatever hangs by then is left behind, as if the process had been killed.
    setitimer(ITIMER_REAL, &patience, NULL);
    if (write(wakeup[1], "", 1) == -1) { /* whoever waits is woken by the timer's end */ }
  } else if (number == SIGINT) {
    stop_at_once(number);
  }
  errno = reason;
}

static void handle(int number, void (*handler)(int)) {
  struct sigaction action = {0};
  // Not restarted: a write that waits for its reader has to notice.
  action.sa_handler = handler;
  sigfillset(&action.sa_mask);
  sigaction(number, &action, NULL);
}

static void handle_unless_ignored(int number) {
  struct sigaction inherited;
  if (sigaction(number, NULL, &inherited) == 0 && inherited.sa_handler == SIG_IGN) return;
  handle(number, ask_to_stop);
}

void stagecraft_watch_signals(void) {
  if (pipe(wakeup) == 0) {
    for (int end = 0; end < 2; end++) {
      fcntl(wakeup[end], F_SETFD, FD_CLOEXEC);
      fcntl(wakeup[end], F_SETFL, O_NONBLOCK);
    }
  }
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  handle(SIGALRM, stop_at_once);
  handle(SIGTERM, ask_to_stop);
  // nohup and a shell's background jobs ignore these, and mean it.
  handle_unless_ignored(SIGINT);
  handle_unless_ignored(SIGHUP);
  // Who starts a program from a thread that blocks signals hands the mask on without meaning it.
  sigset_t watched;
  sigemptyset(&watched);
  sigaddset(&watched, SIGALRM);
  sigaddset(&watched, SIGTERM);
  sigaddset(&watched, SIGINT);
  sigaddset(&watched, SIGHUP);
  sigprocmask(SIG_UNBLOCK, &watched, NULL);
}

int stagecraft_requested_signal(void) { return atomic_load(&requested); }

int stagecraft_wakeup_descriptor(void) { return wakeup[0]; }
