import C8CSV
import Testing

@Suite struct FormatTests {
    @Test("Bytes that cannot separate fields are refused", arguments: [0, 10, 13, 34, 0x80, 0xFF] as [UInt8])
    func separators(byte: UInt8) {
        #expect(throws: CSVError.self) { try CSVFormat(separator: byte) }
    }

    @Test("Bounds that are none are refused", arguments: [0, -1, Int.max])
    func bounds(bound: Int) {
        #expect(throws: CSVError.self) { try CSVFormat(maximumField: bound) }
        #expect(throws: CSVError.self) { try CSVFormat(maximumFields: bound) }
        #expect(throws: CSVError.self) { try CSVFormat(maximumRow: bound) }
    }

    @Test func standardIsWhatTheInitializerGives() throws {
        #expect(try CSVFormat() == .standard)
    }
}
