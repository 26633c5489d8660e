import Crypto

/// What get-token is called with: the application's key, and the MD5 of its secret.
package struct Credentials: Sendable {
    package let accessKey: String
    /// 32 lower-case hex digits (page 获取 AccessToken, 请求参数说明).
    package let sign: Secret

    package init(accessKey: String, sign: Secret) {
        self.accessKey = accessKey
        self.sign = Secret(sign.revealed.lowercased())
    }

    /// Signs the secret: the MD5 of its UTF-8 bytes, as the platform asks for; no claim of strength is meant.
    package init(accessKey: String, secretKey: Secret) {
        let digest = Insecure.MD5.hash(data: Array(secretKey.revealed.utf8))
        self.accessKey = accessKey
        sign = Secret(Hexadecimal.text(digest))
    }

    /// Tells one secret from another in a store, without helping to find it.
    func fingerprint(_ key: TokenKey) -> String {
        let digest = HMAC<SHA256>.authenticationCode(
            for: Array(sign.revealed.utf8), using: SymmetricKey(data: Array(key.text.utf8)))
        return String(Hexadecimal.text(digest).prefix(16))
    }
}
