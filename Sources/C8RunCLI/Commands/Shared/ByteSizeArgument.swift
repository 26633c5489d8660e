import ArgumentParser

/// A size option: `512MiB`, `64MB`, bytes.
struct ByteSizeArgument: Sendable, ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        guard let bytes = ByteSizeText.parse(argument) else { return nil }
        self.bytes = bytes
    }
}
