import ArgumentParser

/// A duration option: `1.5s`, `500ms`, `2m`, `1h`, seconds.
struct DurationArgument: Sendable, ExpressibleByArgument {
    let duration: Duration

    init?(argument: String) {
        guard let duration = DurationText.parse(argument), duration > .zero else { return nil }
        self.duration = duration
    }
}
