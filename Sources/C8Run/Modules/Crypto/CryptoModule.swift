import Crypto
import LuaRuntime

/// `c8.crypto`: digests (RFC 1321, FIPS 180-4, RFC 2104), encodings (RFC 4648), random bytes of the system.
enum CryptoModule {
    private static let longestRandom: Int64 = 1 << 20
    /// Bytes between two looks at whether the script is being stopped.
    private static let piece = 1 << 20

    static let module = HostModule(name: "c8.crypto", library: "c8/crypto.lua") { _ in
        functions.map { ($0.0, .hostFunction($0.1)) }
    }

    private static let functions: [(String, HostFunction)] = [
        function("md5") { .string(Encodings.hex(try digest(Insecure.MD5(), of: $0))) },
        function("sha256") { .string(Encodings.hex(try digest(SHA256(), of: $0))) },
        function("hmac_sha256") { arguments in
            var code = HMAC<SHA256>(key: SymmetricKey(data: try arguments.string(1).bytes))
            try inPieces(arguments.string(2).bytes) { code.update(data: $0) }
            return .string(Encodings.hex(code.finalize()))
        },
        function("base64_encode") { arguments in
            try holding(arguments) {
                .string(LuaString(bytes: try Encodings.base64($0, poll: CurrentScript.checkStop)))
            }
        },
        function("base64_decode") { arguments in
            try holding(arguments) { text in
                guard let bytes = try Encodings.bytes(base64: text, poll: CurrentScript.checkStop) else {
                    throw arguments.error(1, "not base64")
                }
                return .string(LuaString(bytes: bytes))
            }
        },
        function("hex_encode") { arguments in
            try holding(arguments) { .string(LuaString(bytes: try Encodings.hex($0, poll: CurrentScript.checkStop))) }
        },
        function("hex_decode") { arguments in
            try holding(arguments) { text in
                guard let bytes = try Encodings.bytes(hex: text, poll: CurrentScript.checkStop) else {
                    throw arguments.error(1, "an even number of hex digits expected")
                }
                return .string(LuaString(bytes: bytes))
            }
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

    private static func digest(_ function: some HashFunction, of arguments: LuaArguments) throws -> [UInt8] {
        var function = function
        try inPieces(arguments.string(1).bytes) { function.update(data: $0) }
        return Array(function.finalize())
    }

    private static func inPieces(_ bytes: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) throws {
        try CurrentScript.holding(bytes: bytes.count) {
            var rest = bytes[...]
            while !rest.isEmpty {
                body(rest.prefix(piece))
                rest = rest.dropFirst(piece)
                try CurrentScript.checkStop()
            }
        }
    }

    /// The argument's copy, the result, and the result's copy on its way to Lua are the script's memory.
    private static func holding(
        _ arguments: LuaArguments, _ body: ([UInt8]) throws -> LuaValue
    ) throws -> LuaValue {
        let bytes = try arguments.string(1).bytes
        return try CurrentScript.holding(bytes: bytes.count * 5) { try body(bytes) }
    }

    private static func randomBytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
