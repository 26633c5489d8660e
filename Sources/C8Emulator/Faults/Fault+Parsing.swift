import C8Platform

extension Fault {
    private static let withoutValue: [(String, FaultKind)] = [
        ("cut-request", .cutRequest), ("cut-before", .cutBefore), ("cut-after", .cutAfter), ("cut-answer", .cutAnswer),
        ("rate-limit", .rateLimit),
    ]
    private static let withValue: [(String, rule: String, @Sendable (String) -> FaultKind?)] = [
        ("delay", "seconds from 0 to 3600", { seconds($0).map { .delay($0) } }),
        ("slow", "seconds from 0 to 3600", { seconds($0).map { .slow($0) } }),
        ("status", "an HTTP status from 400 to 599", { status($0).map { .status($0) } }),
        ("status-after", "an HTTP status from 400 to 599", { status($0).map { .statusAfter($0) } }),
        (
            "envelope", FaultKind.EnvelopeFault.allCases.map(\.rawValue).joined(separator: ", "),
            { FaultKind.EnvelopeFault(rawValue: $0).map { .envelope($0) } }
        ),
        (
            "token", FaultKind.TokenFault.allCases.map(\.rawValue).joined(separator: ", "),
            { FaultKind.TokenFault(rawValue: $0).map { .token($0) } }
        ),
    ]

    /// The kinds, for help.
    package static let kinds = withoutValue.map(\.0) + withValue.map { $0.0 + ":…" }

    /// Reads a fault as the command line has it.
    ///
    /// - Throws: ``EmulatorError`` of kind `invalidConfiguration` that says what was expected.
    package init(parsing text: String) throws(EmulatorError) {
        var parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)[...]
        self.init(try Self.kind(parts.removeFirst(), in: text))
        for part in parts {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard pair.count == 2 else { throw Self.wrong(text, "an option has the form name=value, not \(part)") }
            try set(pair[0], pair[1], in: text)
        }
    }

    private mutating func set(_ name: String, _ value: String, in text: String) throws(EmulatorError) {
        switch name {
        case "on":
            guard Catalogue.standard.operations.contains(where: { Fault(kind, on: value).concerns($0.id) }) else {
                throw Self.wrong(
                    text, "on= wants an operation's id, or the beginning of ids with *; none matches \(value)")
            }
            operation = value
        case "chance":
            guard let number = Double(value), (0...1).contains(number) else {
                throw Self.wrong(text, "chance= wants a number from 0 to 1, not \(value)")
            }
            chance = number
        case "times": times = try Self.count(value, name, in: text)
        case "skip": skip = try Self.count(value, name, in: text)
        case "retry-after": retryAfter = try Self.count(value, name, in: text)
        default:
            throw Self.wrong(text, "the options are on, chance, times, skip and retry-after, not \(name)")
        }
    }

    private static func kind(_ text: String, in whole: String) throws(EmulatorError) -> FaultKind {
        if let known = withoutValue.first(where: { $0.0 == text }) { return known.1 }
        let pair = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let known = withValue.first(where: { $0.0 == pair[0] }) else {
            throw wrong(whole, "the kinds are \(kinds.joined(separator: ", "))")
        }
        guard pair.count == 2, let kind = known.2(pair[1]) else {
            throw wrong(whole, "\(known.0) wants behind a colon: \(known.rule)")
        }
        return kind
    }

    private static func seconds(_ text: String) -> Double? {
        Double(text).flatMap { (0...3600).contains($0) ? $0 : nil }
    }

    private static func status(_ text: String) -> Int? {
        Int(text).flatMap { (400...599).contains($0) ? $0 : nil }
    }

    private static func count(_ text: String, _ name: String, in whole: String) throws(EmulatorError) -> Int {
        guard let count = Int(text), (0...1_000_000_000).contains(count) else {
            throw wrong(whole, "\(name)= wants a whole number from 0, not \(text)")
        }
        return count
    }

    private static func wrong(_ text: String, _ problem: String) -> EmulatorError {
        .invalid("the fault \"\(text)\" is not understood: \(problem)")
    }
}
