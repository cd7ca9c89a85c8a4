#ifndef STAGECRAFT_FETCH_AHEAD_H
#define STAGECRAFT_FETCH_AHEAD_H

// Has memory brought into the caches that will be written to soon. Swift has no word for it.
static inline void fetch_ahead(const void *address) { __builtin_prefetch(address, 1); }

#endif
