import C8Platform
import Crypto

/// Makes access tokens of the same form as the documented example: a JWT (RFC 7519) signed with HS256, whose `exp` and
/// `iat` are in milliseconds although the RFC wants seconds.
enum JSONWebToken {
    static func make(claims: JSONValue, key: [UInt8]) throws(JSONError) -> String {
        let header = try JSONSerializer.serialize(["typ": "JWT", "alg": "HS256"])
        let signed = base64URL(header) + "." + base64URL(try JSONSerializer.serialize(claims))
        let signature = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: SymmetricKey(data: key))
        return signed + "." + base64URL(Array(signature))
    }

    /// Base 64 with the URL alphabet and without padding (RFC 4648, section 5; RFC 7515, section 2).
    static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
            for position in 0...group.count {
                result.append(alphabet[Int(bits >> (18 - 6 * UInt32(position)) & 63)])
            }
            index += 3
        }
        return String(decoding: result, as: UTF8.self)
    }
}
