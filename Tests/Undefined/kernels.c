// Runs every kernel over files given as arguments, whole and from every place on, and compares them
// with one another; lists the fields of their records, and looks up their lines as lists. Built by `Scripts/sanitize undefined` with -fsanitize=undefined,address, which ends
// it where something is undefined; memory is exactly as large as the header asks for.

#include "answer_lists.h"
#include "fetch_ahead.h"
#include "separators.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Behind what is read in blocks of 64 bytes.
enum { padding = 64 };

typedef struct {
  int is_regular;
  size_t words;
  separator_scan scan;
  uint64_t *separators;
  uint32_t *record_ends;
} result;

static result scan(int kernel, const uint8_t *bytes, size_t count, uint64_t in_quotes) {
  result found = {.words = count / 64 + 1};
  found.separators = calloc(found.words, sizeof *found.separators);
  found.record_ends = calloc(count + 1, sizeof *found.record_ends);
  found.scan.in_quotes = in_quotes;
  found.scan.may_open = in_quotes == 0;
  const separator_output output = {',', '"', found.separators, found.record_ends};
  // In two parts, cut anywhere in a block.
  const size_t middle = count / 2;
  found.is_regular = separator_scan_bytes(kernel, bytes, 0, middle, &found.scan, &output) &&
                     separator_scan_bytes(kernel, bytes, middle, count, &found.scan, &output);
  return found;
}

static int differ(const result *one, const result *other) {
  if (one->is_regular != other->is_regular) return 1;
  if (!one->is_regular) return 0;
  return one->scan.record_ends != other->scan.record_ends ||
         memcmp(one->separators, other->separators, one->words * sizeof(uint64_t)) ||
         memcmp(one->record_ends, other->record_ends, one->scan.record_ends * sizeof(uint32_t));
}

static void release(const result *found) {
  free(found->separators);
  free(found->record_ends);
}

// The fields of every record, as ends and as those that are not empty: each of these is among them.
static int list_records(int kernel, const result *found, size_t count) {
  const size_t room = count + 1 + separated_fields_padding;
  uint32_t *memory = calloc(4 * room, sizeof *memory);
  uint32_t *ends = memory + 3 * room;
  int failed = 0;
  size_t start = 0;
  for (size_t record = 0; record < found->scan.record_ends && !failed; record++) {
    const size_t end = found->record_ends[record];
    separated_fields_output fields = {memory, memory + room, memory + 2 * room, 0};
    const size_t all = separated_ends(kernel, found->separators, start, end, count, ends);
    failed = separated_fields(kernel, found->separators, start, end, count, &fields) != all;
    for (size_t place = 0; place < fields.count && !failed; place++) {
      const uint32_t column = fields.columns[place];
      const size_t begin = column == 0 ? start : (size_t)ends[column - 1] + 1;
      failed = fields.starts[place] != begin || fields.ends[place] != ends[column] ||
               begin == ends[column];
    }
    start = end + 1;
  }
  free(memory);
  return failed;
}

static int compare_kernels(const uint8_t *bytes, size_t count) {
  for (uint64_t in_quotes = 0; in_quotes < 2; in_quotes++) {
    const result portable = scan(0, bytes, count, 0 - in_quotes);
    if (portable.is_regular && list_records(0, &portable, count)) return 1;
    for (int kernel = 1; kernel < separator_kernel_count; kernel++) {
      if (!separator_kernel_is_available(kernel)) continue;
      const result other = scan(kernel, bytes, count, 0 - in_quotes);
      const int different = differ(&portable, &other) ||
                            (other.is_regular && list_records(kernel, &other, count));
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

// Looks the text up as a list, in a table that knows one answer.
static uint64_t look_up(const uint8_t *bytes, size_t count) {
  answer_entry entries[16] = {0};
  const uint8_t known[padding] = "Yes";
  const first_bytes words = first_bytes_of(known, 3);
  entries[hash_of_text(words, known, 3, 7) % 16] = (answer_entry){
      .words = words, .length = 4, .effect = {.criteria = 1, .terms = 2, .flags = 1}};
  const answer_table table = {entries, 15, 7, known};
  uint64_t criteria[1] = {0}, terms[1] = {0}, not_ascii = 0;
  answer_rows rows = {criteria, terms, 0};
  for (size_t at = 0; at < count; at++) {
    at = add_known_answers(&table, bytes, count, at, ',', &rows);
    if (at == no_plain_list) break;
    while (at < count && bytes[at] != ',') at++;
  }
  fetch_ahead(bytes);
  return criteria[0] ^ byte_places(bytes, ';', &not_ascii) ^ not_ascii;
}

// Keeps the compiler from leaving the look-ups out.
static volatile uint64_t seen;

static int run(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return perror(path), 1;
  static uint8_t content[1 << 16];
  const size_t count = fread(content, 1, sizeof content, file);
  fclose(file);
  int failed = 0;
  for (size_t from = 0; from <= count && from < 200 && !failed; from++) {
    const size_t rest = count - from;
    uint8_t *copy = calloc(rest + padding, 1);
    memcpy(copy, content + from, rest);
    failed = compare_kernels(copy, rest);
    seen = look_up(copy, rest);
    free(copy);
  }
  if (failed) fprintf(stderr, "%s\n", path);
  return failed;
}

int main(int count, char **paths) {
  for (int place = 1; place < count; place++) {
    if (run(paths[place])) return 1;
  }
  printf("%d files\n", count - 1);
  return 0;
}
