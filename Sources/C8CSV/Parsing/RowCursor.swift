/// Where the parser stands in a row whose end it has not seen. Offsets count from the row's first byte, so that they hold
/// when the row is moved.
struct RowCursor {
    enum Mode {
        /// Before a row: line ends here are blank lines.
        case row
        /// Before a field's first byte.
        case field
        case unquoted
        case quoted
        /// After a quote within a quoted field, which closes it unless another one follows.
        case closing
    }

    var mode = Mode.row
    /// The bytes that are dealt with.
    var scanned = 0
    /// The first byte of the field's content.
    var fieldStart = 0
    /// The field's column, from 0.
    var column = 0
    /// The fields that are stored.
    var stored = 0
    /// The line ends within quotes so far.
    var lineEnds = 0
    /// The value of `lineEnds` where the quoted field began.
    var quoteLine = 0
    /// Whether the field holds a doubled quote.
    var isDoubled = false
    /// Whether a stored field of the row does.
    var needsScratch = false
}
