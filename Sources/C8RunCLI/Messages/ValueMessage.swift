/// What the value of an option must be.
enum ValueMessage: MessageKey {
    case code, profile, file, url, json, text, size, duration
    case jobName, moment, cron, zone, priority, attempts, age
    case fromZero, fromOne, jobs, listen, logFormat, testFormat, progress, color, language

    var message: Message {
        switch self {
        case .code: Message("the code to run", "要运行的代码")
        case .profile: Message("the name of a profile", "profile 的名称")
        case .file: Message("a file", "文件名")
        case .url: Message("a URL", "一个 URL")
        case .json: Message("JSON", "合法的 JSON")
        case .text: Message("a text", "一段文本")
        case .size:
            Message(
                "a size such as 512MiB, 64MB or 1GiB; a plain number means bytes",
                "大小，例如 512MiB、64MB 或 1GiB；不带单位的数字表示字节")
        case .duration:
            Message(
                "a duration such as 500ms, 1.5s, 2m or 1h; a plain number means seconds",
                "时长，例如 500ms、1.5s、2m 或 1h；不带单位的数字表示秒")
        case .jobName: Message("1 to 200 bytes without control characters", "1 到 200 字节且不含控制字符的文本")
        case .moment:
            Message(
                "a time such as 2026-11-27T08:00:00+08:00, or a duration from now such as +10m",
                "时间，例如 2026-11-27T08:00:00+08:00，或从现在起的时长，例如 +10m")
        case .cron:
            Message(
                "a cron expression such as '30 6 * * MON-FRI' or @daily", "cron 表达式，例如 '30 6 * * MON-FRI' 或 @daily")
        case .zone: Message("a time zone such as Asia/Shanghai", "时区，例如 Asia/Shanghai")
        case .priority: Message("a whole number from -1000 to 1000", "-1000 到 1000 的整数")
        case .attempts: Message("a whole number from 1 to 100", "1 到 100 的整数")
        case .age:
            Message(
                "a duration such as 30d, or a time such as 2026-11-27", "时长，例如 30d，或时间，例如 2026-11-27")
        case .fromZero: Message("a whole number from 0", "不小于 0 的整数")
        case .fromOne: Message("a whole number from 1", "不小于 1 的整数")
        case .jobs: Message("a whole number from 1 to 256", "1 到 256 的整数")
        case .listen:
            Message(
                "an address of this machine's loopback with a port, such as 127.0.0.1:9400",
                "本机回环地址及端口，例如 127.0.0.1:9400")
        case .logFormat: Message("text or json", "text 或 json")
        case .testFormat: Message("text, tap or junit", "text、tap 或 junit")
        case .progress: Message("auto or never", "auto 或 never")
        case .color: Message("auto, always or never", "auto、always 或 never")
        case .language: Message("en or zh", "en 或 zh")
        }
    }
}
