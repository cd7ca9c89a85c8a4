// Runs every kernel over files given as arguments, whole and from every place on, and compares them
// with one another. Built by `Scripts/sanitize undefined` with -fsanitize=undefined,address, which ends
// it where something is undefined; memory is exactly as large as the header asks for.

#include "separators.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Behind what is read in blocks of 64 bytes.
enum { padding = 64 };

typedef struct {
  int is_regular;
  separator_scan scan;
  uint32_t *separators;
  uint32_t *record_ends;
} result;

static result scan(int kernel, const uint8_t *bytes, size_t count, uint64_t in_quotes) {
  result found = {0};
  found.separators = calloc(count + 8, sizeof *found.separators);
  found.record_ends = calloc(count + 8, sizeof *found.record_ends);
  found.scan.in_quotes = in_quotes;
  found.scan.may_open = 1;
  const separator_output output = {',', '"', found.separators, found.record_ends};
  // In two parts, cut at a multiple of the block.
  const size_t middle = count / 2 / 64 * 64;
  found.is_regular = separator_scan_bytes(kernel, bytes, 0, middle, &found.scan, &output) &&
                     separator_scan_bytes(kernel, bytes, middle, count, &found.scan, &output);
  return found;
}

static int differ(const result *one, const result *other) {
  if (one->is_regular != other->is_regular) return 1;
  if (!one->is_regular) return 0;
  return one->scan.separators != other->scan.separators ||
         one->scan.record_ends != other->scan.record_ends ||
         memcmp(one->separators, other->separators, one->scan.separators * sizeof(uint32_t)) ||
         memcmp(one->record_ends, other->record_ends, one->scan.record_ends * sizeof(uint32_t));
}

static void release(const result *found) {
  free(found->separators);
  free(found->record_ends);
}

static int compare_kernels(const uint8_t *bytes, size_t count) {
  for (uint64_t in_quotes = 0; in_quotes < 2; in_quotes++) {
    const result portable = scan(0, bytes, count, 0 - in_quotes);
    for (int kernel = 1; kernel < separator_kernel_count; kernel++) {
      if (!separator_kernel_is_available(kernel)) continue;
      const result other = scan(kernel, bytes, count, 0 - in_quotes);
      const int different = differ(&portable, &other);
      release(&other);
      if (different) {
        fprintf(stderr, "%s differs from %s\n", separator_kernel_name(kernel),
                separator_kernel_name(0));
        return 1;
      }
    }
    release(&portable);
  }
  return 0;
}

static uint64_t words_and_places(const uint8_t *bytes, size_t count) {
  uint64_t not_ascii = 0;
  const first_bytes words = first_bytes_of(bytes, count);
  fetch_ahead(bytes);
  return words.first ^ words.fourth ^ byte_places(bytes, ';', &not_ascii) ^ not_ascii;
}

static int run(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return perror(path), 1;
  static uint8_t content[1 << 16];
  const size_t count = fread(content, 1, sizeof content, file);
  fclose(file);
  uint64_t seen = 0;
  int failed = 0;
  for (size_t from = 0; from <= count && from < 200 && !failed; from++) {
    const size_t rest = count - from;
    uint8_t *copy = calloc(rest + padding, 1);
    memcpy(copy, content + from, rest);
    failed = compare_kernels(copy, rest);
    seen ^= words_and_places(copy, rest);
    free(copy);
  }
  if (failed) fprintf(stderr, "%s\n", path);
  return failed || seen == 1;
}

int main(int count, char **paths) {
  for (int place = 1; place < count; place++) {
    if (run(paths[place])) return 1;
  }
  printf("%d files\n", count - 1);
  return 0;
}
