/// What the argument parser says of a command line: the English is its own, by which a sentence is recognised.
enum ParserMessage: MessageKey {
    case unknownNearly, unknown, missingValue, missingArgument, missingOneOf, takesNoValue
    case invalidOfValues, invalidOfList, invalid, unexpectedArguments, unexpectedArgument, twice, noSubcommand,
        invalidOption
    case unknownShell, noShell

    var message: Message {
        switch self {
        case .unknownNearly:
            Message("Unknown option '{option}'. Did you mean '{other}'?", "未知选项 '{option}'。是否想写 '{other}'？")
        case .unknown: Message("Unknown option '{option}'", "未知选项 '{option}'")
        case .missingValue: Message("Missing value for '{option}'", "选项 '{option}' 缺少值")
        case .missingArgument: Message("Missing expected argument '{argument}'", "缺少参数 '{argument}'")
        case .missingOneOf: Message("Missing one of: {arguments}", "缺少以下之一：{arguments}")
        case .takesNoValue:
            Message(
                "The option '{option}' does not take any value, but '{value}' was specified.",
                "选项 '{option}' 不带值，却给出了 '{value}'。")
        case .invalidOfValues:
            Message(
                "The value '{value}' is invalid for '{option}'. Please provide one of the following:{values}",
                "'{option}' 的值 '{value}' 无效。可选值：{values}")
        case .invalidOfList:
            Message(
                "The value '{value}' is invalid for '{option}'. Please provide one of {values}.",
                "'{option}' 的值 '{value}' 无效。可选值：{values}。")
        case .invalid: Message("The value '{value}' is invalid for '{option}'", "'{option}' 的值 '{value}' 无效")
        case .unexpectedArguments: Message("{count} unexpected arguments: {arguments}", "多出 {count} 个参数：{arguments}")
        case .unexpectedArgument: Message("Unexpected argument '{argument}'", "多余的参数 '{argument}'")
        case .twice:
            Message(
                "Value to be set with {again} had already been set with {first}", "{again} 要设定的值已由 {first} 设定")
        case .noSubcommand: Message("Missing required subcommand.", "缺少子命令。")
        case .invalidOption: Message("Invalid option: {option}", "无效选项：{option}")
        case .unknownShell:
            Message(
                "Can't generate completion scripts for '{shell}'.{values}",
                "不能为 '{shell}' 生成补全脚本；可选：bash、zsh、fish。{values}")
        case .noShell:
            Message("Can't autodetect a supported shell.{values}", "无法识别当前的 shell；可选：bash、zsh、fish。{values}")
        }
    }

    /// The sentence in the language of this task; as it is where it is none of these.
    static func translated(_ sentence: String) -> String {
        guard Language.current != .english else { return sentence }
        for key in allCases {
            guard var values = key.message.values(in: sentence) else { continue }
            if key == .unknownShell || key == .noShell { values["values"] = "" }
            return key.text(values.mapValues { $0.replacing(" or '", with: "、'").replacing(" and '", with: "、'") })
        }
        return sentence
    }
}
