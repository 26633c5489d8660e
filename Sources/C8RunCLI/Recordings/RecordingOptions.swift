import ArgumentParser

/// The options for recorded traffic, shared by the commands that run scripts.
struct RecordingOptions: ParsableArguments {
    @Option(
        name: .customLong("record"), parsing: .unconditional,
        help: ArgumentHelp(.record, valueName: "file"), completion: .file())
    var record: String?

    @Option(
        name: .customLong("replay"), parsing: .unconditional,
        help: ArgumentHelp(.replay, valueName: "file"), completion: .file())
    var replay: String?
}
