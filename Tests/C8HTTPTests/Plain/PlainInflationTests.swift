import Testing

@testable import C8HTTP

@Suite struct PlainInflationTests {
    /// "abc" and "defg" as gzip packs them.
    private static let first: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 75, 76, 74, 6, 0, 194, 65, 36, 53, 3, 0, 0, 0,
    ]
    private static let second: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 75, 73, 77, 75, 7, 0, 89, 142, 109, 59, 4, 0, 0, 0,
    ]

    @Test func allMembersAreUnpacked() throws {
        let body = try PlainInflation.unpacked(Self.first + Self.second, atMost: 7)
        #expect(body == Array("abcdefg".utf8))
    }

    @Test func theBoundHoldsForAllMembersTogether() {
        #expect(throws: PlainProblem.unpackedTooLarge) {
            try PlainInflation.unpacked(Self.first + Self.second, atMost: 6)
        }
    }

    /// Half a body is never told as a whole one.
    @Test(arguments: [first + [1, 2, 3], first + second.dropLast(), Array(first.dropLast(4))])
    func whatIsNoMemberIsDamage(packed: [UInt8]) {
        #expect(throws: PlainProblem.damagedPacking) { try PlainInflation.unpacked(packed, atMost: 1000) }
    }
}
