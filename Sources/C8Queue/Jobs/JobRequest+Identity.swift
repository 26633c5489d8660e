extension JobRequest {
    /// Whether an id that was submitted with this may be submitted again with the other: what runs is the very same. When
    /// and where it runs, and how often, may differ.
    package func isSame(as other: JobRequest) -> Bool {
        script.hash == other.script.hash && Self.isSame(terms, other.terms) && Self.isSame(input, other.input)
            && arguments.elementsEqual(other.arguments) { Self.isSame($0, $1) }
    }

    /// By their bytes: strings of Swift are also equal where Unicode has two ways to write the same.
    private static func isSame(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return left.utf8.elementsEqual(right.utf8)
    }
}
