#include "separators.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

// A block's bytes by class, one bit a byte.
typedef struct {
  uint64_t delimiters, line_feeds, returns, quotes, not_ascii, zero_bytes;
} block_classes;

// Bit i of the result is the parity of bits 0...i: inside of quotes, from the opening quote up to
// the byte before the closing one.
static inline uint64_t prefix_xor_by_shifts(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}

// Takes one block into account. `valid` has a bit for every byte of the block that is text, from
// bit `first` to bit `last`; all others are zero in `classes`. Returns the bits at which the text is
// not regular.
static inline __attribute__((always_inline)) uint64_t take_block(
    block_classes classes, uint64_t prefix, size_t block, uint64_t valid, int first, int last,
    separator_scan *scan, const separator_output *output) {
  const uint64_t inside = (prefix ^ scan->in_quotes) & valid;
  const uint64_t opening = classes.quotes & inside;
  const uint64_t closing = classes.quotes & ~inside;
  const uint64_t separators = (classes.delimiters | classes.line_feeds) & ~inside;
  const uint64_t ends = classes.line_feeds & ~inside;
  const uint64_t may_open = separators | closing;

  uint64_t irregular = opening & ~(may_open << 1 | scan->may_open << first);
  irregular |= (closing << 1 | scan->closed << first) & valid &
               ~(classes.delimiters | classes.line_feeds | classes.returns | classes.quotes);
  irregular |= (classes.returns << 1 | scan->after_return << first) & valid & ~classes.line_feeds;

  scan->in_quotes = 0 - (inside >> last & 1);
  scan->may_open = may_open >> last & 1;
  scan->closed = closing >> last & 1;
  scan->after_return = classes.returns >> last & 1;
  scan->not_ascii |= classes.not_ascii;
  scan->zero_bytes |= classes.zero_bytes;
  scan->line_feeds += (uint64_t)__builtin_popcountll(classes.line_feeds);

  uint64_t *word = output->separators + block / 64;
  *word = first == 0 ? separators : (*word & ((1ull << first) - 1)) | separators;
  for (uint64_t rest = ends; rest != 0; rest &= rest - 1) {
    output->record_ends[scan->record_ends++] =
        (uint32_t)(block + (uint64_t)__builtin_ctzll(rest));
  }
  return irregular;
}

// One kernel: whole blocks, and at the beginning and the end parts of blocks, which are filled up with
// bytes that mean nothing.
#define DEFINE_KERNEL(name, classes_of, prefix_xor)                                              \
  static uint64_t name##_part(const uint8_t *bytes, size_t from, size_t to, separator_scan *scan, \
                              const separator_output *output) {                                  \
    uint8_t padded[64];                                                                          \
    const int first = (int)(from % 64);                                                          \
    const int last = first + (int)(to - from) - 1;                                               \
    memset(padded, 'x', sizeof padded);                                                          \
    memcpy(padded + first, bytes + from, to - from);                                             \
    block_classes classes = classes_of(padded, output->delimiter, output->quote);                \
    const uint64_t valid = (~0ull >> (63 - last)) & (~0ull << first);                            \
    classes.delimiters &= valid;                                                                 \
    classes.line_feeds &= valid;                                                                 \
    classes.returns &= valid;                                                                    \
    classes.quotes &= valid;                                                                     \
    return take_block(classes, prefix_xor(classes.quotes), from - (size_t)first, valid, first,   \
                      last, scan, output);                                                       \
  }                                                                                              \
                                                                                                 \
  static int name(const uint8_t *bytes, size_t from, size_t to, separator_scan *result,          \
                  const separator_output *output) {                                              \
    separator_scan scan = *result;                                                               \
    uint64_t irregular = 0;                                                                      \
    size_t at = from;                                                                            \
    if (at % 64 != 0 && at < to) {                                                               \
      const size_t end = at + (64 - at % 64);                                                    \
      irregular = name##_part(bytes, at, end < to ? end : to, &scan, output);                    \
      at = end;                                                                                  \
    }                                                                                            \
    for (; at + 64 <= to && irregular == 0; at += 64) {                                          \
      const block_classes classes = classes_of(bytes + at, output->delimiter, output->quote);    \
      irregular = take_block(classes, prefix_xor(classes.quotes), at, ~0ull, 0, 63, &scan,       \
                             output);                                                            \
    }                                                                                            \
    if (at < to && irregular == 0) irregular = name##_part(bytes, at, to, &scan, output);        \
    *result = scan;                                                                              \
    return irregular == 0;                                                                       \
  }

