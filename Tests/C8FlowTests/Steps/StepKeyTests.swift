import C8Flow
import Fuzzing
import Testing

@Suite struct StepKeyTests {
    private static func key(_ parts: (String, Int)...) throws -> StepKey {
        try parts.reduce(.flow) { $0.step(try StepName($1.0), occurrence: $1.1) }
    }

    @Test(
        "The text form separates levels by /, counts from the second on, and shows nothing that would break a line",
        arguments: [
            ([("create order", 1)], "create order"),
            ([("codes", 1), ("batch", 3)], "codes/batch#3"),
            ([("a/b", 1), ("50 %", 2), ("#1", 1)], "a%2Fb/50 %25#2/%231"),
            ([("a\nb\u{7F}\u{85}\u{2028}", 1)], "a%0Ab%7F%C2%85%E2%80%A8"),
            ([("生产订单", 2), ("é", 1)], "生产订单#2/é"),
        ])
    func textForm(parts: [(String, Int)], text: String) throws {
        let key = try parts.reduce(StepKey.flow) { $0.step(try StepName($1.0), occurrence: $1.1) }
        #expect(key.text == text)
        #expect(try StepKey(text: text) == key)
    }

    @Test(
        "A text that is no key, or not the form of one, is refused with what to write",
        arguments: [
            ("", "must not be empty"), ("a//b", "must not be empty"), ("/a", "must not be empty"),
            ("a#1", #"is written "a""#), ("a#02", #"is written "a#2""#), ("a#", "a number from 2"),
            ("a#0", "a number from 2"), ("a#-1", "a number from 2"), ("a#+2", #"is written "a#2""#),
            ("a#99999999999999999999", "a number from 2"), ("a%2f", #"is written "a%2F""#),
            ("%41", #"is written "A""#), ("a\nb", #"is written "a%0Ab""#), ("%", "two hexadecimal digits"),
            ("%F", "two hexadecimal digits"), ("%GG", "two hexadecimal digits"), ("%FF", "valid UTF-8"),
            ("#2", "must not be empty"),
        ])
    func wrongText(text: String, problem: String) throws {
        let error = try #require(#expect(throws: FlowNameError.self) { try StepKey(text: text) })
        #expect("\(error)".contains(problem), "\(error)")
    }

    @Test("Names have 1 to 200 bytes", arguments: [(0, false), (1, true), (200, true), (201, false)])
    func nameLengths(count: Int, isRight: Bool) {
        let name = try? StepName(String(repeating: "x", count: count))
        #expect((name != nil) == isRight)
    }

    @Test func namesThatMerelyLookTheSameAreTwo() throws {
        let one = try Self.key(("\u{E9}", 1))
        let two = try Self.key(("e\u{301}", 1))
        #expect(one != two)
        #expect(Set([one, two]).count == 2)
        #expect(try FlowID("\u{E9}") != FlowID("e\u{301}"))
    }

    @Test func theScopeOfANestedStepIsTheStepAroundIt() throws {
        let key = try Self.key(("a", 1), ("b", 2))
        #expect(key.scope == (try Self.key(("a", 1))))
        #expect(key.scope.scope == .flow)
        #expect(StepKey.flow.scope == .flow)
        #expect(StepKey.flow.isFlow && !key.isFlow)
    }

    @Test func everyKeyIsReadBackExactlyFromItsText() async throws {
        try await Fuzzing.loop(least: 500) { seed in
            var random = SeededGenerator(seed: seed)
            let pieces = ["a", "/", "#", "%", "2", "\n", "é", "e\u{301}", "\u{0}", "中", "\u{202E}", "👩‍👧", " ", "%2F"]
            var key = StepKey.flow
            for _ in 0...random.number(below: 4) {
                let name = try StepName("x" + random.text(of: pieces, most: 8))
                key = key.step(name, occurrence: 1 + random.number(below: 12))
            }
            #expect(try StepKey(text: key.text) == key, "seed \(seed)")
            #expect(!key.text.unicodeScalars.contains { $0.properties.generalCategory == .control }, "seed \(seed)")
        }
    }

    @Test func textsThatAreReadAreWrittenTheSame() async {
        await Fuzzing.loop(least: 500) { seed in
            var random = SeededGenerator(seed: seed)
            let text = random.text(of: ["a", "/", "#2", "#", "%", "%2F", "%0A", "2", "é"], most: 8)
            guard let key = try? StepKey(text: text) else { return }
            #expect(key.text == text, "seed \(seed)")
        }
    }

    @Test(arguments: ["", "a\nb", "a\u{0}", "\u{9B}31m", String(repeating: "é", count: 101)])
    func flowIDsThatCannotBeAreRefused(text: String) throws {
        let error = try #require(#expect(throws: FlowNameError.self) { try FlowID(text) })
        #expect("\(error)".hasPrefix("the flow id \""))
        #expect(!"\(error)".unicodeScalars.contains { $0.properties.generalCategory == .control })
    }
}
