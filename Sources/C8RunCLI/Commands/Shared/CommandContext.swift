/// What surrounds a command: where configuration comes from, and the signals that stop it.
struct CommandContext: Sendable {
    var loader: ConfigurationLoader
    var signals: SignalWatch
}
