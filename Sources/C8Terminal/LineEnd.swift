/// How the editing of a line ended.
package enum LineEnd: Sendable, Hashable {
    /// Enter was pressed. The text may hold line breaks, from a paste or from the history.
    case line(String)
    /// Control-C was pressed: the line was given up.
    case interrupted
    /// Control-D was pressed on an empty line, or the terminal is gone.
    case end
    /// ``LineEditor/stop()`` was called.
    case stopped
}
