# Raked weights from R's survey package (Debian: r-base-core, r-cran-survey).
#
#     Rscript Tests/Fixtures/statistics/make_raking.R > Tests/Fixtures/statistics/raking.csv
#
# A row `cell` is a joint cell of a problem: its category in each margin from 0, how many responses it
# has, what each of them weighs before, and what rake() multiplies that by. A row `kish` has the
# effective size and the design effect of the raked weights.
suppressMessages(library(survey))
tight <- list(maxit = 10000, epsilon = 1e-13, verbose = FALSE)

rake_to <- function(data, weights, margins) {
  design <- svydesign(ids = ~1, weights = weights, data = data)
  populations <- lapply(names(margins), function(margin) {
    population <- data.frame(seq_along(margins[[margin]]) - 1, margins[[margin]] * sum(weights))
    setNames(population, c(margin, "Freq"))
  })
  samples <- lapply(names(margins), function(margin) as.formula(paste("~", margin)))
  weights(rake(design, samples, populations, control = tight))
}

# Rake, cut off what is outside of the limits, and rake again, until both hold.
rake_and_trim <- function(data, weights, margins, low, high) {
  repeat {
    raked <- rake_to(data, weights, margins)
    trimmed <- pmin(pmax(raked, low), high)
    away <- sapply(names(margins), function(margin)
      max(abs(tapply(trimmed, data[[margin]], sum) / sum(raked) - margins[[margin]])))
    if (max(away) < 1e-12) return(trimmed)
    weights <- trimmed * sum(raked) / sum(trimmed)
  }
}

show <- function(problem, cells, data, raked, margins) {
  names <- do.call(paste, cells[names(margins)])
  each <- match(names, do.call(paste, data[names(margins)]))
  for (row in seq_len(nrow(cells))) {
    categories <- paste(unlist(cells[row, names(margins)]), collapse = "|")
    cat(sprintf("cell,%s,%s,%d,%.1f,%.12f\n", problem, categories, cells$n[row], cells$w[row],
                raked[each[row]] / cells$w[row]))
  }
  cat(sprintf("kish,%s,%.12f,%.12f\n", problem, sum(raked)^2 / sum(raked^2),
              length(raked) * sum(raked^2) / sum(raked)^2))
}

each_row <- function(cells) cells[rep(seq_len(nrow(cells)), cells$n), ]

two <- data.frame(a = c(0, 0, 1, 1), b = c(0, 1, 0, 1), n = c(2, 2, 1, 3), w = 1)
margins <- list(a = c(.5, .5), b = c(.6, .4))
data <- each_row(two)
show("two", two, data, rake_to(data, data$w, margins), margins)

three <- expand.grid(c = 0:1, b = 0:2, a = 0:3)[, c("a", "b", "c")]
three$n <- c(40, 11, 25, 9, 3, 17, 8, 22, 31, 5, 14, 2, 60, 7, 1, 19, 12, 6, 4, 28, 10, 13, 0, 9)
three <- three[three$n > 0, ]
three$w <- 1
margins <- list(a = c(.4, .25, .2, .15), b = c(.3, .45, .25), c = c(.48, .52))
data <- each_row(three)
show("three", three, data, rake_to(data, data$w, margins), margins)
show("trimmed", three, data, rake_and_trim(data, data$w, margins, 0.45, 2.2), margins)

three$w <- c(1.9, 0.3, 4.7, 6.1, 7.5, 8.9, 1.3, 1.7, 3.1, 14.5, 5.9, 7.3, 0.7, 2.1, 21.5, 2.9, 4.3,
             5.7, 7.1, 8.5, 9.9, 3.3, 2.7)
data <- each_row(three)
show("weighted", three, data, rake_to(data, data$w, margins), margins)
