import Crypto
import LuaRuntime

/// `c8.crypto`: digests (RFC 1321, FIPS 180-4, RFC 2104), encodings (RFC 4648), random bytes of the system.
enum CryptoModule {
    private static let longestRandom: Int64 = 1 << 20

    static let module = HostModule(name: "c8.crypto", library: "c8/crypto.lua") { _ in
        functions.map { ($0.0, .hostFunction($0.1)) }
    }

    private static let functions: [(String, HostFunction)] = [
        function("md5") { arguments in .string(Encodings.hex(Insecure.MD5.hash(data: try arguments.string(1).bytes))) },
        function("sha256") { arguments in .string(Encodings.hex(SHA256.hash(data: try arguments.string(1).bytes))) },
        function("hmac_sha256") { arguments in
            let key = SymmetricKey(data: try arguments.string(1).bytes)
            let message = try arguments.string(2).bytes
            return .string(Encodings.hex(HMAC<SHA256>.authenticationCode(for: message, using: key)))
        },
        function("base64_encode") { arguments in .string(Encodings.base64(try arguments.string(1).bytes)) },
        function("base64_decode") { arguments in
            guard let bytes = Encodings.bytes(base64: try arguments.string(1).bytes) else {
                throw arguments.error(1, "not base64")
            }
            return .string(LuaString(bytes: bytes))
        },
        function("hex_encode") { arguments in .string(Encodings.hex(try arguments.string(1).bytes)) },
        function("hex_decode") { arguments in
            guard let bytes = Encodings.bytes(hex: try arguments.string(1).bytes) else {
                throw arguments.error(1, "an even number of hex digits expected")
            }
            return .string(LuaString(bytes: bytes))
        },
        function("uuid") { _ in .string(Encodings.uuid(random: randomBytes(16))) },
        function("random") { arguments in
            let count = try arguments.integer(1)
            guard count >= 0, count <= longestRandom else {
                throw arguments.error(1, "a number of bytes from 0 to \(longestRandom) expected")
            }
            return .string(LuaString(bytes: randomBytes(Int(count))))
        },
    ]

    private static func function(
        _ name: String, _ body: @escaping @Sendable (LuaArguments) throws -> LuaValue
    ) -> (String, HostFunction) {
        (name, HostFunction.function(name) { [try body($0)] })
    }

    private static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
