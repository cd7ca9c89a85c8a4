// swift-tools-version: 6.1
import PackageDescription

// One target per stage of the program, so that `ls Sources` is its data flow:
//   Ingest -> Normalize -> Score -> Aggregate -> Publish, wired by Pipeline.
// Dependencies point one way only. Stages exchange batches, never single fields, so that the
// borders between modules cost nothing on the hot path.
let package = Package(
  name: "stagecraft",
  platforms: [.macOS(.v15)],  // UInt128
  products: [
    .executable(name: "stagecraft", targets: ["stagecraft"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries. libcsv ships no .pc file anywhere: `link "csv"` in its module map does
    // the linking, and the README says how Apple silicon finds it.
    .systemLibrary(name: "CLibcsv", providers: [.apt(["libcsv-dev"]), .brew(["libcsv"])]),
    .systemLibrary(
      name: "CLibarchive", pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    .systemLibrary(
      name: "CLibcrypto", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
    .systemLibrary(
      name: "CLibxxhash", pkgConfig: "libxxhash",
      providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

    // What everything else stands on.
    .target(name: "CSystemCalls"),
    .target(name: "CSeparators"),
    .target(name: "CAnswerLists", dependencies: ["CSeparators"]),
    .target(
      name: "SystemCalls",
      dependencies: ["CSystemCalls", .product(name: "SystemPackage", package: "swift-system")]),
    .target(name: "Statistics", dependencies: ["BigInt"]),
    .target(name: "Fingerprint", dependencies: ["CLibcrypto", "CLibxxhash"]),
    .target(name: "TextFolding"),
    .target(name: "Documents", dependencies: ["Yams", "Statistics", "TextFolding"]),

    // The two files people write.
    .target(
      name: "MaturityModel", dependencies: ["Documents", "Statistics", "TextFolding"],
      resources: [.embedInCode("BuiltIn/mlops-maturity.yaml")]),
    .target(
      name: "SurveyMapping",
      dependencies: ["MaturityModel", "Documents", "Statistics", "TextFolding"]),

    // The stages, in the order of the data.
    .target(
      name: "Ingest",
      dependencies: [
        "CLibarchive", "CLibcsv", "CSeparators", "CZlib", "Fingerprint", "SystemCalls",
        "TextFolding",
      ]),
    .target(name: "Detection", dependencies: ["Ingest", "TextFolding"]),
    .target(
      name: "Normalize",
      dependencies: [
        "CAnswerLists", "CLibxxhash", "Ingest", "MaturityModel", "SurveyMapping", "Statistics",
        "SystemCalls", "TextFolding",
      ]),
    .target(
      name: "Score",
      dependencies: ["BigInt", "Normalize", "MaturityModel", "SurveyMapping", "Statistics"]),
    .target(
      name: "Organisations",
      dependencies: ["Score", "Normalize", "MaturityModel", "Statistics"]),
    .target(
      name: "Aggregate",
      dependencies: [
        "Organisations", "Score", "Normalize", "MaturityModel", "SurveyMapping", "Statistics",
      ]),
    .target(
      name: "Publish",
      dependencies: [
        "Aggregate", "Organisations", "Score", "Normalize", "Ingest", "MaturityModel",
        "SurveyMapping", "Statistics", "SystemCalls", "Fingerprint",
      ],
      exclude: ["Documentation"]),
    .target(
      name: "Report",
      dependencies: [
        "Aggregate", "Fingerprint", "Ingest", "MaturityModel", "Publish", "SurveyMapping",
        "SystemCalls",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [.embedInCode("Template/report.css"), .embedInCode("Template/report.mustache")]),
    .target(
      name: "Inspection",
      dependencies: [
        "Detection", "Ingest", "Normalize", "SurveyMapping", "MaturityModel", "Documents",
        "Statistics", "TextFolding", "Publish",
      ]),
    .target(
      name: "Questionnaire",
      dependencies: [
        "Detection", "Documents", "Fingerprint", "Ingest", "MaturityModel", "Statistics",
        "TextFolding",
      ]),
    .target(
      name: "Pipeline",
      dependencies: [
        "Questionnaire", "Ingest", "Detection", "Normalize", "Score", "Organisations", "Aggregate",
        "Publish", "Report", "MaturityModel",
        "SurveyMapping", "Documents", "SystemCalls", "TextFolding",
      ]),
    .target(
      name: "Explanation",
      dependencies: [
        "Pipeline", "Publish", "Score", "Normalize", "Ingest", "MaturityModel", "SurveyMapping",
        "Statistics", "SystemCalls", "TextFolding",
      ]),
    .target(
      name: "Comparison", dependencies: ["Documents", "Publish", "Statistics", "SystemCalls"]),
    .executableTarget(
      name: "stagecraft",
      dependencies: [
        "Comparison", "Explanation", "Questionnaire", "Pipeline", "Inspection", "Publish",
        "Aggregate", "Ingest",
        "Normalize", "Detection", "MaturityModel", "SurveyMapping",
        "Documents", "Report", "Statistics", "SystemCalls",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .testTarget(
      name: "OrganisationsTests", dependencies: ["Normalize", "Organisations"]),
    .testTarget(name: "TextFoldingTests", dependencies: ["TextFolding"]),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Statistics"]),
    .testTarget(
      name: "MaturityModelTests", dependencies: ["MaturityModel", "Documents", "Statistics"]),
    .testTarget(
      name: "SurveyMappingTests",
      dependencies: ["SurveyMapping", "MaturityModel", "Documents", "Statistics"]),
    .target(
      name: "StagecraftTestSupport",
      dependencies: ["Aggregate", "Ingest", "Pipeline", "Publish", "SystemCalls"],
      path: "Tests/StagecraftTestSupport"),
    .testTarget(
      name: "StatisticsTests", dependencies: ["BigInt", "StagecraftTestSupport", "Statistics"]),
    .testTarget(name: "FingerprintTests", dependencies: ["Fingerprint"]),
    .testTarget(
      name: "IngestTests",
      dependencies: [
        "CLibarchive", "CLibcsv", "CSeparators", "Fingerprint", "Ingest", "StagecraftTestSupport",
        "SystemCalls",
      ]),
    .testTarget(
      name: "NormalizeTests",
      dependencies: [
        "CAnswerLists", "Ingest", "MaturityModel", "Normalize", "StagecraftTestSupport",
        "Statistics",
        "SurveyMapping", "TextFolding",
      ]),
    .testTarget(
      name: "CleanTests",
      dependencies: ["Pipeline", "Detection", "Ingest", "StagecraftTestSupport"]),
    .testTarget(
      name: "ScoreTests",
      dependencies: [
        "Score", "Normalize", "SurveyMapping", "MaturityModel", "Statistics", "BigInt",
        "StagecraftTestSupport",
      ]),
    .testTarget(
      name: "ExplanationTests",
      dependencies: ["Explanation", "Pipeline", "Publish", "StagecraftTestSupport"]),
    .testTarget(
      name: "ComparisonTests", dependencies: ["stagecraft", "StagecraftTestSupport"]),
    .testTarget(
      name: "QuestionnaireTests",
      dependencies: [
        "Questionnaire", "Pipeline", "Publish", "MaturityModel", "StagecraftTestSupport",
      ]),
    .testTarget(
      name: "DetectionTests",
      dependencies: ["Detection", "Ingest", "StagecraftTestSupport"]),
    .testTarget(
      name: "AggregateTests",
      dependencies: [
        "Aggregate", "Publish", "Score", "Normalize", "SurveyMapping", "MaturityModel",
        "Statistics", "BigInt", "StagecraftTestSupport",
      ]),
    .testTarget(
      name: "PublishTests",
      dependencies: [
        "Aggregate", "Ingest", "MaturityModel", "Publish", "Pipeline", "Fingerprint", "SystemCalls",
        "StagecraftTestSupport",
      ]),
    .testTarget(
      name: "ReportTests", dependencies: ["Report", "Pipeline", "StagecraftTestSupport"]),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "CLibarchive", "Ingest", "Normalize", "Pipeline", "Publish", "Aggregate",
        "StagecraftTestSupport",
      ]),
    // Runs the built binary, too.
    .testTarget(
      name: "InspectionTests",
      dependencies: [
        "stagecraft", "Inspection", "Pipeline", "Publish", "Detection", "Ingest", "Documents",
        "MaturityModel", "SurveyMapping", "StagecraftTestSupport",
      ]),
    // Runs the built binary, so it has to be built first.
    .testTarget(
      name: "CommandTests", dependencies: ["stagecraft", "Pipeline", "StagecraftTestSupport"],
      exclude: ["Shown"]),
  ],
  swiftLanguageModes: [.v6]
)

// Not in ordinary builds: what `Scripts/fuzz` builds. What is covered of the code that is fuzzed is what
// guides the fuzzer, so that is instrumented, too; flags like these are why it cannot be a target
// like any other.
if Context.environment["STAGECRAFT_FUZZ"] != nil {
  let fuzzed = [
    "CAnswerLists", "CSeparators", "Documents", "Ingest", "MaturityModel", "Normalize",
    "SurveyMapping", "TextFolding",
  ]
  package.targets.append(
    .executableTarget(
      name: "FuzzTargets", dependencies: fuzzed.map { .byName(name: $0) },
      path: "Tests/Fuzz/FuzzTargets", swiftSettings: [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address"])]))
  for target in package.targets where (fuzzed + ["FuzzTargets"]).contains(target.name) {
    target.swiftSettings =
      (target.swiftSettings ?? [])
      + [.unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"])]
    target.cSettings =
      (target.cSettings ?? []) + [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])]
  }
}

// Not in ordinary builds either: with `Scripts/sanitize thread`, every target's Mutex is one that the
// thread sanitizer knows.
if Context.environment["STAGECRAFT_THREAD_SANITIZER"] != nil {
  for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    if !["CAnswerLists", "CSeparators", "CSystemCalls"].contains(target.name) {
      target.dependencies.append("KnownLocks")
      target.swiftSettings =
        (target.swiftSettings ?? [])
        + [.unsafeFlags(["-module-alias", "Synchronization=KnownLocks"])]
    }
  }
  package.targets.append(.target(name: "KnownLocks", path: "Tests/ThreadSanitizer"))
}
