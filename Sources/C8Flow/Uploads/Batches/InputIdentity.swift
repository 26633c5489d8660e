/// Which file an upload reads, so that a changed one is not taken for the same.
package struct InputIdentity: Sendable, Hashable {
    /// The file as the script names it; what messages say.
    package let name: String
    /// Bytes; nil where there is no file but rows of the script.
    package let size: Int64?
    /// Nanoseconds since 1970; nil where there is no file.
    package let modified: Int64?

    /// Rows of a script have a name, but neither size nor time.
    package init(name: String, size: Int64? = nil, modified: Int64? = nil) {
        self.name = name
        self.size = size
        self.modified = modified
    }

    /// What differs in this input from the one that was recorded, in words; nil when it is the same.
    package func difference(from recorded: InputIdentity) -> String? {
        if name != recorded.name { return "the input was \(recorded.name) and is \(name) now" }
        if size != recorded.size {
            return "its size was \(Self.text(recorded.size)) bytes and is \(Self.text(size)) now"
        }
        if modified != recorded.modified { return "it was written to since" }
        return nil
    }

    private static func text(_ size: Int64?) -> String { size.map(String.init) ?? "no" }
}
