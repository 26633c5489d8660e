import Testing

@testable import C8RunCLI

@Suite struct MessageTests {
    /// Every text there is. A new table of texts is named here.
    static let all: [(name: String, message: Message)] =
        of(CommandMessage.self) + of(DiscussionMessage.self) + of(OptionMessage.self) + of(LabelMessage.self)
        + of(OutcomeMessage.self) + of(ExitMessage.self) + of(HintMessage.self) + of(ManualMessage.self)
        + of(VariableMessage.self) + of(InitMessage.self) + of(RemedyMessage.self)
        + of(UsageMessage.self) + of(ValueMessage.self) + of(ParserMessage.self) + of(AdviceMessage.self)
        + of(JobOptionMessage.self) + of(QueueMessage.self) + of(MistakeMessage.self)
        + of(FindingMessage.self) + of(SubjectMessage.self) + of(ProgressMessage.self) + of(TokenMessage.self)
        + paths.flatMap { path in CommandNotes.of(path).examples.map { ("example of \(path)", $0.purpose) } }

    private static func of<Key: MessageKey>(_ keys: Key.Type) -> [(String, Message)] {
        Key.allCases.map { ("\(keys).\($0)", $0.message) }
    }

    private static let paths = ((try? CommandDescription.root().all) ?? []).map { Array($0.path.dropFirst()) }

    /// Words that are the same in every language.
    private static let international: Set<String> = [
        "LabelMessage.traceID", "ValueMessage.logFormat", "ValueMessage.testFormat", "ValueMessage.progress",
        "ValueMessage.color", "ValueMessage.language",
    ]

    @Test func everyTextIsThereInEveryLanguage() {
        for (name, message) in Self.all where !Self.international.contains(name) {
            #expect(!message.english.isEmpty, "\(name)")
            #expect(!message.english.contains(where: Self.isChinese), "\(name): \(message.english)")
            #expect(message.chinese.contains(where: Self.isChinese), "\(name): \(message.chinese)")
        }
    }

    @Test func languagesHaveTheSamePlaces() {
        let place = /\{[a-z]+\}/
        for (name, message) in Self.all {
            let places = { (text: String) in text.matches(of: place).map { String($0.output) }.sorted() }
            #expect(places(message.english) == places(message.chinese), "\(name)")
        }
    }

    @Test func chineseHasItsOwnPunctuation() {
        for (name, message) in Self.all {
            let characters = Array(message.chinese)
            for (before, after) in zip(characters, characters.dropFirst()) {
                let isTorn =
                    (",;:?!(".contains(after) && Self.isChinese(before))
                    || (",;:?!)".contains(before) && Self.isChinese(after))
                #expect(!isTorn, "\(name): \(message.chinese)")
            }
        }
    }

    @Test func placesTakeTheirValues() {
        let message = Message("{count} files in {folder}", "{folder} 中有 {count} 个文件")
        #expect(message.text(["count": "3", "folder": "a"]) == "3 files in a")
        Language.$current.withValue(.chinese) {
            #expect(message.text(["count": "3", "folder": "a"]) == "a 中有 3 个文件")
        }
    }

    @Test(
        arguments: [
            ("unknown option {option}", "unknown option --x", ["option": "--x"]),
            ("{a} and {b}", "1 and 2 and 3", ["a": "1", "b": "2 and 3"]), ("'{a}'", "''", ["a": ""]),
            ("no places", "no places", [:]), ("'{a}' is wrong", "'x' is right", nil), ("a {b}.", "a b. c.", nil),
        ] as [(String, String, [String: String]?)])
    func sentencesAreRecognised(_ template: String, _ sentence: String, _ values: [String: String]?) {
        #expect(Message(template, "").values(in: sentence) == values)
    }

    @Test func valuesThatLookLikePlacesStayAsTheyAre() {
        #expect(Message("{a} {b}", "").text(["a": "{b}", "b": "{a}"]) == "{b} {a}")
    }

    @Test func placesWithoutAnEndEndWithTheirWord() {
        let message = Message("see {path}", "")
        #expect(message.values(within: "first; see a/b, then c")?["path"] == "a/b")
        #expect(message.values(within: "nothing") == nil)
    }

    static func isChinese(_ character: Character) -> Bool {
        character.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    }
}