// Lists the ends of a record's fields; see separated_ends. Eight at a time, needed or not: a loop that
// ends when those of a word do is predicted badly.
static inline __attribute__((always_inline)) size_t list_ends(const uint64_t *separators,
                                                              size_t start, size_t end, size_t last,
                                                              uint32_t *ends) {
  const size_t last_word = end / 64;
  uint64_t valid = ~0ull << start % 64;
  size_t column = 0;
  for (size_t word = start / 64; word <= last_word; word++) {
    if (word == last_word) valid &= ~0ull >> (63 - end % 64);
    uint64_t found = separators[word] & valid;
    const size_t count = (size_t)__builtin_popcountll(found);
    if (column <= last) {
      size_t written = column;
      do {
#pragma clang loop unroll(full)
        for (int i = 0; i < 8; i++) {
          uint32_t place = (uint32_t)__builtin_ctzll(found | 1ull << 63);
          __asm__("" : "+r"(place));
          ends[written + (size_t)i] = (uint32_t)(64 * word) + place;
          found &= found - 1;
        }
        written += 8;
      } while (written < column + count);
    }
    column += count;
    valid = ~0ull;
  }
  return column;
}

// Lists a record's fields; see separated_fields. The fields' starts and ends are two sequences, each in
// order, so each can be written without a look at the other. Four at a time, needed or not: a loop
// that ends when the fields of a word do is predicted badly.
static inline __attribute__((always_inline)) size_t list_fields(
    const uint64_t *separators, size_t start, size_t end, size_t last, separated_fields_output *out) {
  const size_t last_word = end / 64;
  uint64_t valid = ~0ull << start % 64;
  uint64_t begins = 1ull << start % 64;
  uint32_t *starts = out->starts, *ends = out->ends, *columns = out->columns;
  uint32_t column = 0;
  for (size_t word = start / 64; word <= last_word; word++) {
    if (word == last_word) valid &= ~0ull >> (63 - end % 64);
    const uint64_t found = separators[word] & valid;
    if (column <= last) {
      const uint32_t base = (uint32_t)(64 * word);
      // A field that begins where it ends is empty.
      const uint64_t beginning = (found << 1 | begins) & valid;
      uint64_t starting = beginning & ~found, ending = found & ~beginning;
      const int started = __builtin_popcountll(starting), ended = __builtin_popcountll(ending);
      for (int written = 0; (starting | ending) != 0; written += 4) {
#pragma clang loop unroll(full)
        for (int i = 0; i < 4; i++) {
          uint32_t first = (uint32_t)__builtin_ctzll(starting | 1ull << 63);
          uint32_t behind = (uint32_t)__builtin_ctzll(ending | 1ull << 63);
          uint32_t passed = (uint32_t)__builtin_popcountll(found & (ending - 1) & ~ending);
          // Keeps the compiler from working in vectors, which have no instructions for these.
          __asm__("" : "+r"(first), "+r"(behind), "+r"(passed));
          starts[written + i] = base + first;
          ends[written + i] = base + behind;
          columns[written + i] = column + passed;
          starting &= starting - 1;
          ending &= ending - 1;
        }
      }
      starts += started;
      ends += ended;
      columns += ended;
    }
    column += (uint32_t)__builtin_popcountll(found);
    begins = found >> 63;
    valid = ~0ull;
  }
  out->count = (size_t)(ends - out->ends);
  return column;
}

// Portable: eight bytes at a time in a word.

// The high bit of every byte of `word` that equals the byte repeated in `pattern`; exact, without
// carries from byte to byte.
static inline uint64_t equal_bytes(uint64_t word, uint64_t pattern) {
  const uint64_t low = 0x7F7F7F7F7F7F7F7Full;
  const uint64_t difference = word ^ pattern;
  return ~(((difference & low) + low) | difference | low);
}

