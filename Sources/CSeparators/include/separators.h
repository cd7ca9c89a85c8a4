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
  // Found so far; record_ends counts the entries of the array given to the scan.
  uint64_t record_ends;
  uint64_t line_feeds;
  // Nonzero: a byte above 127, a zero byte.
  uint64_t not_ascii;
  uint64_t zero_bytes;
} separator_scan;

// What is looked for, and where it is noted: the separators as one bit a byte, bit i of word w being
// byte 64 w + i, and the positions of those that are line feeds. Positions are those in `bytes`, so
// the same memory serves several calls. It needs room for one word per 64 bytes, and one more; for
// one position per byte, and one more.
typedef struct {
  uint8_t delimiter;
  uint8_t quote;
  uint64_t *separators;
  uint32_t *record_ends;
} separator_output;

// Numbers of the kernels; those the processor cannot run are not available.
enum { separator_kernel_count = 4 };
const char *separator_kernel_name(int kernel);
int separator_kernel_is_available(int kernel);
// The fastest one that is available.
int separator_kernel_best(void);

// Scans bytes[from..<to], and sets the words of these bytes; bits before `from` are kept. Returns 1,
// or 0 as soon as the text is found not to be regular; what was written by then means nothing.
int separator_scan_bytes(int kernel, const uint8_t *bytes, size_t from, size_t to,
                         separator_scan *scan, const separator_output *output);

// Fields that hold a byte, as they stand in the text: bytes[starts[i]..<ends[i]] is of columns[i].
// Each array needs room for the columns up to the last one asked for, and 72 more.
enum { separated_fields_padding = 72 };
typedef struct {
  uint32_t *starts;
  uint32_t *ends;
  uint32_t *columns;
  size_t count;
} separated_fields_output;

// Writes the ends of a record's fields up to the column `last`, and perhaps of some more, into `ends`,
// which needs room for 72 more. Returns the number of the record's fields.
size_t separated_ends(int kernel, const uint64_t *separators, size_t start, size_t end, size_t last,
                      uint32_t *ends);

// Lists a record's fields that are not empty, up to the column `last`; a few more may follow. The
// record begins at `start`, and `end` is its last separator. Takes time for these fields, and a little
// for every 64 bytes. Returns the number of the record's fields, empty ones as well.
size_t separated_fields(int kernel, const uint64_t *separators, size_t start, size_t end, size_t last,
                        separated_fields_output *output);

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
