import C8Client
import C8Platform
import C8Sandbox
import LuaRuntime

/// A request as a script describes it, read and checked; secrets in it are not read yet.
struct ScriptRequest: Sendable {
    enum Body: Sendable {
        case none
        case text(RequestText)
        /// May hold secrets in place of strings.
        case json(LuaValue)
    }

    let method: String
    let address: WebAddress
    private(set) var headers: [(name: String, value: RequestText)] = []
    private(set) var query: [(name: String, value: RequestText)] = []
    private(set) var body = Body.none
    private(set) var timeout = Duration.seconds(30)
    private(set) var maximumBody = 64 << 20
    /// How many redirects are followed.
    private(set) var redirects = 10

    static let options = ["headers", "query", "body", "json", "timeout", "max_body", "redirects"]

    /// What the connection needs is not for scripts to say: a request could be smuggled behind another (RFC 9112 §11.2).
    private static let ownHeaders: Set<String> = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "te", "trailer", "upgrade", "expect",
        "proxy-authorization", "proxy-connection", "http2-settings",
    ]

    /// - Parameter arguments: method, URL, options.
    init(_ arguments: LuaArguments) throws {
        method = try Self.method(arguments)
        guard case .string(let url) = arguments[2] else { throw Self.error("url must be a string") }
        guard let text = url.text else { throw Self.error("the URL is not UTF-8") }
        do throws(WebAddressError) {
            address = try WebAddress(parsing: text)
        } catch {
            if error.isDisguise { throw SandboxDenial(wanted: "use a URL that disguises its host", remedy: "\(error)") }
            throw Self.error("the URL cannot be used: \(error)")
        }
        if arguments.isNone(3) { return }
        guard case .table(let options) = arguments[3] else { throw Self.error("the options must be a table") }
        if !options.array.isEmpty { throw Self.error("the options are named: \(Self.options.joined(separator: ", "))") }
        for pair in options.pairs {
            guard case .string(let key) = pair.key, Self.options.contains(key.description) else {
                let name = if case .string(let key) = pair.key { key.description } else { pair.key.typeName }
                throw Self.error(
                    "there is no option '\(name)'"
                        + NearestNames.hint(name, among: Self.options, limit: 1)
                        + "; there are \(Self.options.joined(separator: ", "))")
            }
            try set(key.description, pair.value)
        }
    }

    private mutating func set(_ option: String, _ value: LuaValue) throws {
        switch option {
        case "headers":
            headers = try Self.pairs(value, "headers")
            for header in headers { try Self.check(header.name) }
        case "query": query = try Self.pairs(value, "query")
        case "timeout":
            guard let seconds = value.double, seconds > 0, seconds <= 86_400 else {
                throw Self.error("timeout must be a number of seconds above 0 and at most 86400")
            }
            timeout = .seconds(seconds)
        case "max_body": maximumBody = try Self.count(value, "max_body", upTo: .max)
        case "redirects": redirects = try Self.count(value, "redirects", upTo: 50)
        default:
            if case .none = body {} else { throw Self.error("give body or json, not both") }
            if option == "json" {
                body = .json(value)
                _ = try LuaJSON.value(of: value, name: "json") { SecretBox.secret($0)?.name }
            } else {
                guard let text = RequestText(value) else {
                    throw Self.error("body must be a string, a secret or a list of them; for a table, use json")
                }
                body = .text(text)
            }
        }
    }

    /// Every secret in it.
    var secrets: [OpaqueSecret] {
        let texts = headers.map(\.value) + query.map(\.value)
        return texts.flatMap(\.secrets) + bodySecrets
    }

    var bodySecrets: [OpaqueSecret] {
        switch body {
        case .none: return []
        case .text(let text): return text.secrets
        case .json(let value):
            var found: [OpaqueSecret] = []
            Self.collect(value, into: &found)
            return found
        }
    }

    private static func collect(_ value: LuaValue, into found: inout [OpaqueSecret]) {
        if let secret = SecretBox.secret(value) { found.append(secret) }
        guard case .table(let table) = value else { return }
        for element in table.array { collect(element, into: &found) }
        for pair in table.pairs { collect(pair.value, into: &found) }
    }

    // MARK: Options

    private static func method(_ arguments: LuaArguments) throws -> String {
        guard case .string(let text) = arguments[1], let name = text.text?.uppercased(), !name.isEmpty,
            name.utf8.allSatisfy({ (65...90).contains($0) }), name.utf8.count <= 20, name != "CONNECT", name != "TRACE"
        else { throw error("method must be a word such as GET, POST, PUT, DELETE, PATCH or HEAD") }
        return name
    }

    private static func pairs(_ value: LuaValue, _ option: String) throws -> [(name: String, value: RequestText)] {
        guard case .table(let table) = value, table.array.isEmpty else {
            throw error("\(option) must be a table of names and values")
        }
        var result: [(name: String, value: RequestText)] = []
        for pair in table.pairs {
            guard case .string(let key) = pair.key, let name = key.text else {
                throw error("\(option) must have strings as names")
            }
            guard let text = RequestText(pair.value) else {
                throw error("\(option).\(name) must be a string, a number, a secret or a list of them")
            }
            result.append((name, text))
        }
        // Lua's own order differs from run to run; equal requests should be equal.
        return result.sorted { $0.name < $1.name }
    }

    private static func check(_ header: String) throws {
        let isWord =
            !header.isEmpty
            && header.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
        guard isWord else { throw error("a header's name is a word without spaces, colons or line breaks") }
        if ownHeaders.contains(header.lowercased()) { throw error("the header \(header) is c8run's own to set") }
    }

    private static func count(_ value: LuaValue, _ option: String, upTo limit: Int) throws -> Int {
        guard let number = value.double, let count = Int(exactly: number), (0...limit).contains(count) else {
            throw error("\(option) must be a whole number from 0" + (limit == .max ? "" : " to \(limit)"))
        }
        return count
    }

    static func error(_ problem: String) -> ClientError {
        ClientError(kind: .invalid, message: "c8.http: \(problem)", outcome: .notSent)
    }
}

extension LuaValue {
    /// A number, whichever of Lua's two kinds.
    fileprivate var double: Double? {
        switch self {
        case .integer(let integer): Double(integer)
        case .number(let number): number
        default: nil
        }
    }
}
