import C8Queue
import C8Run
import Testing

@Suite struct SystemZonesTests {
    @Test func zonesAreKnownByName() throws {
        #expect(try SystemZones.rules("UTC").offset(at: 1_800_000_000) == 0)
        #expect(try SystemZones.rules("Asia/Shanghai").offset(at: 1_800_000_000) == 28800)
        _ = try SystemZones.rules(nil)
    }

    @Test(arguments: ["", "Asia/Beijing", "../../../etc/localtime", "/etc/localtime", "Asia", "a\nb", "上海", "zone.tab"])
    func whatIsNoZoneIsRefused(_ name: String) {
        let error = #expect(throws: ZoneError.self) { try SystemZones.rules(name) }
        #expect(error?.description.contains("\"\(name)\"") == true)
    }
}
