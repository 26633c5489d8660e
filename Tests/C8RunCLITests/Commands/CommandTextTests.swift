import C8Platform
import Testing

@testable import C8RunCLI

@Suite struct CommandTextTests {
    @Test func announcementIsReadByAShell() {
        let text = EmulatorAnnouncement(
            baseURL: "http://127.0.0.1:4000", accessKey: "a1", secretKey: "s1", bindings: "/tmp/a b/bindings.json",
            tokenInterval: 0.5
        ).text
        let exports = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            exports == [
                "export C8_BASE_URL=http://127.0.0.1:4000", "export C8_ACCESS_KEY=a1", "export C8_SECRET_KEY=s1",
                "export C8_BINDINGS='/tmp/a b/bindings.json'", "export C8_TOKEN_INTERVAL=0.5",
            ])
    }

    @Test func standardIntervalNeedsNoVariable() {
        let text = EmulatorAnnouncement(
            baseURL: "u", accessKey: "a", secretKey: "s", bindings: "b", tokenInterval: 60
        ).text
        #expect(!text.contains("C8_TOKEN_INTERVAL"))
    }

    @Test func catalogueIsFoundByWordsOfAllItsColumns() {
        let entries = Catalogue.standard.entries
        #expect(entries.filter { CatalogueText.matches($0, words: []) }.count == entries.count)
        let found = entries.filter { CatalogueText.matches($0, words: ["获取", "TOKEN"]) }
        #expect(found.map(\.id.rawValue) == ["auth.get_token"])
        #expect(CatalogueText.table(found).hasPrefix("auth.get_token  "))
    }

    @Test(arguments: [(0, "0 s"), (59.9, "59 s"), (61, "1 min 1 s"), (28_799, "7 h 59 min"), (-5, "0 s")])
    func intervalNamesItsTwoLargestUnits(_ seconds: Double, _ expected: String) {
        #expect(TokenStatusText.interval(seconds) == expected)
    }
}
