import Fuzzing
import Testing

@testable import C8Flow

@Suite struct KeyedHashTests {
    @Test func equalBytesHaveEqualHashesWhereverTheyLie() {
        let hash = KeyedHash(seed: (1, 2))
        let bytes = (0..<80).map { UInt8($0) }
        for length in 0...64 {
            let hashes = (0..<16).map { shift in
                ([UInt8](repeating: 0xFF, count: shift) + bytes[..<length]).withUnsafeBytes { raw in
                    hash.fingerprint(UnsafeRawBufferPointer(rebasing: raw[shift...]))
                }
            }
            #expect(Set(hashes).count == 1)
        }
    }

    @Test func everyLengthAndEveryBitCounts() {
        let hash = KeyedHash(seed: (1, 2))
        var seen: Set<UInt64> = []
        var keys = 0
        for length in 0...64 {
            var bytes = [UInt8](repeating: 0, count: length)
            for bit in -1..<length * 8 {
                if bit >= 0 { bytes[bit / 8] ^= 1 << UInt8(bit % 8) }
                bytes.withUnsafeBytes { _ = seen.insert(hash.hash($0)) }
                if bit >= 0 { bytes[bit / 8] ^= 1 << UInt8(bit % 8) }
                keys += 1
            }
        }
        #expect(seen.count == keys)
    }

    @Test func aChangedBitChangesHalfOfTheHash() {
        let hash = KeyedHash(seed: (5, 6))
        var generator = SeededGenerator(seed: 7)
        var changed = [Int](repeating: 0, count: 64)
        let trials = 4000
        for _ in 0..<trials {
            var bytes = (0..<32).map { _ in UInt8(48 + generator.number(below: 10)) }
            let before = bytes.withUnsafeBytes { hash.hash($0) }
            bytes[generator.number(below: 32)] ^= 1
            let difference = before ^ bytes.withUnsafeBytes { hash.hash($0) }
            for bit in 0..<64 where difference >> UInt64(bit) & 1 == 1 { changed[bit] += 1 }
        }
        #expect(changed.allSatisfy { (trials * 45 / 100...trials * 55 / 100).contains($0) })
    }

    @Test func anotherSeedGivesOtherHashes() {
        let key = "12345678901234567890123456789012"
        let seeds: [(UInt64, UInt64)] = [(1, 2), (2, 1), (1, 3), (0, 0), (.max, .max)]
        let prints = seeds.map { seed in lend(key) { KeyedHash(seed: seed).fingerprint($0) } }
        #expect(Set(prints.map(\.low)).count == seeds.count)
        #expect(prints.allSatisfy { $0.high != $0.low })
    }

    @Test(arguments: ["0", "00000000000000010000000000000002", "ffffffffffffffffffffffffffffffff"])
    func fingerprintIsReadBackFromItsText(text: String) {
        #expect(Fingerprint(text)?.description == (text.count == 32 ? text : nil))
    }

    @Test(arguments: [
        "", "+0000000000000010000000000000002", "0000000000000001000000000000000g", "１0000000000000001000000000000000",
    ])
    func otherTextsAreNoFingerprints(text: String) {
        #expect(Fingerprint(text) == nil)
    }

    @Test func sumsCarryIntoTheUpperHalf() {
        let sum = Fingerprint(high: 1, low: .max) &+ Fingerprint(high: .max, low: 1)
        #expect(sum == Fingerprint(high: 1, low: 0))
    }
}
