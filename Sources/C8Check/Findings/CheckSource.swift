/// A script that is to be checked.
package struct CheckSource: Sendable {
    /// As messages name it.
    package var name: String
    package var bytes: [UInt8]
    /// What `require` would find of the script's own files: true for the name of a module that is there, such as `lib.codes`.
    package var hasModule: @Sendable (String) -> Bool
    /// The text of a module of the script's own; nil where it is not known.
    package var readModule: @Sendable (String) -> [UInt8]?
    /// The names of modules that could have been meant, for proposals.
    package var moduleNames: @Sendable () -> [String]

    /// A script of given text.
    package init(
        name: String, bytes: [UInt8], moduleNames: @escaping @autoclosure @Sendable () -> [String] = [],
        hasModule: @escaping @Sendable (String) -> Bool = { _ in false },
        readModule: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }
    ) {
        self.name = name
        self.bytes = bytes
        self.moduleNames = moduleNames
        self.hasModule = hasModule
        self.readModule = readModule
    }
}
