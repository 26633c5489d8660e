/// Text for a POSIX shell.
package enum ShellText {
    /// The text as one word: bare where it is harmless, else in single quotes.
    package static func quoted(_ text: String) -> String {
        let isHarmless =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "-._/:".utf8.contains(byte)
            }
        return isHarmless ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
