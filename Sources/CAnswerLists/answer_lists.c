#include "answer_lists.h"
#include "separators.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// The places of a byte among 64 bytes, and of bytes above 127.
typedef struct {
  uint64_t equal, not_ascii;
} block_places;

static inline __attribute__((always_inline)) block_places places_portable(const uint8_t *bytes,
                                                                          uint8_t byte) {
  block_places places;
  places.equal = byte_places(bytes, byte, &places.not_ascii);
  return places;
}

// The entry of a text; null where it is not in the table.
static inline __attribute__((always_inline)) const answer_entry *find(const answer_table *table,
                                                                      const uint8_t *bytes,
                                                                      size_t count) {
  first_bytes words = first_bytes_of(bytes, count);
  // Keeps the compiler from working in vectors: multiplying is not for them.
  __asm__("" : "+r"(words.first), "+r"(words.second), "+r"(words.third), "+r"(words.fourth));
  uint64_t place = hash_of_text(words, bytes, count, table->seed) & table->mask;
  for (;; place = (place + 1) & table->mask) {
    const answer_entry *entry = table->entries + place;
    if (entry->length == 0) return 0;
    if (same_words(entry->words, words) && entry->length == count + 1 &&
        (count <= first_bytes_count ||
         memcmp(table->arena + entry->start + first_bytes_count, bytes + first_bytes_count,
                count - first_bytes_count) == 0)) {
      return entry;
    }
  }
}

// Adds what one answer says; zero where that cannot be done here.
static inline __attribute__((always_inline)) int add_answer(const answer_table *table,
                                                            const uint8_t *bytes, size_t count,
                                                            answer_rows *rows) {
  const answer_entry *entry = find(table, bytes, count);
  if (entry == 0 || entry->effect.rest != 0) return 0;
  rows->flags |= entry->effect.flags;
  rows->criteria[entry->effect.criterion_word] |= entry->effect.criteria;
  rows->terms[entry->effect.term_word] |= entry->effect.terms;
  return 1;
}

// The separators of the block at `block`, and the end of the cell as one more. A block that begins
// where the cell ends has just that.
#define ENDS_OF_BLOCK(places_of, block)                                                          \
  (count - (block) < 64 ? (places_of(cell + (block), separator).equal &                          \
                           ((1ull << (count - (block))) - 1)) | 1ull << (count - (block))        \
                        : places_of(cell + (block), separator).equal)

#define DEFINE_LISTS(linkage, suffix, places_of)                                                 \
  static inline __attribute__((always_inline)) int is_plain_list_##suffix(                       \
      const uint8_t *cell, size_t count, uint8_t separator) {                                    \
    uint64_t separators = 0, not_ascii = 0;                                                      \
    for (size_t block = 0; block < count; block += 64) {                                         \
      const block_places places = places_of(cell + block, separator);                            \
      const uint64_t valid = count - block < 64 ? (1ull << (count - block)) - 1 : ~0ull;         \
      separators |= places.equal & valid;                                                        \
      not_ascii |= places.not_ascii & valid;                                                     \
    }                                                                                            \
    return separators != 0 && not_ascii == 0;                                                    \
  }                                                                                              \
                                                                                                 \
  linkage size_t add_known_answers_##suffix(const answer_table *given, const uint8_t *cell,      \
                                            size_t count, size_t from, uint8_t separator,        \
                                            answer_rows *given_rows) {                           \
    if (from == 0 && !is_plain_list_##suffix(cell, count, separator)) return no_plain_list;      \
    const answer_table table = *given;                                                           \
    answer_rows rows = *given_rows;                                                              \
    size_t start = from;                                                                         \
    for (size_t block = from & ~(size_t)63; block <= count; block += 64) {                       \
      uint64_t ends = ENDS_OF_BLOCK(places_of, block);                                           \
      if (block < from) ends &= ~0ull << (from - block);                                         \
      for (; ends != 0; ends &= ends - 1) {                                                      \
        const size_t end = block + (size_t)__builtin_ctzll(ends);                                \
        if (end != start && !add_answer(&table, cell + start, end - start, &rows)) {             \
          given_rows->flags = rows.flags;                                                        \
          return start;                                                                          \
        }                                                                                        \
        start = end + 1;                                                                         \
      }                                                                                          \
    }                                                                                            \
    given_rows->flags = rows.flags;                                                              \
    return count;                                                                                \
  }

DEFINE_LISTS(, portable, places_portable)

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)

static inline __attribute__((always_inline)) block_places places_avx2(const uint8_t *bytes,
                                                                      uint8_t byte) {
  const __m256i pattern = _mm256_set1_epi8((char)byte);
  const __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
  const __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  const uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, pattern));
  const uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, pattern));
  return (block_places){(uint64_t)second << 32 | first,
                        (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32 |
                            (uint32_t)_mm256_movemask_epi8(low)};
}

DEFINE_LISTS(static, avx2, places_avx2)

#pragma clang attribute pop

static int is_avx2_available(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2");
}

#endif

size_t add_known_answers(const answer_table *table, const uint8_t *cell, size_t count, size_t from,
                         uint8_t separator, answer_rows *rows) {
#if defined(__x86_64__)
  if (is_avx2_available()) {
    return add_known_answers_avx2(table, cell, count, from, separator, rows);
  }
#endif
  return add_known_answers_portable(table, cell, count, from, separator, rows);
}
