import Crypto

/// An application registered with the stand-in, the owner of an access key.
struct Application: Sendable {
    enum State: Sendable {
        case working
        /// get-token answers 21184032.
        case disabled
        /// get-token answers 500, whatever it is sent.
        case broken
    }

    let id: Int64
    let accessKey: String
    let secretKey: String
    let state: State
    /// When a token was last handed out, in seconds since 1970.
    var lastFetch: Double?

    init(id: Int64, accessKey: String, secretKey: String, state: State) {
        self.id = id
        self.accessKey = accessKey
        self.secretKey = secretKey
        self.state = state
    }

    /// What a client must send: the MD5 of the secret's UTF-8, 32 lower-case hexadecimal digits.
    var secretKeySign: String {
        Insecure.MD5.hash(data: Array(secretKey.utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count < 2 ? "0" + digits : digits
        }.joined()
    }
}
