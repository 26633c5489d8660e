import Fuzzing
import LuaSyntax
import Testing

/// Random texts are judged as Lua judges them, down to the line and the words of the first error.
struct LuaSyntaxFuzzTests {
    @Test func generatedProgramIsAccepted() async throws {
        let lua = try RealLua()
        await Fuzzing.loop { seed in
            var generator = ProgramGenerator(seed: seed)
            let text = generator.program()
            let difference = lua.difference(over: Array(text.utf8))
            #expect(difference == nil, "seed \(seed): \(difference ?? "") over\n\(text)")
        }
    }

    @Test func mutatedFileIsJudgedAsLuaJudgesIt() async throws {
        let lua = try RealLua()
        let files = Sources.all.map(\.bytes)
        await Fuzzing.loop(least: 600) { seed in
            var mutation = Mutation(seed: seed)
            let text = mutation.mutate(files)
            let difference = lua.difference(over: text)
            #expect(difference == nil, "seed \(seed): \(difference ?? "")")
        }
    }

    @Test func tokenSoupIsJudgedAsLuaJudgesIt() async throws {
        let lua = try RealLua()
        await Fuzzing.loop(least: 3000) { seed in
            var generator = SeededGenerator(seed: seed)
            let text = generator.text(of: Snippets.pieces, most: 30)
            let difference = lua.difference(over: Array(text.utf8))
            #expect(difference == nil, "seed \(seed): \(difference ?? "") over\n\(text)")
        }
    }
}
