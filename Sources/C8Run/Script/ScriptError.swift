/// Why a script ended without finishing: its own uncaught error, a limit, or the platform's answer, with the fields that
/// Lua code would have seen.
public struct ScriptError: Error, Sendable, CustomStringConvertible {
    /// What kind of end it was. The raw values are those of an error's `kind` in Lua where there is one.
    public enum Kind: String, Sendable, CaseIterable {
        /// The source does not compile.
        case compile
        /// An error that the script raised itself, or a mistake in it.
        case runtime
        /// The platform answered with a code that is not success.
        case api
        /// The answer was no envelope, or its HTTP status says failure.
        case http
        case network
        case timeout
        case denied
        case config
        case unbound
        case invalid
        /// A limit other than those of the host, such as the number of open requests.
        case limit
        case cancelled
        /// A flow stopped at a step of which nobody knows whether its writes took place.
        case unresolved
        /// The host's limits.
        case memoryLimit
        case timeLimit
        case instructionLimit
        case outputLimit
        /// A defect of the host.
        case `internal`
    }

    /// What kind of end it was.
    public var kind: Kind
    /// What happened, with the script's position before it where it is known.
    public var message: String
    /// The catalogue id of the operation that failed.
    public var operation: String?
    /// The platform's code.
    public var code: Int64?
    /// The platform's own words.
    public var platformMessage: String?
    /// The id to quote to the platform's operators.
    public var traceID: String?
    /// The HTTP status.
    public var status: Int?
    /// Requests made for the call that failed.
    public var attempts: Int?
    /// For writes: `not_sent`, `rejected` or `unknown`.
    public var outcome: String?
    /// The platform refused the application's credentials.
    public var isCredentialRefusal = false
    /// The Swift error behind it, where a function of a module threw one that the script did not catch.
    public var cause: (any Error)?
    /// Script frames from the innermost out, as `script.lua:12: in function 'f'`.
    public var traceback: [String] = []
    /// For `compile`: the line that does not compile, as the source has it.
    public var sourceLine: String?

    /// An error without further fields.
    public init(kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
