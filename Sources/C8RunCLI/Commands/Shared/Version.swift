/// The version of c8run, as `--version` prints it.
enum Version {
    static let text = "0.1.0"
}
