// Finds the separators of CSV text, 64 bytes at a time, and proves that the text is regular.
//
// Regular means: every quote opens right after a delimiter, a line feed or the start; closes right
// before a delimiter, a line end or the end of the text; or is doubled inside quotes; and every
// carriage return is followed by a line feed. In regular text a delimiter or line feed outside of
// quotes is a separator, and quotes are told apart by their parity alone.
//
// One kernel per instruction set, chosen at run time; all give the same results. Their reference is
// SeparatorReference in Swift.

#ifndef STAGECRAFT_SEPARATORS_H
#define STAGECRAFT_SEPARATORS_H

#include <stddef.h>
#include <stdint.h>

// How far the text has been scanned, and what has been found in it. Zero it, set `in_quotes` and
// `may_open`, and pass it to every call for one text.
typedef struct {
  // Carried from byte to byte: all ones inside of quotes; 1 where a quote may open; 1 after a
  // closing quote; 1 after a carriage return.
  uint64_t in_quotes;
  uint64_t may_open;
  uint64_t closed;
  uint64_t after_return;
  // Found so far. The counts index the arrays given to the scan.
  uint64_t separators;
  uint64_t record_ends;
  uint64_t line_feeds;
  // Nonzero: a byte above 127, a zero byte.
  uint64_t not_ascii;
  uint64_t zero_bytes;
} separator_scan;

// What is looked for, and where positions go: of every separator, and, for those that are line
// feeds, their place among the separators. Positions are those in `bytes`, so one array serves
// several calls. The arrays need room for one entry per byte, and eight more.
typedef struct {
  uint8_t delimiter;
  uint8_t quote;
  uint32_t *separators;
  uint32_t *record_ends;
} separator_output;

// Numbers of the kernels; those the processor cannot run are not available.
enum { separator_kernel_count = 4 };
const char *separator_kernel_name(int kernel);
int separator_kernel_is_available(int kernel);
// The fastest one that is available.
int separator_kernel_best(void);

// Scans bytes[from..<to]. Returns 1, or 0 as soon as the text is found not to be regular; what was
// written by then means nothing.
int separator_scan_bytes(int kernel, const uint8_t *bytes, size_t from, size_t to,
                         separator_scan *scan, const separator_output *output);

// The first bytes of a string as words, filled up with zeros.
typedef struct {
  uint64_t first, second, third, fourth;
} first_bytes;

// Reads 32 bytes, whatever the count; takes no branch on it.
static inline first_bytes first_bytes_of(const uint8_t *bytes, size_t count) {
  static const uint8_t masks[64] = {
      255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
      255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
  };
  first_bytes words, mask;
  __builtin_memcpy(&words, bytes, sizeof words);
  __builtin_memcpy(&mask, masks + 32 - (count < 32 ? count : 32), sizeof mask);
  words.first &= mask.first;
  words.second &= mask.second;
  words.third &= mask.third;
  words.fourth &= mask.fourth;
  return words;
}

// Has memory brought into the caches that will be written to soon.
static inline void fetch_ahead(const void *address) { __builtin_prefetch(address, 1); }

// The places of a byte among 64 bytes, and of bytes above 127.
static inline uint64_t byte_places(const uint8_t *bytes, uint8_t byte, uint64_t *not_ascii);

#if defined(__x86_64__)
#include <emmintrin.h>
static inline uint64_t byte_places(const uint8_t *bytes, uint8_t byte, uint64_t *not_ascii) {
  const __m128i pattern = _mm_set1_epi8((char)byte);
  uint64_t places = 0, high = 0;
  for (int i = 0; i < 4; i++) {
    const __m128i part = _mm_loadu_si128((const __m128i *)bytes + i);
    places |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(part, pattern)) << (16 * i);
    high |= (uint64_t)(uint32_t)_mm_movemask_epi8(part) << (16 * i);
  }
  *not_ascii = high;
  return places;
}
#else
static inline uint64_t byte_places(const uint8_t *bytes, uint8_t byte, uint64_t *not_ascii) {
  uint64_t places = 0, high = 0;
  for (int i = 0; i < 64; i++) {
    places |= (uint64_t)(bytes[i] == byte) << i;
    high |= (uint64_t)(bytes[i] >> 7) << i;
  }
  *not_ascii = high;
  return places;
}
#endif

#endif