// The high bits of a word's bytes, gathered in its lowest eight.
static inline uint64_t gather_high_bits(uint64_t word) {
  return (word >> 7) * 0x0102040810204080ull >> 56;
}

static inline uint64_t repeated(uint8_t byte) { return byte * 0x0101010101010101ull; }

static inline uint64_t load_word(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

static inline block_classes classes_portable(const uint8_t *bytes, uint8_t delimiter,
                                             uint8_t quote) {
  block_classes classes = {0};
  for (int i = 0; i < 8; i++) {
    const uint64_t word = load_word(bytes + 8 * i);
    const int shift = 8 * i;
    classes.delimiters |= gather_high_bits(equal_bytes(word, repeated(delimiter))) << shift;
    classes.line_feeds |= gather_high_bits(equal_bytes(word, repeated('\n'))) << shift;
    classes.returns |= gather_high_bits(equal_bytes(word, repeated('\r'))) << shift;
    classes.quotes |= gather_high_bits(equal_bytes(word, repeated(quote))) << shift;
    classes.zero_bytes |= equal_bytes(word, 0);
    classes.not_ascii |= word & 0x8080808080808080ull;
  }
  return classes;
}

DEFINE_KERNEL(scan_portable, classes_portable, prefix_xor_by_shifts)

#if defined(__x86_64__)

static inline uint64_t equal_sse2(const __m128i *parts, uint8_t byte) {
  const __m128i pattern = _mm_set1_epi8((char)byte);
  uint64_t bits = 0;
  for (int i = 0; i < 4; i++) {
    const int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(parts[i], pattern));
    bits |= (uint64_t)(uint32_t)mask << (16 * i);
  }
  return bits;
}

static inline block_classes classes_sse2(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  __m128i parts[4];
  for (int i = 0; i < 4; i++) parts[i] = _mm_loadu_si128((const __m128i *)bytes + i);
  const __m128i all = _mm_or_si128(_mm_or_si128(parts[0], parts[1]),
                                   _mm_or_si128(parts[2], parts[3]));
  const __m128i least = _mm_min_epu8(_mm_min_epu8(parts[0], parts[1]),
                                     _mm_min_epu8(parts[2], parts[3]));
  return (block_classes){
      .delimiters = equal_sse2(parts, delimiter),
      .line_feeds = equal_sse2(parts, '\n'),
      .returns = equal_sse2(parts, '\r'),
      .quotes = equal_sse2(parts, quote),
      .not_ascii = (uint64_t)(uint32_t)_mm_movemask_epi8(all),
      .zero_bytes =
          (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(least, _mm_setzero_si128())),
  };
}

DEFINE_KERNEL(scan_sse2, classes_sse2, prefix_xor_by_shifts)

#pragma clang attribute push(__attribute__((target("avx2,pclmul,popcnt,bmi"))), apply_to = function)

static inline uint64_t equal_avx2(__m256i low, __m256i high, uint8_t byte) {
  const __m256i pattern = _mm256_set1_epi8((char)byte);
  const uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, pattern));
  const uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, pattern));
  return (uint64_t)second << 32 | first;
}

static inline block_classes classes_avx2(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  const __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
  const __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  const __m256i zero = _mm256_cmpeq_epi8(_mm256_min_epu8(low, high), _mm256_setzero_si256());
  return (block_classes){
      .delimiters = equal_avx2(low, high, delimiter),
      .line_feeds = equal_avx2(low, high, '\n'),
      .returns = equal_avx2(low, high, '\r'),
      .quotes = equal_avx2(low, high, quote),
      .not_ascii = (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_or_si256(low, high)),
      .zero_bytes = (uint64_t)(uint32_t)_mm256_movemask_epi8(zero),
  };
}

// A carry-less product with all ones is the prefix parity.
static inline uint64_t prefix_xor_clmul(uint64_t bits) {
  const __m128i product =
      _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xFF), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

DEFINE_KERNEL(scan_avx2, classes_avx2, prefix_xor_clmul)

static size_t list_fields_popcnt(const uint64_t *separators, size_t start, size_t end, size_t last,
                                 separated_fields_output *out) {
  return list_fields(separators, start, end, last, out);
}

