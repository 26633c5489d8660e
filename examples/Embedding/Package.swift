// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Embedding",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "c8run", path: "../..")],
    targets: [
        .executableTarget(name: "Embedding", dependencies: [.product(name: "C8Run", package: "c8run")])
    ]
)
