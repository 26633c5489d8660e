import C8Client
import C8Platform
import C8Run

/// What to do about an error, by what is known of it.
struct Advice: Sendable {
    private var kind: ScriptError.Kind
    private var operation: String?
    private var code: Int64?
    private var outcome: String?
    private var isCredentialRefusal: Bool
    private var message: String

    init(_ error: ScriptError) {
        (kind, operation, code, outcome) = (error.kind, error.operation, error.code, error.outcome)
        isCredentialRefusal = error.isCredentialRefusal
        message = error.message
    }

    init(_ error: ClientError) {
        kind = ScriptError.Kind(rawValue: error.kind.rawValue) ?? .internal
        (operation, code, outcome) = (error.operation?.rawValue, error.code, error.outcome?.rawValue)
        isCredentialRefusal = error.isCredentialRefusal
        message = error.message
    }

    /// The advice in the language of this task; nil where the message says all there is.
    var text: String? {
        // A write that may have happened outweighs whatever stood in its way.
        if outcome == OutcomeMessage.unknown.rawValue, kind != .unresolved { return HintMessage.outcomeUnknown.text }
        if let code, let hint = Self.codes[PlatformCode(rawValue: code)], kind == .api || isCredentialRefusal {
            return hint.text
        }
        if isCredentialRefusal { return HintMessage.keyOrSecret.text }
        // The platform has nothing to do with it.
        if kind == .network, AdviceMessage.databaseAway.message.values(within: message) != nil {
            return HintMessage.database.text
        }
        guard let hint = Self.kinds[kind] else { return nil }
        if hint.message.english.contains("{operation}") {
            // A request without an operation has no page in the catalogue.
            guard let operation, Catalogue.standard[OperationID(operation)] != nil else { return nil }
            return hint.text(["operation": operation])
        }
        return hint.text
    }

    private static let kinds: [ScriptError.Kind: HintMessage] = [
        .api: .platformCode, .network: .network, .timeout: .network, .denied: .denied, .config: .configuration,
        .unbound: .unbound, .invalid: .invalid, .unresolved: .unresolved, .memoryLimit: .memory, .timeLimit: .time,
        .instructionLimit: .instructions, .outputLimit: .output, .internal: .internalError,
    ]

    private static let codes: [PlatformCode: HintMessage] = [
        .tokenRefusedA: .tokenRefused, .tokenRefusedB: .tokenRefused, .keyOrSecretWrong: .keyOrSecret,
        .applicationDisabled: .applicationDisabled, .applicationUnknown: .applicationUnknown,
        .accessKeyEmpty: .accessKeyEmpty, .secretEmpty: .secretEmpty, .tokenFetchedTooOften: .tooOften,
        .unknownError: .unknownError,
    ]
}
