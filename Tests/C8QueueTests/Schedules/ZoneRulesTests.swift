import C8Queue
import Foundation
import Fuzzing
import Testing

@Suite struct ZoneRulesTests {
    private static let folder = "/usr/share/zoneinfo/"

    private static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: folder + name)))
    }

    private static let zones = [
        "UTC", "Asia/Shanghai", "Asia/Tokyo", "Asia/Kolkata", "Asia/Kathmandu", "Europe/Berlin", "Europe/Lisbon",
        "Europe/London", "America/New_York", "America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo",
        "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Chatham", "Africa/Johannesburg",
        "Pacific/Honolulu", "Europe/Dublin",
    ]

    @Test(.enabled(if: FileManager.default.fileExists(atPath: folder + "UTC")), arguments: zones)
    func clocksAreAsTheSystemHasThem(_ name: String) throws {
        let rules = try ZoneRules(Self.bytes(name))
        let zone = try #require(TimeZone(identifier: name))
        var generator = SeededGenerator(seed: 7)
        // Until 2090: after what the file lists, by its rule.
        for _ in 0..<3000 {
            let time = 170_000_000 + generator.number(below: 3_650_000_000)
            let expected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time)))
            guard rules.offset(at: time) == expected else {
                Issue.record("\(name) at \(time): \(rules.offset(at: time)) and not \(expected)")
                return
            }
        }
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: folder + "Europe/Berlin")))
    func aTimeIsMetOnBothSidesOfAChange() throws {
        let rules = try ZoneRules(Self.bytes("Europe/Berlin"))
        let change = Int(CronExpressionTests.moment("2064-03-30T01:00:00Z"))
        #expect(rules.offset(at: change - 1) == 3600 && rules.offset(at: change) == 7200)
        let next = try CronExpression("30 2 * * *").next(after: Double(change) - 80_000, offset: rules.offset)
        #expect(next.map(CivilDate.text) == "2064-03-30T01:00:00Z")
        #expect(ZoneRules.utc.offset(at: change) == 0)
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: folder + "Europe/Berlin")))
    func whateverTheFileHoldsIsReadOrRefused() async throws {
        let whole = try Self.bytes("Europe/Berlin")
        await Fuzzing.loop(least: 1500) { seed in
            var generator = SeededGenerator(seed: seed)
            var bytes = whole
            if generator.number(below: 3) == 0 { bytes.removeLast(generator.number(below: bytes.count)) }
            for _ in 0...generator.number(below: 6) where !bytes.isEmpty {
                bytes[generator.number(below: bytes.count)] = UInt8(generator.number(below: 256))
            }
            do throws(ZoneError) {
                let rules = try ZoneRules(bytes)
                for time in [-5_000_000_000, 0, 1_800_000_000, 9_000_000_000] {
                    #expect(abs(rules.offset(at: time)) <= 26 * 3600, "seed \(seed)")
                }
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test func whatIsNoSuchFileIsRefused() {
        for bytes in [
            [], Array("TZif".utf8), Array("#!/bin/sh".utf8), Array("TZif\0".utf8) + Array(repeating: 0, count: 39),
        ] {
            #expect(throws: ZoneError.self) { try ZoneRules(bytes) }
        }
    }
}
