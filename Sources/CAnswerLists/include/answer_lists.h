// Looks up the answers of a list by their bytes, and adds up what they say.
//
// The table is filled in Swift, by ByteMemo, which works out what an answer says when it is met for
// the first time. This is the loop over all further ones, kept free of branches on what cannot be
// foreseen, such as an answer's length.

#ifndef STAGECRAFT_ANSWER_LISTS_H
#define STAGECRAFT_ANSWER_LISTS_H

#include <stddef.h>
#include <stdint.h>

// The first bytes of a text as words, filled up with zeros.
typedef struct {
  uint64_t first, second, third, fourth;
} first_bytes;

enum { first_bytes_count = 32 };

static inline int same_words(first_bytes left, first_bytes right) {
  return ((left.first ^ right.first) | (left.second ^ right.second) | (left.third ^ right.third) |
          (left.fourth ^ right.fourth)) == 0;
}

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

// Folded 128-bit multiplication, as wyhash does it.
static inline uint64_t mixed_words(uint64_t first, uint64_t second) {
  const __uint128_t product = (__uint128_t)(first ^ 0x9E3779B97F4A7C15ull) *
                              (second ^ 0xE7037ED1A0B428DBull);
  return (uint64_t)(product >> 64) ^ (uint64_t)product;
}

// The hash of a text. `bytes` are looked at only behind the first ones.
static inline uint64_t hash_of_text(first_bytes words, const uint8_t *bytes, size_t count,
                                    uint64_t seed) {
  uint64_t hash = mixed_words(words.first ^ seed, words.second ^ (uint64_t)count) ^
                  mixed_words(words.third + seed, words.fourth);
  if (count > first_bytes_count) {
    uint64_t word;
    for (size_t at = first_bytes_count; at + 8 < count; at += 8) {
      __builtin_memcpy(&word, bytes + at, sizeof word);
      hash = mixed_words(hash, word);
    }
    // The last eight bytes, which may have been seen before.
    __builtin_memcpy(&word, bytes + count - 8, sizeof word);
    hash = mixed_words(hash, word);
  }
  return hash;
}

// What an answer says: bits for one word of each row. `rest` is not zero where there is more to it.
typedef struct {
  uint64_t criteria;
  uint64_t terms;
  int32_t rest;
  uint16_t term_word;
  uint8_t criterion_word;
  uint8_t flags;
} answer_effect;

// A known text: one line of the processor's cache. Its length is one more than it is; 0: the entry is
// free. A text of more than 32 bytes stands in the arena.
typedef struct {
  first_bytes words;
  uint32_t length;
  uint32_t start;
  answer_effect effect;
} answer_entry;

// Open addressing with linear probing; the number of entries is a power of two.
typedef struct {
  const answer_entry *entries;
  uint64_t mask;
  uint64_t seed;
  const uint8_t *arena;
} answer_table;

typedef struct {
  uint64_t *criteria;
  uint64_t *terms;
  uint8_t flags;
} answer_rows;

// Tells a cell that cannot be cut in its bytes: it is not ASCII text with a separator in it.
static const size_t no_plain_list = SIZE_MAX / 2;

// Adds what the answers of a list say to the rows, up to the first one that is not in the table or
// has a rest; from the answer that begins at `from` on, so that the caller can go on behind that one.
// Returns where it begins; `count` where there is none; `no_plain_list`. 64 bytes behind the cell can
// be read.
size_t add_known_answers(const answer_table *table, const uint8_t *cell, size_t count, size_t from,
                         uint8_t separator, answer_rows *rows);

// The same with what every processor can do; `add_known_answers` takes it where there is no better.
size_t add_known_answers_portable(const answer_table *table, const uint8_t *cell, size_t count,
                                  size_t from, uint8_t separator, answer_rows *rows);

#endif
