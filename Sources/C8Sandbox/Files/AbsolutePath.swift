/// A path from the root, in parts, without `.` and `..`: normalised by its text alone, so it says where a path claims to
/// lead. Where it does lead is the kernel's to say.
package struct AbsolutePath: Sendable, Hashable, CustomStringConvertible {
    package var parts: [[UInt8]]

    package init(parts: [[UInt8]] = []) {
        self.parts = parts
    }

    /// Relative paths begin at `base`; `..` at the root stays there.
    package init(_ path: FilePath, relativeTo base: AbsolutePath = AbsolutePath()) {
        var parts = path.bytes.first == UInt8(ascii: "/") ? [] : base.parts
        for part in path.bytes.split(separator: UInt8(ascii: "/")) {
            if part.elementsEqual([UInt8(ascii: ".")]) { continue }
            if part.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")]) {
                _ = parts.popLast()
            } else {
                parts.append(Array(part))
            }
        }
        self.parts = parts
    }

    /// Whether the other path is this one or below it.
    package func contains(_ other: AbsolutePath) -> Bool { other.parts.starts(with: parts) }

    var name: [UInt8]? { parts.last }

    var parent: AbsolutePath { AbsolutePath(parts: Array(parts.dropLast())) }

    func appending(_ more: some Sequence<[UInt8]>) -> AbsolutePath { AbsolutePath(parts: parts + more) }

    func appending(_ name: [UInt8]) -> AbsolutePath { AbsolutePath(parts: parts + [name]) }

    var filePath: FilePath {
        FilePath(bytes: parts.isEmpty ? [UInt8(ascii: "/")] : parts.flatMap { [UInt8(ascii: "/")] + $0 })
    }

    package var description: String { filePath.description }
}
