import Testing

@testable import C8RunCLI

@Suite struct LanguageTests {
    @Test(
        arguments: [
            ("zh", .chinese), ("zh_CN.UTF-8", .chinese), ("zh-Hans", .chinese), ("ZH", .chinese), ("en", .english),
            ("en_GB", .english), ("fr", nil), ("", nil), ("C.UTF-8", nil), ("zhongwen", nil),
        ] as [(String, Language?)])
    func tagNamesALanguage(_ tag: String, _ language: Language?) {
        #expect(Language(tag: tag) == language)
    }

    @Test(
        arguments: [
            ([:], .english), (["LANG": "zh_CN.UTF-8"], .chinese), (["LANG": "zh_CN", "LC_ALL": "C"], .english),
            (["LANG": "en_US", "LC_MESSAGES": "zh_TW"], .chinese),
            (["LC_MESSAGES": "en_US", "LC_ALL": "zh_CN"], .chinese), (["LANG": "de_DE"], .english),
        ] as [([String: String], Language)])
    func localeCountsInTheOrderOfPOSIX(_ variables: [String: String], _ language: Language) {
        #expect(Language.ofLocale { variables[$0] } == language)
    }

    @Test(
        arguments: [
            ([], nil), (["--lang", "zh", "--help"], .chinese), (["--lang=zh", "api", "list"], .chinese),
            (["api", "list", "--lang", "zh"], .chinese), (["api", "list", "--", "--lang", "zh"], nil),
            (["--emulator", "--lang", "zh", "a.lua"], .chinese), (["run", "--lang=zh", "a.lua"], .chinese),
            (["a.lua", "--lang", "zh"], nil), (["run", "a.lua", "--lang", "zh"], nil),
            (["--timeout", "--lang", "zh"], nil), (["-e", "x", "--lang", "zh"], .chinese), (["--lang", "fr"], nil),
            (["--lang"], nil), (["--lang", "en", "api", "--lang", "zh"], .chinese),
        ] as [([String], Language?)])
    func optionCountsBeforeTheScriptAlone(_ arguments: [String], _ language: Language?) {
        #expect(CommandLineReader.standard.language(of: arguments) == language)
    }

    @Test func languageBeforeACommandIsTakenAway() throws {
        let reader = CommandLineReader.standard
        #expect(try reader.read(["--lang", "zh", "token", "status"]) == .parser(["token", "status"]))
        let error = #expect(throws: UsageError.self) { try reader.read(["--lang", "fr", "token"]) }
        #expect(error?.description == "the value \"fr\" of --lang is not en or zh")
    }
}
