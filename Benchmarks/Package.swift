// swift-tools-version: 6.2
import PackageDescription

// Measurements of the library in a process, in a package of their own: nobody who builds c8run builds them.
let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "c8run", path: ".."),
        // Without its traits, which count allocations with packages that are not everywhere.
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
    ],
    targets: [
        // swift package --package-path Benchmarks benchmark. The plugin looks for targets in a folder Benchmarks.
        .executableTarget(
            name: "InProcess",
            dependencies: [
                .product(name: "C8Run", package: "c8run"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "Benchmarks/InProcess",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
        // Swift's side of what scripts/bench compares with C. Not beside this file: the plugin would run it as a benchmark, as all
        // that lies in a folder Benchmarks.
        .executableTarget(name: "Boundary", dependencies: [.product(name: "C8Run", package: "c8run")]),
    ],
    swiftLanguageModes: [.v6]
)
