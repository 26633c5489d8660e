/// A file that goes with a call, as one part of a form.
package struct CallFile: Sendable {
    /// The name of the field.
    package let field: String
    /// The file's name, as the platform sees it.
    package let name: String
    /// Its media type.
    package let type: String
    /// How many bytes are sent.
    package let size: Int64
    /// At most so many bytes from an offset.
    package let read: @Sendable (_ offset: Int64, _ count: Int) throws -> [UInt8]

    package init(
        field: String, name: String, type: String = "application/octet-stream", size: Int64,
        read: @escaping @Sendable (_ offset: Int64, _ count: Int) throws -> [UInt8]
    ) {
        self.field = field
        self.name = name
        self.type = type
        self.size = size
        self.read = read
    }
}
