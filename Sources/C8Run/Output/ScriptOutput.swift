/// Where what a script prints goes.
///
/// ```swift
/// let result = try await host.run(script, output: .capture)
/// try await host.run(script, output: .lines { line in print("script:", line) })
/// ```
public struct ScriptOutput: Sendable {
    enum Kind: Sendable {
        case host
        case capture
        case bytes(@Sendable ([UInt8]) throws -> Void)
        case lines(@Sendable (String) throws -> Void, end: @Sendable () -> Void)
    }

    let kind: Kind

    /// Where the host's configuration says.
    public static let host = ScriptOutput(kind: .host)

    /// Nowhere.
    public static let discard = ScriptOutput(kind: .bytes { _ in })

    /// Into the result of the run: ``ScriptResult/standardOutput`` and ``ScriptResult/standardError``. The limit on output
    /// bounds it.
    public static let capture = ScriptOutput(kind: .capture)

    /// To a closure as it comes, on the script's thread, whole lines at a time. An error that it throws ends the script, and
    /// is thrown by the run.
    public static func bytes(_ body: @escaping @Sendable ([UInt8]) throws -> Void) -> ScriptOutput {
        ScriptOutput(kind: .bytes(body))
    }

    /// To a closure line by line, without their ends; the last line counts also where nothing ends it. Bytes that are no UTF-8
    /// appear as U+FFFD.
    public static func lines(_ body: @escaping @Sendable (String) throws -> Void) -> ScriptOutput {
        ScriptOutput(kind: .lines(body, end: {}))
    }

    /// To a stream of lines, that ends with the script. What is not read yet is kept.
    public static func lines(to continuation: AsyncStream<String>.Continuation) -> ScriptOutput {
        ScriptOutput(kind: .lines({ continuation.yield($0) }, end: { continuation.finish() }))
    }
}
