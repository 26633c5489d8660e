import Foundation
import Testing

@testable import C8Queue

@Suite struct ZoneRulesTests {
    private static let folder = "/usr/share/zoneinfo/"

    private static func rules(_ name: String) -> ZoneRules? {
        FileManager.default.contents(atPath: folder + name).flatMap { ZoneRules(Array($0)) }
    }

    /// Foundation reads the same files in its own way.
    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: folder + "Asia/Shanghai")),
        arguments: [
            "Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago",
            "Africa/Casablanca", "Asia/Kathmandu", "Pacific/Apia", "Europe/Dublin", "America/St_Johns", "Etc/UTC",
        ])
    func offsetsAreThoseOfTheSystem(_ name: String) throws {
        let rules = try #require(Self.rules(name))
        let zone = try #require(TimeZone(identifier: name))
        // From 1972, when the offsets of all zones were whole minutes, to 2100, in steps that meet all hours.
        for time in stride(from: 63_072_000, to: 4_102_444_800, by: 86_400 * 9 + 3_607) {
            let expected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time)))
            #expect(rules.offset(at: time) == expected, "\(name) at \(time)")
        }
    }

    @Test(
        arguments: [
            ("CST-8", 0, 28800), ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_745_999, 3600),
            ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_746_000, 7200), ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_889_999, 7200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_890_000, 3600), ("<+0545>-5:45", 0, 20700),
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_767_225_600, 39600), ("XXX3YYY,J60,J300", 1_767_225_600, -10800),
            ("XXX3YYY2:30,0,364/24", 1_767_225_600, -9000),
        ])
    func footersAreRules(_ text: String, _ time: Int, _ offset: Int) {
        #expect(ZoneFooter(text)?.offset(at: time) == offset)
    }

    @Test(arguments: ["", "C", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0", "CET-1 ", "<+03-3"])
    func whatIsNoFooterIsRefused(_ text: String) {
        #expect(ZoneFooter(text) == nil)
    }

    @Test func whatIsNoFileIsRefused() {
        #expect(ZoneRules([]) == nil)
        #expect(ZoneRules(Array("TZif2".utf8)) == nil)
        #expect(ZoneRules([UInt8](repeating: 0, count: 100)) == nil)
        guard let bytes = FileManager.default.contents(atPath: Self.folder + "Europe/Berlin") else { return }
        // Cut anywhere, it is either whole enough or none: never a crash.
        for count in stride(from: 0, to: bytes.count, by: 7) { _ = ZoneRules(Array(bytes.prefix(count))) }
        for index in stride(from: 0, to: bytes.count, by: 5) {
            var damaged = Array(bytes)
            damaged[index] = 0xFF
            _ = ZoneRules(damaged)?.offset(at: 1_774_746_000)
        }
    }
}
