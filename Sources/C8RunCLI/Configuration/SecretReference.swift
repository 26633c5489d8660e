/// Where the application secret is to be found. It is read only when a token must be fetched.
struct SecretReference: Sendable, Equatable, CustomStringConvertible {
    /// What the secret is: the secret itself, or its MD5 sign, which is all that some integrators hold.
    enum Kind: Sendable, Equatable {
        case secretKey
        case secretKeySign
    }

    /// How the secret is obtained.
    enum Source: Sendable, Equatable {
        /// The text itself, from the configuration file or from `C8_SECRET_KEY`.
        case literal(LiteralSecret)
        /// The environment variable of this name.
        case environment(String)
        /// The content of the file at this absolute path, without its trailing line break.
        case file(String)
        /// The output of this program, started without a shell, without its trailing line break.
        case command([String])
    }

    var kind: Kind
    var source: Source

    /// Tells where the secret comes from, never what it is.
    var description: String {
        switch source {
        case .literal: "a literal value"
        case .environment(let name): "the environment variable \(name)"
        case .file(let path): "the file \(path)"
        case .command(let arguments): "the command \(arguments.first ?? "")"
        }
    }
}
