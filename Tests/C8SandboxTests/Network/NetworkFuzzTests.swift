import Foundation
import Fuzzing
import Testing

@testable import C8Sandbox

/// Texts made of what parsers stumble over. Whatever is accepted: writing and reading it again changes nothing, and another
/// parser sees the same host and port.
@Suite struct NetworkFuzzTests {
    private static let pieces = [
        "http://", "https://", "h", "example.com", "127.0.0.1", "[::1]", "0x7f", "1", ".", ":", "80", "@", "/", "?",
        "#", "%",
        "%2f", "%00", "\\", "..", "a", "中", "-", "_", "[", "]", "&", "=", ";", "~", "\u{1}", "10.0.0.1", "xn--a", "+",
        "*.", "/8",
    ]

    @Test func everyAcceptedURLIsReadTheSameByAnotherParser() async throws {
        try await Fuzzing.loop(least: 10_000) { seed in
            var generator = SeededGenerator(seed: seed)
            let text = (seed % 2 == 0 ? "http://" : "") + generator.text(of: Self.pieces, most: 7)
            guard let address = try? WebAddress(parsing: text) else { return }
            #expect(try WebAddress(parsing: address.description) == address, "seed \(seed): \(text)")
            let other = try #require(URL(string: address.description), "seed \(seed): \(text)")
            let host = try #require(other.host, "seed \(seed): \(text)")
            #expect(host == "\(address.host)" || "[\(host)]" == "\(address.host)", "seed \(seed): \(text)")
            #expect(
                other.port.map { UInt16($0) } ?? address.scheme.defaultPort == address.port, "seed \(seed): \(text)")
        }
    }

    @Test func redirectsStayURLs() async throws {
        let base = try WebAddress(parsing: "https://erp.example.com/a/b?c")
        await Fuzzing.loop(least: 5_000) { seed in
            var generator = SeededGenerator(seed: seed)
            let text = generator.text(of: Self.pieces, most: 6)
            guard let target = try? base.resolving(text) else { return }
            #expect((try? WebAddress(parsing: target.description)) == target, "seed \(seed): \(text)")
        }
    }

    /// A grant opens nothing that is not public and that it does not name.
    @Test func grantsNeverOpenThisMachineByAnotherName() async throws {
        await Fuzzing.loop(least: 5_000) { seed in
            var generator = SeededGenerator(seed: seed)
            let text = generator.text(of: Self.pieces, most: 4)
            guard let pattern = try? HostPattern(parsing: text), let loopback = IPAddress("127.0.0.1"),
                let url = try? WebAddress(parsing: "http://any.example/")
            else { return }
            let grants = NetworkGrants(allow: NetworkGrants.Scope(everywhere: true, patterns: [pattern]))
            let isNamed = pattern.names(.address(loopback), port: 80) || pattern.names(loopback, port: 80)
            #expect(((try? grants.check(loopback, of: url)) != nil) == isNamed, "seed \(seed): \(text)")
        }
    }
}
