# R's read.csv reads every table with the declared classes. Arguments: files with a line a column, which
# published.py writes.
wrong <- function(...) {
  message(...)
  quit(status = 1)
}

tables <- 0
for (declarations in commandArgs(trailingOnly = TRUE)) {
  columns <- read.delim(declarations, header = FALSE, quote = "", na.strings = character(),
    col.names = c("path", "rows", "name", "class", "empty", "total"))
  for (path in unique(columns$path)) {
    declared <- columns[columns$path == path, ]
    # UTF-8-BOM drops a byte order mark where there is one.
    read <- read.csv(path, colClasses = declared$class, na.strings = "", check.names = FALSE,
      fileEncoding = "UTF-8-BOM")
    if (!identical(names(read), declared$name)) wrong(path, ": other columns")
    if (nrow(read) != declared$rows[1]) wrong(path, ": ", nrow(read), " rows")
    for (place in seq_along(read)) {
      values <- read[[place]]
      where <- paste0(path, ": ", declared$name[place], ": ")
      if (class(values) != declared$class[place]) wrong(where, class(values))
      if (sum(is.na(values)) != declared$empty[place]) wrong(where, sum(is.na(values)), " empty")
      known <- values[!is.na(values)]
      total <- if (is.numeric(values)) sum(known) else length(unique(known))
      if (abs(total - declared$total[place]) > 1e-6 * (1 + abs(total))) wrong(where, "sum ", total)
    }
    tables <- tables + 1
  }
}
cat("R ", R.version$major, ".", R.version$minor, ": ", tables,
  " tables, classes, rows, empty fields, sums\n", sep = "")
