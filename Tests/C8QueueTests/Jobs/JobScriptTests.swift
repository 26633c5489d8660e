import C8Queue
import Fuzzing
import Testing

@Suite struct JobScriptTests {
    @Test func filesArePackedAndUnpackedAsTheyWere() async {
        await Fuzzing.loop { seed in
            var generator = SeededGenerator(seed: seed)
            let files = (0..<generator.number(below: 5)).map { _ in
                JobScript.File(
                    path: generator.text(of: ["a", "/", "库", ".lua", "e\u{301}"], most: 5),
                    bytes: (0..<generator.number(below: 600)).map { _ in UInt8(generator.number(below: 256)) })
            }
            let packed = JobScript(name: "a", source: [], files: files, hash: "").packedFiles
            #expect(JobScript.unpackFiles(packed) == files, "seed \(seed)")
            // Cut or changed, it gives something else or nothing.
            var damaged = Array(packed.dropLast(generator.number(below: 9)))
            if !damaged.isEmpty {
                damaged[generator.number(below: damaged.count)] = UInt8(generator.number(below: 256))
            }
            _ = JobScript.unpackFiles(damaged)
        }
    }

    @Test(arguments: [[1], [255, 255, 255, 255], [1, 0, 0, 0, 97], [1, 0, 0, 0, 0xFF, 0, 0, 0, 0]] as [[UInt8]])
    func whatWasNotPackedSoIsToldAsThat(_ bytes: [UInt8]) {
        #expect(JobScript.unpackFiles(bytes) == nil)
    }
}
