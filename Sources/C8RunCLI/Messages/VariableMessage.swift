/// What each environment variable is for.
enum VariableMessage: MessageKey {
    case profile, config, baseURL, accessKey, secretKey, secretKeySign, bindings, state, tokenInterval, noColor, columns
    case locale

    /// The variable's name.
    var name: String {
        switch self {
        case .profile: "C8_PROFILE"
        case .config: "C8_CONFIG"
        case .baseURL: "C8_BASE_URL"
        case .accessKey: "C8_ACCESS_KEY"
        case .secretKey: "C8_SECRET_KEY"
        case .secretKeySign: "C8_SECRET_KEY_SIGN"
        case .bindings: "C8_BINDINGS"
        case .state: "C8_STATE"
        case .tokenInterval: "C8_TOKEN_INTERVAL"
        case .noColor: "NO_COLOR"
        case .columns: "COLUMNS"
        case .locale: "LC_ALL, LC_MESSAGES, LANG"
        }
    }

    var message: Message {
        switch self {
        case .profile: OptionMessage.profile.message
        case .config: OptionMessage.config.message
        case .baseURL: Message("The platform's address.", "平台地址。")
        case .accessKey: Message("The application's access key.", "应用的 access key。")
        case .secretKey: Message("The application's secret; no script sees it.", "应用的密钥；脚本无法看到。")
        case .secretKeySign:
            Message("The MD5 of the secret, for those who hold nothing else.", "密钥的 MD5，供只持有签名的用户使用。")
        case .bindings: Message("A bindings file.", "绑定文件。")
        case .state: Message("The folder for tokens and flows.", "保存令牌和流程的目录。")
        case .tokenInterval:
            Message("Seconds kept between two calls of get-token.", "两次获取令牌之间保持的秒数。")
        case .noColor:
            Message("Set to anything: no colours, unless --color says otherwise.", "设为任意值即不着色，除非 --color 另有指定。")
        case .columns: Message("The width of the terminal, where it tells a wrong one.", "终端宽度，终端报告有误时使用。")
        case .locale:
            Message("zh_* lets help and advice be Chinese; --lang counts first.", "zh_* 使帮助和提示为中文；--lang 优先。")
        }
    }
}
