/// How long something takes, and how far it is.
enum ProgressMessage: MessageKey {
    case seconds, minutes, hours, left

    var message: Message {
        switch self {
        case .seconds: Message("{seconds} s", "{seconds} 秒")
        case .minutes: Message("{minutes} min {seconds} s", "{minutes} 分 {seconds} 秒")
        case .hours: Message("{hours} h {minutes} min", "{hours} 小时 {minutes} 分")
        case .left: Message("{time} left", "剩余 {time}")
        }
    }
}
