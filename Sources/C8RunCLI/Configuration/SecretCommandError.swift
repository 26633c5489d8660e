/// Why a secret's command gave no secret, worded to follow the program's name.
struct SecretCommandError: Error, Sendable, Equatable {
    let reason: String
}
