import ArgumentParser

/// The value of `check --format`.
enum CheckFormat: String, Sendable, CaseIterable, ExpressibleByArgument {
    case text
    case json
    case sarif
}
