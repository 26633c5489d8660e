import ArgumentParser

/// The options for recorded traffic, shared by the commands that run scripts.
struct RecordingOptions: ParsableArguments {
    @Option(
        name: .customLong("record"), parsing: .unconditional,
        help: ArgumentHelp(
            "Write all HTTP traffic of the run to a file, without secrets, also when the script fails.",
            valueName: "file"))
    var record: String?

    @Option(
        name: .customLong("replay"), parsing: .unconditional,
        help: ArgumentHelp(
            "Answer all HTTP requests from a recording: without network, credentials or a configuration.",
            valueName: "file"))
    var replay: String?
}