static size_t list_ends_popcnt(const uint64_t *separators, size_t start, size_t end, size_t last,
                               uint32_t *ends) {
  return list_ends(separators, start, end, last, ends);
}

#pragma clang attribute pop

static int is_avx2_available(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul") &&
         __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi");
}

#elif defined(__aarch64__)

// Sixteen bytes that are all ones or zero, as the bits of their places: masked, then added up in
// pairs.
static inline uint64_t bits_of_neon(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  const uint8x16_t places = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t first = vpaddq_u8(vandq_u8(a, places), vandq_u8(b, places));
  const uint8x16_t second = vpaddq_u8(vandq_u8(c, places), vandq_u8(d, places));
  const uint8x16_t sum = vpaddq_u8(first, second);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

static inline uint64_t equal_neon(const uint8x16_t *parts, uint8_t byte) {
  const uint8x16_t pattern = vdupq_n_u8(byte);
  return bits_of_neon(vceqq_u8(parts[0], pattern), vceqq_u8(parts[1], pattern),
                      vceqq_u8(parts[2], pattern), vceqq_u8(parts[3], pattern));
}

static inline block_classes classes_neon(const uint8_t *bytes, uint8_t delimiter, uint8_t quote) {
  uint8x16_t parts[4];
  for (int i = 0; i < 4; i++) parts[i] = vld1q_u8(bytes + 16 * i);
  const uint8x16_t most = vmaxq_u8(vmaxq_u8(parts[0], parts[1]), vmaxq_u8(parts[2], parts[3]));
  const uint8x16_t least = vminq_u8(vminq_u8(parts[0], parts[1]), vminq_u8(parts[2], parts[3]));
  return (block_classes){
      .delimiters = equal_neon(parts, delimiter),
      .line_feeds = equal_neon(parts, '\n'),
      .returns = equal_neon(parts, '\r'),
      .quotes = equal_neon(parts, quote),
      .not_ascii = vmaxvq_u8(most) & 0x80,
      .zero_bytes = vminvq_u8(least) == 0,
  };
}

DEFINE_KERNEL(scan_neon, classes_neon, prefix_xor_by_shifts)

#endif

typedef int (*kernel_function)(const uint8_t *, size_t, size_t, separator_scan *,
                               const separator_output *);

static kernel_function function_of(int kernel) {
  switch (kernel) {
    case 0: return scan_portable;
#if defined(__x86_64__)
    case 1: return scan_sse2;
    case 2: return is_avx2_available() ? scan_avx2 : 0;
#elif defined(__aarch64__)
    case 3: return scan_neon;
#endif
    default: return 0;
  }
}

const char *separator_kernel_name(int kernel) {
  static const char *const names[separator_kernel_count] = {"portable", "sse2", "avx2", "neon"};
  return kernel >= 0 && kernel < separator_kernel_count ? names[kernel] : "";
}

int separator_kernel_is_available(int kernel) { return function_of(kernel) != 0; }

int separator_kernel_best(void) {
  for (int kernel = separator_kernel_count - 1; kernel > 0; kernel--) {
    if (separator_kernel_is_available(kernel)) return kernel;
  }
  return 0;
}

int separator_scan_bytes(int kernel, const uint8_t *bytes, size_t from, size_t to,
                         separator_scan *scan, const separator_output *output) {
  const kernel_function function = function_of(kernel);
  return function != 0 && function(bytes, from, to, scan, output);
}

size_t separated_fields(int kernel, const uint64_t *separators, size_t start, size_t end, size_t last,
                        separated_fields_output *out) {
#if defined(__x86_64__)
  // Counting bits takes one instruction there.
  if (kernel == 2) return list_fields_popcnt(separators, start, end, last, out);
#else
  (void)kernel;
#endif
  return list_fields(separators, start, end, last, out);
}

size_t separated_ends(int kernel, const uint64_t *separators, size_t start, size_t end, size_t last,
                      uint32_t *ends) {
#if defined(__x86_64__)
  if (kernel == 2) return list_ends_popcnt(separators, start, end, last, ends);
#else
  (void)kernel;
#endif
  return list_ends(separators, start, end, last, ends);
}
