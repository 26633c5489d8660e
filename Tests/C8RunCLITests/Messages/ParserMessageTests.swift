import ArgumentParser
import Testing

@testable import C8RunCLI

/// What the argument parser says, from the parser itself.
@Suite struct ParserMessageTests {
    static let cases: [(words: [String], told: String)] = [
        (["doctor", "--jsno"], "未知选项 '--jsno'。是否想写 '--json'？"), (["doctor", "--zzzzzz"], "未知选项 '--zzzzzz'"),
        (["api", "call"], "缺少参数 '<id>'"), (["doctor", "--config"], "选项 '--config <file>' 缺少值"),
        (["doctor", "--json=1"], "选项 '--json' 不带值，却给出了 '1'。"),
        (["check", "--format", "xml", "a"], "'--format <format>' 的值 'xml' 无效。可选值：'text', 'json'、'sarif'。"),
        (["flow", "prune", "--days", "x"], "'--days <n>' 的值 'x' 无效"),
        (["doctor", "--log-level", "loud"], "'--log-level <level>' 的值 'loud' 无效。可选值："),
        (["doctor", "a", "b"], "多余的参数 'b'"), (["doctor", "a", "b", "c"], "多出 2 个参数：'b', 'c'"),
        (["--generate-completion-script", "tcsh"], "不能为 'tcsh' 生成补全脚本；可选：bash、zsh、fish。"),
    ]

    @Test(arguments: cases.indices) func sentenceOfTheParserIsTranslated(_ index: Int) {
        let (words, told) = Self.cases[index]
        do {
            _ = try RootCommand.parseAsRoot(words)
            Issue.record("\(words) are accepted")
        } catch {
            let english = RootCommand.message(for: error)
            let chinese = Language.$current.withValue(.chinese) { ParserMessage.translated(english) }
            #expect(chinese.hasPrefix(told), "\(english): \(chinese)")
            #expect(ParserMessage.translated(english) == english)
        }
    }

    @Test func otherSentencesStayAsTheyAre() {
        Language.$current.withValue(.chinese) {
            #expect(ParserMessage.translated("--port must be from 0 to 65535") == "--port must be from 0 to 65535")
        }
    }
}
