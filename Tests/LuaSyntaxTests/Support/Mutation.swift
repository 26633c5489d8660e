import Fuzzing

/// Changes a piece of a source here and there.
struct Mutation {
    private var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func mutate(_ files: [[UInt8]]) -> [UInt8] {
        let file = generator.pick(files)
        // Whole lines, so that most of it still is Lua.
        let lines = file.split(separator: 0x0A, omittingEmptySubsequences: false)
        let first = generator.number(below: lines.count)
        let count = 1 + generator.number(below: 60)
        var text = Array(lines[first..<min(lines.count, first + count)].joined(separator: [0x0A]))
        for _ in 0..<generator.number(below: 4) {
            guard !text.isEmpty else { break }
            let at = generator.number(below: text.count)
            switch generator.number(below: 5) {
            case 0: text.remove(at: at)
            case 1: text.insert(text[generator.number(below: text.count)], at: at)
            case 2: text.replaceSubrange(at..<min(text.count, at + generator.number(below: 20)), with: [])
            case 3: text.insert(contentsOf: Array(generator.pick(Snippets.pieces).utf8), at: at)
            default: text[at] = UInt8(truncatingIfNeeded: generator.next())
            }
        }
        return text
    }
}
