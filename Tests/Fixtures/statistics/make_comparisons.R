# Values of the tests in Sources/Statistics from base R, without any code of ours.
#
#   Rscript Tests/Fixtures/statistics/make_comparisons.R > Tests/Fixtures/statistics/comparisons.csv
#
# A row is: what, its arguments (numbers with blanks between them, first and second sample), its values.
# Effective counts are handed to chisq.test as they are: X^2 of counts divided by a design effect.
options(digits = 17, warn = -1)
row <- function(what, first, second, values) {
  n <- function(x) paste(format(x, digits = 17, scientific = FALSE, trim = TRUE), collapse = " ")
  v <- paste(sapply(values, function(x) format(x, digits = 17)), collapse = " ")
  cat(what, n(first), n(second), v, sep = ",")
  cat("\n")
}
samples <- list(
  list(c(10, 30, 40, 20), c(5, 25, 42, 28)),
  list(c(10, 30, 40, 20) / 1.4, c(5, 25, 42, 28) / 1.25),
  list(c(48, 86, 95, 90, 48, 25), c(31, 70, 99, 101, 60, 40)),
  list(c(3221, 8360), c(2262, 4029)),
  list(c(7, 9, 14), c(9, 8, 31)))
for (s in samples) {
  t <- chisq.test(rbind(s[[1]], s[[2]]), correct = FALSE)
  row("chi_square", s[[1]], s[[2]],
      c(t$statistic, t$parameter, t$p.value, sqrt(t$statistic / sum(s[[1]], s[[2]]))))
  if (all(s[[1]] == round(s[[1]]))) {
    x <- rep(seq_along(s[[1]]), s[[1]])
    y <- rep(seq_along(s[[2]]), s[[2]])
    w <- wilcox.test(y, x, exact = FALSE, correct = FALSE)
    row("mann_whitney", s[[1]], s[[2]],
        c(w$statistic, w$p.value, 2 * w$statistic / (length(x) * length(y)) - 1))
  }
}
tables <- list(
  matrix(c(20, 5, 3, 2, 30, 4, 6, 8, 22), 3, byrow = TRUE),
  matrix(c(50, 12, 7, 1, 9, 40, 15, 6, 3, 8, 33, 14, 2, 4, 9, 28), 4, byrow = TRUE))
for (m in tables) {
  t <- mcnemar.test(m, correct = FALSE)
  row("bowker", nrow(m), as.vector(t(m)), c(t$statistic, t$parameter, t$p.value))
  d <- (rowSums(m) - colSums(m))[-1]
  s <- (diag(rowSums(m) + colSums(m)) - m - t(m))[-1, -1]
  x <- as.numeric(t(d) %*% solve(s) %*% d)
  row("stuart_maxwell", nrow(m), as.vector(t(m)),
      c(x, nrow(m) - 1, pchisq(x, nrow(m) - 1, lower.tail = FALSE)))
}
for (c2 in list(c(9, 3), c(1, 12), c(7, 7), c(0, 5), c(11, 13))) {
  row("mcnemar_exact", c2[1], c2[2], binom.test(c2[1], sum(c2))$p.value)
}
for (c2 in list(c(30, 12), c(25, 24), c(100, 61))) {
  t <- mcnemar.test(matrix(c(5, c2[2], c2[1], 5), 2))
  row("mcnemar", c2[1], c2[2], c(t$statistic, t$p.value))
}
for (p in list(c(.01, .02, .03, .04, .2), c(.001, .2, .03, .8), c(.5, .04, .04, .9, .0002, .03))) {
  row("benjamini_hochberg", p, 0, p.adjust(p, "BH"))
}
for (a in list(c(56, 70, 48, 80), c(9, 10, 3, 10), c(0, 10, 0, 20), c(3221, 11581, 2262, 6291),
               c(10, 10, 0, 10))) {
  # prop.test without correction gives Wilson's intervals; Newcombe (1998), method 10.
  w1 <- prop.test(a[1], a[2], correct = FALSE)$conf.int
  w2 <- prop.test(a[3], a[4], correct = FALSE)$conf.int
  p1 <- a[1] / a[2]; p2 <- a[3] / a[4]
  row("newcombe", a[1:2], a[3:4],
      c(p2 - p1, p2 - p1 - sqrt((p2 - w2[1])^2 + (w1[2] - p1)^2),
        p2 - p1 + sqrt((w2[2] - p2)^2 + (p1 - w1[1])^2),
        2 * asin(sqrt(p2)) - 2 * asin(sqrt(p1))))
}
