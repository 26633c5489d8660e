import C8Platform
import OrderedCollections

/// What a queued script was granted, and which limits it was given, when it was submitted: `JobRequest.terms`, as a value.
///
/// The worker that runs it grants none of it by this: what runs is what the terms and the worker's own grants both allow,
/// within the smaller limits of the two.
struct JobTerms: Sendable, Equatable {
    /// Paths are absolute, as seen where the job was submitted.
    var grants = RunGrants()
    /// Bytes; nil for the default.
    var maximumMemory: Int?
    var timeout: Duration?
    var maximumInstructions: Int64?
    /// Bytes; nil for the default.
    var maximumOutput: Int?

    /// What this version of c8run writes, and reads.
    static let version: Int64 = 1

    /// - Parameter absolute: makes a path absolute.
    init(_ arguments: RunArguments, grants: RunGrants, absolute: (String) -> String) {
        self.grants = grants.withPaths(absolute)
        maximumMemory = arguments.maximumMemory
        timeout = arguments.timeout
        maximumInstructions = arguments.maximumInstructions
        maximumOutput = arguments.maximumOutput
    }

    init() {}

    // MARK: Text

    /// Canonical: equal terms have equal texts, whatever the order in which they were given.
    var text: String {
        get throws(JSONError) { String(decoding: try JSONSerializer.serialize(json), as: UTF8.self) }
    }

    var json: JSONValue {
        var root: OrderedDictionary<String, JSONValue> = ["version": .integer(Self.version)]
        var allow: OrderedDictionary<String, JSONValue> = [:]
        var deny: OrderedDictionary<String, JSONValue> = [:]
        for (name, path) in Self.allowances { allow[name] = grants[keyPath: path].flatMap(Self.json) }
        for (name, path) in Self.denials { deny[name] = grants[keyPath: path].flatMap(Self.json) }
        if grants.token { allow["token"] = true }
        if !allow.isEmpty { root["allow"] = .object(allow) }
        if !deny.isEmpty { root["deny"] = .object(deny) }
        var limits: OrderedDictionary<String, JSONValue> = [:]
        limits["memory"] = maximumMemory.map { .integer(Int64($0)) }
        limits["timeout_us"] = timeout.map { .integer(Self.microseconds($0)) }
        limits["instructions"] = maximumInstructions.map { .integer($0) }
        limits["output"] = maximumOutput.map { .integer(Int64($0)) }
        if !limits.isEmpty { root["limits"] = .object(limits) }
        return .object(root)
    }

    /// Reads them strictly: what is not understood may be a denial.
    init(text: String) throws(JobTermsError) {
        guard let value = try? JSONParser.parse(Array(text.utf8)), let root = value.objectValue else {
            throw JobTermsError("are not a JSON object")
        }
        guard let version = root["version"]?.integerValue else { throw JobTermsError("have no version") }
        guard version == Self.version else {
            throw JobTermsError(
                version > Self.version
                    ? "are of version \(version), this c8run knows \(Self.version): update c8run on this machine"
                    : "are of version \(version), which never was")
        }
        try Self.check(root, "", known: ["version", "allow", "deny", "limits"])
        let allow = try Self.object("allow", in: root, known: Self.allowances.map(\.name) + ["token"])
        for (name, path) in Self.allowances { grants[keyPath: path] = try Self.list(allow[name], "allow.\(name)") }
        if let token = allow["token"] {
            guard let isGranted = token.boolValue else { throw JobTermsError("have an allow.token that is no boolean") }
            grants.token = isGranted
        }
        let deny = try Self.object("deny", in: root, known: Self.denials.map(\.name))
        for (name, path) in Self.denials { grants[keyPath: path] = try Self.list(deny[name], "deny.\(name)") }
        let limits = try Self.object("limits", in: root, known: ["memory", "timeout_us", "instructions", "output"])
        maximumMemory = try Self.count(limits["memory"], "memory").map { Int($0) }
        timeout = try Self.count(limits["timeout_us"], "timeout_us").map { .microseconds($0) }
        maximumInstructions = try Self.count(limits["instructions"], "instructions")
        maximumOutput = try Self.count(limits["output"], "output").map { Int($0) }
        do {
            try grants.checkHosts()
        } catch {
            throw JobTermsError("name a host that is none: \(error.description)")
        }
    }

    // MARK: Parts

    private typealias Lists = [(name: String, path: WritableKeyPath<RunGrants, GrantList?>)]

    private static var allowances: Lists {
        [("read", \.read), ("write", \.write), ("net", \.net), ("env", \.environment)]
    }

    private static var denials: Lists {
        [("read", \.denyRead), ("write", \.denyWrite), ("net", \.denyNet), ("env", \.denyEnvironment)]
    }

    /// `true` for all, names, or both, as hosts may be.
    private static func json(_ list: GrantList) -> JSONValue? {
        let names: JSONValue = .array(Set(list.names).sorted().map { .string($0) })
        if !list.isAll { return names }
        return list.names.isEmpty ? true : ["all": true, "names": names]
    }

    private static func list(_ value: JSONValue?, _ place: String) throws(JobTermsError) -> GrantList? {
        switch value {
        case nil: return nil
        case .bool(true)?: return .all
        case .array(let elements)?: return .names(try names(elements, place))
        case .object(let members)? where Array(members.keys) == ["all", "names"] && members["all"] == true:
            return .union(.all, .names(try names(members["names"]?.arrayValue ?? [], place)))
        default: throw JobTermsError("have in \(place) what is no list of names")
        }
    }

    private static func names(_ elements: [JSONValue], _ place: String) throws(JobTermsError) -> [String] {
        let names = elements.compactMap(\.stringValue)
        guard names.count == elements.count, names.allSatisfy({ !$0.isEmpty }) else {
            throw JobTermsError("have in \(place) what is no name")
        }
        return names
    }

    private static func object(
        _ name: String, in root: OrderedDictionary<String, JSONValue>, known: [String]
    ) throws(JobTermsError) -> OrderedDictionary<String, JSONValue> {
        guard let value = root[name] else { return [:] }
        guard let members = value.objectValue else { throw JobTermsError("have \(name) that is no object") }
        try check(members, "\(name).", known: known)
        return members
    }

    private static func check(
        _ members: OrderedDictionary<String, JSONValue>, _ place: String, known: [String]
    ) throws(JobTermsError) {
        if let name = members.keys.first(where: { !known.contains($0) }) {
            throw JobTermsError("have \(place)\(name), which this c8run does not know: update it")
        }
    }

    private static func count(_ value: JSONValue?, _ name: String) throws(JobTermsError) -> Int64? {
        guard let value else { return nil }
        guard let count = value.integerValue, count >= 1 else {
            throw JobTermsError("have limits.\(name) that is no number from 1")
        }
        return count
    }

    private static func microseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return max(1, seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
}
