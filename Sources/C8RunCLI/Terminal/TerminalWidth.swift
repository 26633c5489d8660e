import Glibc

/// How many columns a terminal has.
enum TerminalWidth {
    /// The columns of the terminal behind a descriptor; nil where it is none, so that what is written to files and pipes is
    /// never broken up. `COLUMNS` counts before what the terminal says, as for other tools.
    static func columns(of descriptor: Int32, environment: EnvironmentLookup) -> Int? {
        guard isatty(descriptor) == 1 else { return nil }
        if let text = environment("COLUMNS"), let columns = Int(text), columns > 0 { return columns }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
