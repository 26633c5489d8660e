import Glibc

/// The name that a script gives a step: 1 to 200 bytes of UTF-8, of any characters.
///
/// Names are compared byte for byte. Swift's own comparison takes an é of one code point and an é of two for equal, the
/// database does not.
package struct StepName: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    /// - Throws: ``FlowNameError`` where the text is empty or has more than ``FlowLimits/nameBytes``.
    package init(_ text: String) throws(FlowNameError) {
        try FlowNameError.check(text, of: .step)
        self.text = text
    }

    package static func == (left: StepName, right: StepName) -> Bool {
        var (left, right) = (left.text, right.text)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard left.count == right.count else { return false }
                guard let first = left.baseAddress, let second = right.baseAddress else { return true }
                return memcmp(first, second, left.count) == 0
            }
        }
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(exactly: text) }

    package var description: String { text }
}

extension Hasher {
    /// Takes the bytes, so that texts which are merely canonically equal do not need to have the same hash.
    mutating func combine(exactly text: String) {
        var text = text
        text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
        combine(UInt8(0xFF))
    }
}
