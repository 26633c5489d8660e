// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "c8run",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "C8Run", targets: ["C8Run"]),
        .library(name: "C8RunTesting", targets: ["C8RunTesting"]),
        .executable(name: "c8run", targets: ["C8RunCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
    ],
    targets: [
        // Lua: the library, the C boundary over it, the Swift runtime over that, and the embedded modules.
        .systemLibrary(name: "CLua54", pkgConfig: "lua5.4", providers: [.apt(["liblua5.4-dev"])]),
        .target(name: "CLuaBoundary", dependencies: ["CLua54"]),
        .target(name: "CLuaStdlib"),
        .target(name: "LuaRuntime", dependencies: ["CLuaBoundary"]),
        .target(name: "LuaSyntax"),

        // The platform: vocabulary, transport, client, state on disk, and the stand-in.
        .target(
            name: "C8Platform",
            dependencies: [.product(name: "OrderedCollections", package: "swift-collections")],
            resources: [.embedInCode("Catalogue/catalogue.tsv")]),
        .target(
            name: "C8HTTP",
            dependencies: [
                "C8Platform", "CLinuxShims", "CZlib",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        .target(
            name: "C8Client",
            dependencies: [
                "C8Platform", "C8HTTP",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        .target(name: "C8Flow", dependencies: ["C8Platform"]),
        .target(name: "C8Queue"),
        .target(name: "C8Listener"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CRowScan"),
        .target(name: "C8CSV", dependencies: ["CRowScan", "CZlib"]),
        // CPostgres loads its library when a connection is first made, and so links none.
        .target(name: "CPostgres"),
        .target(name: "C8Postgres", dependencies: ["CPostgres"]),
        .target(
            name: "C8Store",
            dependencies: [
                "C8Client", "C8Flow", "C8Platform", "C8Queue", "C8Postgres", "CLinuxShims",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(
            name: "C8Emulator",
            dependencies: [
                "C8Platform",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),

        // What is said of a script without running it.
        .target(
            name: "C8Check",
            dependencies: [
                "LuaSyntax", "C8Platform", .product(name: "OrderedCollections", package: "swift-collections"),
            ]),

        // What a script may touch on this machine.
        .target(name: "CLinuxShims"),
        .target(name: "C8Sandbox", dependencies: ["CLinuxShims"]),

        // Lines that a person types. CEdit loads its library when it is first used, and so links none.
        .target(name: "CEdit"),
        .target(name: "C8Terminal", dependencies: ["CEdit"]),

        // Where Lua meets the rest, and the command over it.
        .target(
            name: "C8Run",
            dependencies: [
                "LuaRuntime", "LuaSyntax", "CLuaStdlib", "C8Platform", "C8HTTP", "C8Client", "C8CSV", "C8Flow",
                "C8Queue", "C8Postgres", "C8Store",
                "C8Sandbox",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "C8RunTesting",
            dependencies: [
                "C8Run", "C8Emulator", "C8Client", "C8Flow", "C8Platform", "LuaRuntime",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        .executableTarget(
            name: "C8RunCLI",
            dependencies: [
                "C8Run", "C8RunTesting", "C8Check", "C8Client", "C8Emulator", "C8Flow", "C8Listener", "C8Queue",
                "C8Platform",
                "C8Postgres",
                "C8Sandbox", "C8Store", "C8Terminal", "LuaSyntax",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "TOMLKit", package: "TOMLKit"),
            ]),

        // A server for tests that does what a script says, byte for byte.
        .target(
            name: "ScriptedServer",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ], path: "Tests/ScriptedServer"),

        // A PostgreSQL server, and a pooler before it, for as long as the tests run.
        .target(name: "PostgresServer", dependencies: ["C8Postgres"], path: "Tests/PostgresServer"),

        // The example of embedding, as its own package builds it.
        .executableTarget(
            name: "EmbeddingExample", dependencies: ["C8Run"], path: "examples/Embedding/Sources/Embedding"),

        // The store's side of what scripts/bench compares with libpq.
        .executableTarget(
            name: "StoreBenchmark", dependencies: ["C8Postgres", "C8Queue", "C8Store"], path: "Tests/Benchmarks/store"),

        // Random inputs that can be repeated.
        .target(name: "Fuzzing", path: "Tests/Fuzzing"),

        .testTarget(name: "LuaRuntimeTests", dependencies: ["LuaRuntime", "Fuzzing"]),
        .testTarget(name: "LuaSyntaxTests", dependencies: ["LuaSyntax", "LuaRuntime", "Fuzzing"]),
        .testTarget(
            name: "C8CheckTests",
            dependencies: ["C8Check", "C8Emulator", "C8Platform", "C8Run", "LuaSyntax", "Fuzzing"]),
        .testTarget(
            name: "C8PlatformTests",
            dependencies: [
                "C8Platform", "Fuzzing", .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            exclude: ["Import/Pages"]),
        .testTarget(
            name: "C8HTTPTests",
            dependencies: [
                "C8HTTP", "C8Platform", "Fuzzing", "ScriptedServer", .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTP2", package: "swift-nio-http2"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]),
        .testTarget(
            name: "C8ClientTests",
            dependencies: [
                "C8Client", "C8HTTP", "C8Platform", .product(name: "Logging", package: "swift-log"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]),
        .testTarget(name: "C8CSVTests", dependencies: ["C8CSV", "CZlib", "Fuzzing"]),
        .testTarget(name: "C8FlowTests", dependencies: ["C8Flow", "C8Platform", "Fuzzing"]),
        .testTarget(name: "C8QueueTests", dependencies: ["C8Queue", "Fuzzing"]),
        .testTarget(name: "C8ListenerTests", dependencies: ["C8Listener", "Fuzzing"]),
        .testTarget(
            name: "C8StoreTests",
            dependencies: [
                "C8Store", "C8Client", "C8Flow", "C8Queue", "C8Postgres", "PostgresServer",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(name: "C8PostgresTests", dependencies: ["C8Postgres", "PostgresServer"]),
        .testTarget(
            name: "C8EmulatorTests",
            dependencies: [
                "C8Emulator", "C8Platform",
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        .testTarget(name: "C8SandboxTests", dependencies: ["C8Sandbox", "Fuzzing"]),
        .testTarget(
            name: "C8RunTests",
            dependencies: [
                "C8Run", "C8Emulator", "C8Platform", "C8Queue", "EmbeddingExample", "Fuzzing", "ScriptedServer",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .testTarget(
            name: "C8RunTestingTests",
            dependencies: [
                "C8RunTesting", "C8Run", "C8Emulator", "C8Client", "C8Platform", "LuaRuntime",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .testTarget(
            name: "C8RunCLITests",
            dependencies: [
                "C8RunCLI", "C8Run", "C8RunTesting", "C8Check", "C8Client", "C8Listener", "C8Platform", "C8Postgres",
                "C8Queue",
                "C8Store", "C8Terminal", "LuaSyntax",
                .product(name: "CoreMetrics", package: "swift-metrics"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]),
        .testTarget(
            name: "EndToEndTests", dependencies: ["C8Emulator", "C8Platform", "PostgresServer", "ScriptedServer"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu17,
    cxxLanguageStandard: .cxx20
)

// One set of rules for every Swift target: explicit existentials (SE-0335), imports that name what they use (SE-0444),
// and dependencies that stay inside a room unless they are re-exported on purpose (SE-0409).
for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .treatAllWarnings(as: .error),
        ]
}
